import Foundation
import PackagePlugin

/// Puts folders of files into the program, so that an installed binary needs nothing beside it.
///
/// `BuildEngine` carries `Templates/`, `AlmanacCLI` the report that `almanac init` writes. The files stay what they are,
/// in one place; the Swift source made of them lives in the build folder alone.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folders = ["BuildEngine": "Templates", "AlmanacCLI": "Sources/AlmanacCLI/Starter"]
    guard let folder = folders[target.name] else { return [] }
    let source = context.package.directoryURL.appending(path: folder)
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    let paths = FileManager.default.enumerator(atPath: source.path)?.compactMap { $0 as? String } ?? []
    let files = paths.map { source.appending(path: $0) }.filter { file in
      (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
    }
    return [
      .buildCommand(
        displayName: "Embed \(folder)", executable: try context.tool(named: "EmbedFilesTool").url,
        arguments: [source.path, output.path], inputFiles: files, outputFiles: [output])
    ]
  }
}
