import AlmanacCore
import ArgumentParser
import BuildEngine

/// `almanac init`: a first report, which is also the guide.
struct InitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Start a report that explains itself: every feature beside its source, in two languages.",
    discussion: """
      Writes a small report in English and Chinese that builds without a warning. Its chapters are the guide: each \
      shows what one can write and what becomes of it. Keep the folders, replace the words and the data.

      Nothing is ever overwritten. A folder that is not empty is refused; with --force, files that are not there yet \
      are added.

      Examples:
        almanac init my-report && almanac serve --root my-report
        almanac init --templates my-report     and the page templates, to change them
      """)

  @Argument(help: ArgumentHelp("The folder to write to; made when it is not there.", valueName: "folder"))
  var folder: String

  @Flag(help: "Write into a folder that holds something, beside what is there.")
  var force = false

  @Flag(help: "Write the built-in page templates too, for changing them.")
  var templates = false

  @OptionGroup var telling: TellingOptions

  func execute(_ interruption: Interruption) async throws -> Int32 {
    let environment = BuildEnvironment.ofProcess(root: folder)
    let telling = Telling(options: telling, root: folder)
    do {
      if !force, let found = try? environment.files.entries(of: folder), !found.isEmpty {
        telling.tell([
          .error(
            "init.not-empty", "the folder '\(folder)' is not empty",
            hint: "name a new folder, or add what is missing with --force; nothing is overwritten")
        ])
        return 2
      }
      let written = try write(starterFiles() + (templates ? builtInTemplates().map(\.source) : []), environment)
      telling.sayDone(
        """
        \(folder): \(counted(written, "file")) written
        next: almanac serve --root \(folder)
        """)
      return 0
    } catch {
      telling.tell([.error("init.unwritable", "cannot write '\(error.path)': \(error.phrase)")])
      return 2
    }
  }

  /// Writes the files that are not there yet; returns how many these were.
  private func write(_ sources: [SourceFile], _ environment: BuildEnvironment) throws(FileError) -> Int {
    var count = 0
    for source in sources {
      let path = joinPath(folder, source.path)
      if environment.files.exists(path) { continue }
      try environment.files.makeFolder(folderPath(of: path))
      try environment.files.write(source.bytes, to: path)
      count += 1
    }
    return count
  }
}

/// The report that `almanac init` writes; its sources lie in `Sources/AlmanacCLI/Starter`.
func starterFiles() -> [SourceFile] {
  embeddedFiles.map { file in
    // A package would leave out a file named so.
    SourceFile(path: file.path == "gitignore" ? ".gitignore" : file.path, text: file.text)
  }
}
