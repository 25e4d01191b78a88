import AlmanacCore
import Foundation
import Testing
import VegaLite
import VegaRuntime

/// Draws specs that were broken on purpose: whatever stands in a file, the engine answers with a picture or a diagnostic.
///
/// The mutations come from a seeded generator, so that every run tries the same files. With `ALMANAC_FUZZ_SECONDS` in the
/// environment the test goes on for that long from another seed; each file is written to a temporary place before it is
/// drawn, with its seed, so that one that brings the process down can be found there and tried again with
/// `ALMANAC_FUZZ_SEED`. A `FuzzWatch` ends the run when one takes too long or too much memory.
@Suite struct ChartFuzzTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  /// The project's own charts, and Vega-Lite's gallery where it lies beside the project.
  private static func seeds() throws -> [SourceFile] {
    let gallery = tests.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/conformance/vega-lite/specs/open")
    var files: [URL] = []
    for folder in [tests.appendingPathComponent("VegaRuntimeTests/Charts"), gallery] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      files += names.filter { $0.hasSuffix(".vl.json") || $0.hasSuffix(".vl.yaml") }.sorted().map(
        folder.appendingPathComponent)
    }
    return try files.map { SourceFile(path: $0.lastPathComponent, bytes: [UInt8](try Data(contentsOf: $0))) }
  }

  /// Specs that once brought the process down, or would have: a number of theirs became an integer, or divided by nothing.
  @Test(arguments: [
    #""mark": "line", "encoding": {"x": {"field": "a"}, "y": {"field": "b", "impute": {"frame": [1e308, 2]}}}"#,
    #""transform": [{"pivot": "a", "value": "b", "limit": 1e308}], "mark": "point""#,
    #""transform": [{"sample": 1e308}], "mark": "point""#, #""transform": [{"sample": -1e308}], "mark": "point""#,
    #""config": {"scale": {"quantileCount": 1e308, "quantizeCount": -1e308}}, "mark": "point", "encoding": {"color": {"field": "b", "type": "quantitative", "scale": {"type": "quantile"}}}"#,
    #""config": {"scale": {"quantizeCount": 1e308}}, "mark": "point", "encoding": {"color": {"field": "b", "type": "quantitative", "scale": {"type": "quantize"}}}"#,
    #""mark": "point", "encoding": {"x": {"field": "a", "type": "temporal", "scale": {"domain": [-1e308, 1e308]}}}"#,
    #""mark": "bar", "encoding": {"y": {"field": "c", "axis": {"labelFontSize": -2}}, "x": {"field": "b", "type": "quantitative"}}"#,
    #""concat": [{"mark": "point"}, {"mark": "bar"}], "columns": 1e308"#,
    #""facet": {"field": "c"}, "columns": 1e308, "spec": {"mark": "point"}"#,
    #""mark": "bar", "encoding": {"x": {"field": "a", "bin": {"extent": [1e308, -1e308], "step": 1e-300}}}"#,
    #""mark": "bar", "height": {"step": 1e308}, "encoding": {"y": {"field": "c"}, "x": {"field": "b", "type": "quantitative"}}"#,
  ])
  func answersNumbersBeyondBounds(part: String) throws {
    let text =
      #"{"data": {"values": [{"a": 1, "b": 2, "c": "a word and another"}, {"a": 3, "b": 4, "c": "d"}]}, "# + part + "}"
    for look in [ChartLook.vega, .almanac] {
      var options = CompileOptions(look: look)
      options.width = 340
      let plan = compileChart(SourceFile(path: "bounds.vl.json", bytes: Array(text.utf8)), options: options)
      guard let value = plan.value else {
        #expect(plan.hasErrors)
        continue
      }
      _ = drawChart(value, load: { _ in nil }, options: DrawOptions(width: 340))
    }
  }

  /// The gallery's data file of that name, the first hundred thousand bytes of it.
  private static func data(_ url: String) -> [UInt8]? {
    guard let name = url.split(separator: "/").last, !name.contains("..") else { return nil }
    let file = tests.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/conformance/vega-lite/specs/data/\(name)")
    return (try? Data(contentsOf: file)).map { [UInt8]($0.prefix(100_000)) }
  }

  @Test func survivesBrokenSpecs() throws {
    let seeds = try Self.seeds()
    try #require(!seeds.isEmpty)
    let texts = seeds.map(\.bytes)
    let seconds = ProcessInfo.processInfo.environment["ALMANAC_FUZZ_SECONDS"].flatMap(Double.init)
    let end = seconds.map { Date().addingTimeInterval($0) }
    let kept = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-fuzz.vl")
    // Longer runs begin elsewhere each time; the round is the seed, so that one of them can be tried again.
    let first =
      ProcessInfo.processInfo.environment["ALMANAC_FUZZ_SEED"].flatMap { UInt64($0) }
      ?? (end == nil ? 0 : UInt64.random(in: 0..<1 << 40))
    if end != nil { print("seeds from \(first)") }
    var round = first
    var slowest: (seconds: Double, round: UInt64) = (0, 0)
    let watch = FuzzWatch(keepingIn: kept)
    while end.map({ Date() < $0 }) ?? (round < first + 1500) {
      var random = SplitMix(state: round)
      let seed = seeds[random.below(seeds.count)]
      let spec = mutated(seed.bytes, with: texts, &random)
      if end != nil { try Data(Array("# seed \(round) of \(seed.path)\n".utf8) + spec).write(to: kept) }
      watch.begin(round, spec)
      let plan = compileChart(
        SourceFile(path: seed.path, bytes: spec),
        options: CompileOptions(look: random.next() % 2 == 0 ? .vega : .almanac))
      var broken = random.next() % 4 == 0 ? random : nil
      if let plan = plan.value {
        _ = drawChart(
          plan,
          load: { url in
            guard var bytes = Self.data(url) else { return nil }
            if broken != nil {
              for _ in 0..<20 where !bytes.isEmpty { bytes[broken!.below(bytes.count)] = UInt8(broken!.next() % 128) }
            }
            return SourceFile(path: url, bytes: bytes)
          })
      }
      let spent = watch.end()
      if spent > slowest.seconds { slowest = (spent, round) }
      round += 1
    }
    #expect(slowest.seconds < 20, "round \(slowest.round) took \(slowest.seconds) s")
    if end != nil {
      print(
        "\(round - first) rounds, the slowest \(slowest.seconds) s in round \(slowest.round), at most \(FuzzWatch.peakMegabytes) MB"
      )
    }
  }

  private func mutated(_ spec: [UInt8], with others: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
    var spec = spec
    for _ in 0..<(1 + random.next() % 4) {
      guard spec.count > 4 else { break }
      let at = random.below(spec.count)
      switch random.next() % 6 {
      case 0: spec.remove(at: at)
      case 1: spec[at] = UInt8(truncatingIfNeeded: random.next())
      case 2:
        // A value becomes another one.
        let token = tokenRange(in: spec, from: at)
        spec.replaceSubrange(token, with: Self.values[random.below(Self.values.count)].utf8)
      case 3:
        // A part stands twice.
        let end = min(spec.count, at + 1 + random.below(60))
        spec.insert(contentsOf: spec[at..<end], at: at)
      case 4: spec.removeSubrange(at..<min(spec.count, at + 1 + random.below(40)))
      default:
        let other = others[random.below(others.count)]
        let start = random.below(other.count)
        spec.replaceSubrange(
          tokenRange(in: spec, from: at), with: other[tokenRange(in: other, from: start)])
      }
    }
    return spec
  }

  /// Values that break assumptions: signs, sizes, emptiness, other types.
  private static let values = [
    "0", "-1", "1e308", "-1e308", "1e-320", "0.1", "9007199254740993", "100000000", "null", "true", "\"\"", "\"NaN\"",
    "[]", "{}",
    "[[]]", "{\"expr\": \"1/0\"}", "\"\\u0000\"", "\"#\"", "\"temporal\"", "\"quantitative\"", "\"log\"",
    "\"2012-13-45\"",
    "[1e308, -1e308]", "{\"step\": 0}", "{\"field\": \"x\"}", "\"container\"", "[null, null]",
    "{\"repeat\": \"column\"}",
  ]

  /// From `index` to the end of the token that begins at or behind it.
  private func tokenRange(in bytes: [UInt8], from index: Int) -> Range<Int> {
    var start = index
    while start < bytes.count, bytes[start] <= 0x20 || ":,{}[]".utf8.contains(bytes[start]) { start += 1 }
    var end = start
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      end += 1
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
      end = min(bytes.count, end + 1)
    } else {
      while end < bytes.count, bytes[end] > 0x20, !":,{}[]\"".utf8.contains(bytes[end]) { end += 1 }
    }
    return start..<end
  }
}

/// A small generator of which each seed gives one sequence.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}
