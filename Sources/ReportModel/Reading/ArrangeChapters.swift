package import AlmanacCore

/// The chapters of one edition in their order, part by part.
package struct ChapterArrangement: Hashable, Sendable {
  package struct Part: Hashable, Sendable {
    package var title: String?
    /// Names: paths below the edition's folder without `.md`.
    package var chapters: [String]

    package init(title: String?, chapters: [String]) {
      self.title = title
      self.chapters = chapters
    }
  }

  package var parts: [Part]

  package init(parts: [Part]) { self.parts = parts }
}

/// Brings an edition's chapter files into the order that `report.yaml` gives, or that of their paths.
///
/// Diagnoses `report.missing-chapter` for a chapter that `report.yaml` names and no file holds, and
/// `report.unlisted-chapter` for a file that it does not name.
/// - Parameter paths: the edition's files, `Content/en/adoption.md`, sorted.
package func arrangeChapters(
  _ paths: [String], in language: LanguageTag, _ configuration: ReportConfiguration
) -> Diagnosed<ChapterArrangement> {
  let prefix = "Content/\(language)/"
  let names = paths.map { String($0.dropFirst(prefix.count).dropLast(".md".count)) }
  guard let parts = configuration.parts else { return Diagnosed(ChapterArrangement(parts: partsByFolder(names))) }
  var diagnostics: [Diagnostic] = []
  let available = Set(names)
  var listed: Set<String> = []
  var arranged: [ChapterArrangement.Part] = []
  for part in parts {
    var chapters: [String] = []
    for entry in part.chapters {
      listed.insert(entry.name)
      if available.contains(entry.name) {
        chapters.append(entry.name)
      } else {
        diagnostics.append(
          .error(
            "report.missing-chapter", "no chapter '\(entry.name)' in the edition '\(language)'", at: entry.span,
            hint: closestMatch(to: entry.name, among: names).map { "did you mean '\($0)'?" }
              ?? "write \(prefix)\(entry.name).md"))
      }
    }
    arranged.append(.init(title: part.title?[language], chapters: chapters))
  }
  for (name, path) in zip(names, paths) where !listed.contains(name) {
    diagnostics.append(
      .warning(
        "report.unlisted-chapter", "chapter is not in the report: report.yaml does not name '\(name)'",
        at: SourceSpan(path: path, line: 1, column: 1), hint: "add '\(name)' to chapters"))
  }
  return Diagnosed(ChapterArrangement(parts: arranged), diagnostics)
}

/// One part for each folder; chapters outside of folders come first.
private func partsByFolder(_ names: [String]) -> [ChapterArrangement.Part] {
  var parts: [ChapterArrangement.Part] = []
  var places: [String: Int] = [:]
  func folder(_ name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[..<$0]) } ?? ""
  }
  for name in names.filter({ folder($0).isEmpty }) + names.filter({ !folder($0).isEmpty }) {
    let part = folder(name)
    if let place = places[part] {
      parts[place].chapters.append(name)
    } else {
      places[part] = parts.count
      parts.append(.init(title: part.isEmpty ? nil : part, chapters: [name]))
    }
  }
  return parts
}
