import AlmanacCore
import Diagrams
import Foundation
import Testing

/// Pictures and texts that were looked at.
///
/// `ALMANAC_UPDATE_GOLDEN=1` rewrites them and fails once; look at each before keeping it.
@Suite struct GoldenTests {
  @Test func coversEveryKind() throws {
    let kinds = try GoldenDiagrams.names.map { try GoldenDiagrams.diagram($0, .english).kind }
    #expect(Set(kinds) == Set(DiagramKind.allCases))
  }

  @Test(arguments: GoldenDiagrams.names)
  func drawsAsBefore(name: String) throws {
    for language in GoldenDiagrams.languages {
      let diagram = try GoldenDiagrams.diagram(name, language)
      for width in GoldenDiagrams.widths {
        let options = DiagramOptions(language: language, width: width)
        let first = drawDiagram(diagram, options).svg
        #expect(drawDiagram(diagram, options).svg == first, "the same diagram gives the same bytes")
        try compare(first, "\(name).\(language).\(width < 480 ? "narrow" : "wide").svg")
      }
      try compare(Array(text(of: diagram, language).utf8), "\(name).\(language).txt")
    }
  }

  @Test func keepsNoPictureWithoutACase() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: GoldenDiagrams.folder.path) {
      #expect(
        GoldenDiagrams.names.contains { file.hasPrefix($0 + ".") }, "no diagram for \(file)")
    }
  }

  private func compare(_ bytes: [UInt8], _ file: String) throws {
    let url = GoldenDiagrams.folder.appending(path: file)
    if let kept = try? Data(contentsOf: url), kept.elementsEqual(bytes) { return }
    if ProcessInfo.processInfo.environment["ALMANAC_UPDATE_GOLDEN"] == "1" {
      try Data(bytes).write(to: url)
      Issue.record("\(file) was written: look at it")
    } else {
      try Data(bytes).write(to: url.appendingPathExtension("changed"))
      Issue.record("\(file) differs: see \(file).changed")
    }
  }

  /// Description and outline as plain lines.
  private func text(of diagram: Diagram, _ language: LanguageTag) -> String {
    var lines = [drawDiagram(diagram, DiagramOptions(language: language, width: 720)).description, ""]
    func add(_ entries: [DiagramOutline.Entry], _ isOrdered: Bool, _ indent: String) {
      for (place, entry) in entries.enumerated() {
        let parts = [entry.label?.text].compactMap { $0 } + entry.details.map(\.text)
        lines.append("\(indent)\(isOrdered ? "\(place + 1)." : "-") \(parts.joined(separator: " | "))")
        add(entry.children, entry.isOrdered, indent + "  ")
      }
    }
    switch diagram.outline(in: language) {
    case .list(let entries, let isOrdered): add(entries, isOrdered, "")
    case .table(let columns, let rows):
      lines.append(columns.map(\.title.text).joined(separator: " | "))
      for row in rows { lines.append(row.map(\.text).joined(separator: " | ")) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
