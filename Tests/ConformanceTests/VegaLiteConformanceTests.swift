import AlmanacCore
import Foundation
import Testing
import VegaLite
import VegaRuntime

/// Draws Vega-Lite's own gallery and compares it with the reference renderer's pictures.
///
/// The corpus lies beside the package in `../shared/conformance/vega-lite`; without it, or without Python, nothing is compared.
/// `floor.json` says how many specs agree at least and only rises; `known-differences.json` gives a reason for each spec that
/// does not, and fails the day it does.
@Suite struct VegaLiteConformanceTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let corpus = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/conformance/vega-lite")
  static var isPresent: Bool { FileManager.default.fileExists(atPath: corpus.appendingPathComponent("open.txt").path) }

  private struct Agreement: Decodable {
    var PASS: Bool?
    var FULL: Bool?
  }

  @Test(.enabled(if: isPresent, "../shared/conformance is not here"))
  func drawsTheGalleryAsTheReferenceDoes() throws {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent(
      "almanac-vega-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: output) }
    let specs = Self.corpus.appendingPathComponent("specs/open")
    let names = try String(contentsOf: Self.corpus.appendingPathComponent("open.txt"), encoding: .utf8).split(
      separator: "\n"
    ).map(String.init)
    for line in names {
      let name = line.hasSuffix(".vl.json") ? String(line.dropLast(8)) : line
      let bytes = [UInt8](try Data(contentsOf: specs.appendingPathComponent(name + ".vl.json")))
      let plan = compileChart(SourceFile(path: name + ".vl.json", bytes: bytes), options: CompileOptions(look: .vega))
      guard let plan = plan.value else { continue }
      let drawn = drawChart(
        plan,
        load: { url in
          (try? Data(contentsOf: specs.appendingPathComponent(url))).map { SourceFile(path: url, bytes: [UInt8]($0)) }
        })
      if let drawing = drawn.value { try Data(drawing.svg).write(to: output.appendingPathComponent(name + ".svg")) }
    }
    let result = output.appendingPathComponent("result.json")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", Self.corpus.appendingPathComponent("vl_compare.py").path, "--suite", output.path, "--list",
      Self.corpus.appendingPathComponent("open.txt").path, "--out", result.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let agreements = try JSONDecoder().decode([String: Agreement].self, from: Data(contentsOf: result))
    let passing = Set(agreements.filter { $0.value.PASS == true }.map(\.key))
    let full = agreements.filter { $0.value.FULL == true }.count
    let floor = try JSONDecoder().decode(
      [String: Int].self, from: Data(contentsOf: Self.folder.appendingPathComponent("floor.json")))
    let known = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: Self.folder.appendingPathComponent("known-differences.json")))
    #expect(passing.count >= floor["pass"] ?? 0, "fewer specs agree than before")
    #expect(full >= floor["full"] ?? 0, "fewer specs agree in full than before")
    #expect(
      known.keys.filter(passing.contains).sorted() == [], "these agree now: take them out of known-differences.json")
    #expect(
      agreements.keys.filter { !passing.contains($0) && known[$0] == nil }.sorted() == [],
      "these do not agree and have no reason")
  }
}
