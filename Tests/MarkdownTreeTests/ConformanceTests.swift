import AlmanacCore
import Foundation
import MarkdownTree
import Notation
import SiteRendering
import Testing

/// All examples of the GFM specification, against `shared/conformance/gfm-spec.json` beside the package.
///
/// Differences that we want stand in `known-differences.json`, each with its reason; one that passes fails the test.
@Suite struct ConformanceTests {
  struct Example: Sendable {
    var number: Int
    var extensions: Set<String>
    var markdown: String
    var html: String
    var file: SourceFile { SourceFile(path: "a.md", text: markdown) }
  }

  static let packageRoot = URL(filePath: #filePath).appending(path: "../../..").standardized
  static let examples: [Example] = {
    let url = packageRoot.appending(path: "../shared/conformance/gfm-spec.json").standardized
    guard let data = try? Data(contentsOf: url) else { return [] }
    let list = parseJSON(SourceFile(path: "gfm-spec.json", bytes: Array(data))).value.array ?? []
    return list.map { item in
      Example(
        number: Int(item["example"]?.number ?? 0),
        extensions: Set((item["extensions"]?.array ?? []).compactMap(\.string)),
        markdown: item["markdown"]?.string ?? "", html: item["html"]?.string ?? "")
    }
  }()

  @Test(.enabled(if: !examples.isEmpty, "shared/conformance/gfm-spec.json is not beside the package"))
  func agreesWithTheSpecification() throws {
    var settings = MarkdownHTMLOptions.plainGFM
    try check("plain") { example in
      var options = MarkdownOptions()
      options.allowsRawHTML = true
      options.extensions = [.chineseEmphasis]
      if example.extensions.contains("table") { options.extensions.insert(.table) }
      if example.extensions.contains("strikethrough") { options.extensions.insert(.strikethrough) }
      if example.extensions.contains("autolink") { options.extensions.insert(.autolink) }
      settings.filtersTags = example.extensions.contains("tagfilter")
      return renderMarkdown(parseMarkdown(example.file, options: options).value, options: settings)
    }
  }

  /// As chapters are read: everything on, raw HTML and unsafe addresses out.
  @Test(.enabled(if: !examples.isEmpty, "shared/conformance/gfm-spec.json is not beside the package"))
  func differsInChaptersOnlyWhereWeWantItTo() throws {
    var settings = MarkdownHTMLOptions.plainGFM
    settings.allowsRawHTML = false
    settings.allowsUnsafeAddresses = false
    try check("chapter") { renderMarkdown(parseMarkdown($0.file).value, options: settings) }
  }

  /// Parsers on several threads once took each other's special characters away, and links went missing at random.
  @Test func parsesAlikeOnManyThreads() async throws {
    let file = SourceFile(
      path: "a.md", text: String(repeating: "See ~~this~~ at https://a.example or www.b.example.\n\n", count: 40))
    let wanted = renderMarkdown(parseMarkdown(file).value, options: .plainGFM)
    let results = try await Array(0..<400).concurrentMap(width: 8) { _ in
      renderMarkdown(parseMarkdown(file).value, options: .plainGFM)
    }
    #expect(results.allSatisfy { $0 == wanted })
    #expect(String(decoding: wanted, as: UTF8.self).split(separator: "<a href").count == 81)
  }

  private func check(_ setting: String, render: (Example) -> [UInt8]) throws {
    let reasons = try knownDifferences(setting)
    var unexpected: [String] = []
    for example in Self.examples {
      let result = String(decoding: render(example), as: UTF8.self)
      let agrees = normalized(result) == normalized(example.html)
      if agrees, let reason = reasons[example.number] {
        unexpected.append("example \(example.number) agrees, but is listed: \(reason)")
      } else if !agrees, reasons[example.number] == nil {
        unexpected.append(
          "example \(example.number)\n\(example.markdown)\nwanted\n\(example.html)\ngot\n\(result)")
      }
    }
    #expect(unexpected.isEmpty, "\(unexpected.joined(separator: "\n----\n"))")
  }

  private func knownDifferences(_ setting: String) throws -> [Int: String] {
    let url = Self.packageRoot.appending(path: "Tests/MarkdownTreeTests/known-differences.json")
    let file = SourceFile(path: "known-differences.json", bytes: Array(try Data(contentsOf: url)))
    var reasons: [Int: String] = [:]
    for group in parseJSON(file).value.array ?? [] where group["setting"]?.string == setting {
      let reason = try #require(group["reason"]?.string, "each group of differences says why")
      for number in group["examples"]?.array ?? [] { reasons[Int(number.number ?? 0)] = reason }
    }
    return reasons
  }

  /// The specification writes the attributes of a check box in another order than cmark-gfm.
  private func normalized(_ html: String) -> String {
    html.replacing(
      "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
      with: "<input type=\"checkbox\" checked=\"\" disabled=\"\" />"
    )
    .replacing("<input disabled=\"\" type=\"checkbox\">", with: "<input type=\"checkbox\" disabled=\"\" />")
  }
}
