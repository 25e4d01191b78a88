import Diagrams
import Foundation
import Testing
import VegaRuntime

/// Checks where the texts of a drawn diagram stand, by the width table: none outside of the picture or of the box that it was
/// given, none over another, none smaller than 12 px.
func checkLayout(
  _ drawing: DiagramDrawing, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  func fail(_ message: String) {
    Issue.record("\(name): \(message)", sourceLocation: sourceLocation)
  }
  let figure = Bounds(x1: 0, y1: 0, x2: drawing.width, y2: drawing.height)
  for text in drawing.texts {
    let words = text.lines.joined(separator: "/")
    if text.size < 12 { fail("'\(words)' is set in \(text.size) px") }
    if !contains(figure, text.bounds) { fail("'\(words)' leaves the picture: \(text.bounds) in \(figure)") }
    if !contains(text.room, text.bounds) { fail("'\(words)' leaves its box: \(text.bounds) in \(text.room)") }
  }
  checkOverlaps(drawing.texts.map { (words: $0.lines.joined(separator: "/"), box: $0.bounds) }, fail)
  // The same from the picture alone, so that what is written is what was meant.
  let written = textsOfSVG(String(decoding: drawing.svg, as: UTF8.self))
  if written.count != drawing.texts.count {
    fail("\(written.count) texts are written, \(drawing.texts.count) were placed")
  }
  for text in written where !contains(figure, text.box) { fail("'\(text.words)' is written outside of the picture") }
  checkOverlaps(written, fail)
}

/// Checks that the arrows of a flow run beside its texts. The name of a frame may interrupt one: it has a ground of its own.
func checkLinesMissTexts(
  _ drawing: DiagramDrawing, _ name: String, exempt: Set<String>,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let segments = linesOfSVG(String(decoding: drawing.svg, as: UTF8.self))
  #expect(!segments.isEmpty, "\(name) has no lines", sourceLocation: sourceLocation)
  for text in drawing.texts where !exempt.contains(text.lines.joined(separator: "/")) {
    let box = text.bounds
    for (a, b) in segments
    where min(a.x, b.x) < box.x2 - 0.5 && max(a.x, b.x) > box.x1 + 0.5 && min(a.y, b.y) < box.y2 - 0.5
      && max(a.y, b.y) > box.y1 + 0.5
    {
      Issue.record(
        "\(name): a line from \(a) to \(b) runs through '\(text.lines.joined(separator: "/"))' in \(box)",
        sourceLocation: sourceLocation)
    }
  }
}

/// The straight parts of all lines of a picture; a rounded corner counts as the chord that it bends over.
private func linesOfSVG(_ svg: String) -> [(a: (x: Double, y: Double), b: (x: Double, y: Double))] {
  guard let start = svg.range(of: "diagram-line\">", options: .literal) else { return [] }
  let group = svg[start.upperBound...].components(separatedBy: "</g>").first ?? ""
  var segments: [(a: (x: Double, y: Double), b: (x: Double, y: Double))] = []
  for part in group.components(separatedBy: " d=\"").dropFirst() {
    let path = part.components(separatedBy: "\"").first ?? ""
    var last: (x: Double, y: Double)?
    for step in path.split(whereSeparator: { "MLQ".contains($0) }) {
      let numbers = step.split(separator: ",").compactMap { Double($0) }
      guard numbers.count >= 2 else { continue }
      let point = (x: numbers[numbers.count - 2], y: numbers[numbers.count - 1])
      // Each path begins anew: its first step has no line before it.
      if let last { segments.append((last, point)) }
      last = point
    }
  }
  for part in group.components(separatedBy: "<line").dropFirst() {
    func value(_ key: String) -> Double {
      part.components(separatedBy: " \(key)=\"").dropFirst().first?.components(separatedBy: "\"").first
        .flatMap { Double($0) } ?? 0
    }
    segments.append(((value("x1"), value("y1")), (value("x2"), value("y2"))))
  }
  return segments
}

private func checkOverlaps(_ texts: [(words: String, box: Bounds)], _ fail: (String) -> Void) {
  for (index, text) in texts.enumerated() {
    for other in texts[(index + 1)...]
    where text.box.x1 < other.box.x2 - 0.5 && other.box.x1 < text.box.x2 - 0.5 && text.box.y1 < other.box.y2 - 0.5
      && other.box.y1 < text.box.y2 - 0.5
    {
      fail("'\(text.words)' and '\(other.words)' overlap")
    }
  }
}

private func contains(_ outer: Bounds, _ inner: Bounds) -> Bool {
  inner.x1 >= outer.x1 - 0.6 && inner.x2 <= outer.x2 + 0.6 && inner.y1 >= outer.y1 - 0.6 && inner.y2 <= outer.y2 + 0.6
}

/// The boxes of all texts of a picture, from its markup and the width table: from the top of capitals to the foot of the last
/// line.
func textsOfSVG(_ svg: String) -> [(words: String, box: Bounds)] {
  var texts: [(words: String, box: Bounds)] = []
  for part in svg.components(separatedBy: "<text").dropFirst() {
    guard let close = part.range(of: ">", options: .literal), let end = part.range(of: "</text>", options: .literal)
    else { continue }
    let head = String(part[..<close.lowerBound])
    let body = String(part[close.upperBound..<end.lowerBound])
    func attribute(_ name: String) -> String? {
      head.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first
    }
    let place = (attribute("transform") ?? "").dropFirst("translate(".count).dropLast().split(separator: ",")
      .compactMap { Double($0) }
    guard place.count == 2, let size = attribute("font-size").flatMap({ Double($0.dropLast(2)) }) else { continue }
    let isBold = attribute("font-weight") != nil
    let spans = body.components(separatedBy: "<tspan").dropFirst()
    let lines =
      spans.isEmpty
      ? [body]
      : spans.map {
        String($0[($0.range(of: ">", options: .literal)?.upperBound ?? $0.startIndex)...]).replacing(
          "</tspan>", with: "")
      }
    let step =
      spans.dropFirst().first?.components(separatedBy: "dy=\"").last?.components(separatedBy: "\"").first
      .flatMap { Double($0) } ?? 0
    let width = lines.map { FontMetrics.width(unescaped($0), size: size, bold: isBold) }.max() ?? 0
    let left =
      switch attribute("text-anchor") {
      case "middle": place[0] - width / 2
      case "end": place[0] - width
      default: place[0]
      }
    texts.append(
      (
        unescaped(lines.joined(separator: "/")),
        Bounds(
          x1: left, y1: place[1] - 0.72 * size, x2: left + width,
          y2: place[1] + Double(lines.count - 1) * step + 0.1 * size)
      ))
  }
  return texts
}

private func unescaped(_ text: String) -> String {
  text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
    "&amp;", with: "&")
}
