import VegaRuntime

/// Texts of a drawn picture with the boxes that the width table gives them; finds those that overlap or leave the picture.
///
/// Reads the SVG and not the scene, so it sees what a reader's browser sees.
struct PictureCheck {
  struct Text: CustomStringConvertible {
    var content: String
    var box: Bounds
    var description: String { "'\(content)'" }
  }
  private(set) var texts: [Text] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  init(svg: [UInt8]) {
    var offsets: [(x: Double, y: Double)] = [(0, 0)]
    var current: (attributes: [String: String], lines: [(dy: Double, text: String)])?
    for token in Self.tokens(String(decoding: svg, as: UTF8.self)) {
      switch token {
      case .open("svg", let attributes, _):
        width = Double(attributes["width"] ?? "") ?? 0
        height = Double(attributes["height"] ?? "") ?? 0
      case .open("g", let attributes, false):
        let moved = Self.numbers(attributes["transform"], of: "translate").first ?? []
        let base = offsets.last!
        offsets.append((base.x + (moved.first ?? 0), base.y + (moved.count > 1 ? moved[1] : 0)))
      case .close("g"): offsets.removeLast()
      case .open("text", let attributes, _): current = (attributes, [])
      case .open("tspan", let attributes, _): current?.lines.append((Double(attributes["dy"] ?? "") ?? 0, ""))
      case .text(let text):
        guard current != nil else { continue }
        if current!.lines.isEmpty { current!.lines.append((0, "")) }
        current!.lines[current!.lines.count - 1].text += text
      case .close("text"):
        if let (attributes, lines) = current { add(attributes, lines, at: offsets.last!) }
        current = nil
      default: break
      }
    }
  }

  private mutating func add(
    _ attributes: [String: String], _ lines: [(dy: Double, text: String)], at origin: (x: Double, y: Double)
  ) {
    guard attributes["opacity"] != "0" else { return }
    let size = Double((attributes["font-size"] ?? "11px").dropLast(2)) ?? 11
    let isBold = FontMetrics.isBold(weight: attributes["font-weight"] ?? "normal")
    let moves = Self.numbers(attributes["transform"], of: "translate")
    let turn = Self.numbers(attributes["transform"], of: "rotate").first?.first ?? 0
    let inner = moves.count > 1 ? moves[1] : [0, 0]
    var box = Bounds()
    var y = inner[1]
    for line in lines {
      y += line.dy
      let width = FontMetrics.width(line.text, size: size, bold: isBold)
      var left = inner[0]
      if attributes["text-anchor"] == "middle" { left -= width / 2 }
      if attributes["text-anchor"] == "end" { left -= width }
      // Letters without accents and long tails: lines may stand as close as their font allows.
      box.formUnion(Bounds(x1: left, y1: y - 0.72 * size, x2: left + width, y2: y + 0.12 * size))
    }
    if turn != 0 { box = box.turned(by: turn, around: 0, 0) }
    let place = moves.first ?? [0, 0]
    texts.append(
      Text(
        content: lines.map(\.text).joined(separator: " / "),
        box: box.translated(origin.x + place[0], origin.y + place[1])))
  }

  /// Sentences on every pair of texts that overlap by more than half a pixel, and every text that leaves the picture.
  var problems: [String] {
    var found: [String] = []
    for (index, text) in texts.enumerated() {
      if text.box.x1 < -0.5 || text.box.y1 < -0.5 || text.box.x2 > width + 0.5 || text.box.y2 > height + 0.5 {
        found.append("\(text) leaves the picture: \(text.box) of \(width) × \(height)")
      }
      for other in texts[..<index] where text.box.expanded(by: -0.25).intersects(other.box.expanded(by: -0.25)) {
        found.append("\(other) and \(text) overlap")
      }
    }
    return found
  }
}

// MARK: - Reading SVG

extension PictureCheck {
  private enum Token {
    case open(String, [String: String], Bool)
    case close(String)
    case text(String)
  }

  private static func tokens(_ svg: String) -> [Token] {
    var tokens: [Token] = []
    var rest = svg[...]
    while let start = rest.firstIndex(of: "<") {
      if start > rest.startIndex { tokens.append(.text(plain(rest[..<start]))) }
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        tokens.append(.close(String(tag.dropFirst())))
        continue
      }
      let isEmpty = tag.last == "/"
      let body = isEmpty ? tag.dropLast() : tag
      let name = String(body.prefix { $0 != " " })
      var attributes: [String: String] = [:]
      var scan = body.dropFirst(name.count)
      while let equals = scan.firstIndex(of: "=") {
        let key = scan[..<equals].drop { $0 == " " }
        let value = scan[scan.index(equals, offsetBy: 2)...].prefix { $0 != "\"" }
        attributes[String(key)] = plain(value)
        scan = scan[scan.index(value.endIndex, offsetBy: 1)...]
      }
      tokens.append(.open(name, attributes, isEmpty))
      if isEmpty { tokens.append(.close(name == "g" ? "" : name)) }
    }
    return tokens
  }

  private static func plain(_ text: Substring) -> String {
    var result = String(text)
    for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: letter)
    }
    return result
  }

  /// The arguments of each use of a function in a `transform`.
  private static func numbers(_ transform: String?, of function: String) -> [[Double]] {
    guard let transform else { return [] }
    return transform.split(separator: ")").compactMap { part in
      guard let open = part.firstIndex(of: "("), part[..<open].drop(while: { $0 == " " }) == function else {
        return nil
      }
      return part[part.index(after: open)...].split(whereSeparator: { $0 == "," || $0 == " " }).compactMap {
        Double($0)
      }
    }
  }
}
