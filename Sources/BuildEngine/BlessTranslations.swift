package import AlmanacCore
private import ReportModel

/// A translation whose front matter was made to say that it agrees with its original.
package struct BlessedTranslation: Hashable, Sendable {
  /// Relative to the report's folder, as that of the original.
  package var path: String
  package var original: String
}

/// Writes into translations the state of the original that they were compared with: an editor's word that they agree.
///
/// Each file is written to a sibling and renamed; all of it but one line of its front matter stays byte for byte. A
/// translation whose mark is right is left alone.
///
/// Diagnoses `translation.unblessable`, `translation.unknown-chapter`, `translation.unwritable` and what is wrong with
/// files that cannot be read.
/// - Parameter names: the chapters to bless; all of them when empty.
package func blessTranslations(
  _ environment: BuildEnvironment, chapters names: [String]
) async -> Diagnosed<[BlessedTranslation]> {
  var diagnostics: [Diagnostic] = []
  let files = await discoverReport(environment).value.content
  let configuration = files.first { $0.path == "Content/report.yaml" }.map { readConfiguration($0.source).value }
  let editions = configuration?.editions ?? []
  guard let first = editions.first else { return Diagnosed([]) }
  var originals: [String: ChapterOutline] = [:]
  for file in files where !file.isBroken {
    guard let name = chapterName(of: file.path, in: first), names.isEmpty || names.contains(name) else { continue }
    originals[name] = ChapterOutline(
      of: readChapter(file.source).value, name: name, language: first, editions: editions)
  }
  for name in names where originals[name] == nil {
    let known = files.compactMap { chapterName(of: $0.path, in: first) }
    diagnostics.append(.unknownTranslation(name, in: first, known: known))
  }
  var blessed: [BlessedTranslation] = []
  for edition in editions.dropFirst() {
    for file in files where !file.isBroken {
      guard let name = chapterName(of: file.path, in: edition), let original = originals[name] else { continue }
      let mark = TranslationMark(of: original)
      if readChapter(file.source).value.translationOf?.text == mark.description { continue }
      if let problem = bless(file.path, mark, environment) {
        diagnostics.append(problem)
      } else {
        blessed.append(BlessedTranslation(path: file.path, original: original.path))
      }
    }
  }
  return Diagnosed(blessed, diagnostics)
}

private func chapterName(of path: String, in edition: LanguageTag) -> String? {
  let folder = "Content/\(edition)/"
  guard path.hasPrefix(folder), path.hasSuffix(".md") else { return nil }
  return String(path.dropFirst(folder.count).dropLast(".md".count))
}

/// Returns what went wrong, if anything did.
private func bless(_ path: String, _ mark: TranslationMark, _ environment: BuildEnvironment) -> Diagnostic? {
  let files = environment.files
  do throws(FileError) {
    // A link stays one: what it leads to is edited.
    let target = try files.resolvedPath(of: environment.path(path))
    let bytes = try files.read(target, atMost: environment.limits.textBytes)
    guard let edited = settingTranslationMark(mark, in: bytes) else { return .unblessable(path, mark.description) }
    let sibling = target + ".blessing~"
    guard environment.interruption.begin() else { return nil }
    defer { environment.interruption.end() }
    do throws(FileError) {
      try files.write(edited, to: sibling)
      try files.copyPermissions(of: target, to: sibling)
      try files.move(sibling, to: target)
    } catch {
      try? files.removeFile(sibling)
      throw error
    }
    return nil
  } catch {
    return .unwritableTranslation(path, error)
  }
}
