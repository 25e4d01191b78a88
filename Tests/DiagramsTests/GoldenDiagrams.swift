import AlmanacCore
import Diagrams
import Foundation
import Notation
import ReportModel
import Testing

/// The diagrams of `Golden/`: each is drawn in two languages for two columns.
enum GoldenDiagrams {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".diagram.yaml") }.map { String($0.dropLast(".diagram.yaml".count)) }.sorted()

  static let languages = [LanguageTag.english, LanguageTag("zh-Hans")!]
  static let widths = [720.0, 328.0]

  static func diagram(_ name: String, _ language: LanguageTag) throws -> Diagram {
    let url = folder.appending(path: name + ".diagram.yaml")
    return try read(String(contentsOf: url, encoding: .utf8), language, path: name)
  }

  static func read(_ yaml: String, _ language: LanguageTag, path: String = "test") throws -> Diagram {
    let result = diagnosed(yaml, language, path: path)
    let told = result.diagnostics.map { "\($0.code) \($0.message)" }
    #expect(told.isEmpty, "\(path): \(told)")
    return try #require(result.value)
  }

  static func diagnosed(_ yaml: String, _ language: LanguageTag, path: String = "test") -> Diagnosed<Diagram?> {
    var diagnostics: [Diagnostic] = []
    let parsed = parseYAML(SourceFile(path: path, text: yaml)).value(reportingTo: &diagnostics)
    let body = selectingEdition(language, in: parsed, editions: languages)
    let diagram = readDiagram(body, DiagramSurroundings(language: language, acceptsNumbers: true))
    return Diagnosed(diagram.value, diagnostics + diagram.diagnostics)
  }
}
