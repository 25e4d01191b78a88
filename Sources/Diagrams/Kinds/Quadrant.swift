internal import AlmanacCore
internal import Notation

/// Two axes that part a field into four, with things in it.
package struct Quadrant: Hashable, Sendable {
  struct Axis: Hashable, Sendable {
    var title: DiagramText?
    var low: DiagramText?
    var high: DiagramText?
  }

  enum Position: String, CaseIterable, Hashable, Sendable {
    case topLeft = "top-left"
    case topRight = "top-right"
    case bottomLeft = "bottom-left"
    case bottomRight = "bottom-right"

    var isTop: Bool { self == .topLeft || self == .topRight }
    var isLeft: Bool { self == .topLeft || self == .bottomLeft }
  }

  struct Region: Hashable, Sendable {
    var position: Position
    var title: DiagramText?
    var text: DiagramText?
    var tone: Tone?
  }

  struct Item: Hashable, Sendable {
    var label: DiagramText
    var note: DiagramText?
    /// 0 at the left and at the bottom, 1 at the right and at the top.
    var x: Double
    var y: Double
    var tone: Tone

    var position: Position { y >= 0.5 ? (x < 0.5 ? .topLeft : .topRight) : (x < 0.5 ? .bottomLeft : .bottomRight) }
  }

  var x: Axis
  var y: Axis
  var regions: [Region]
  var items: [Item]
}

extension Quadrant {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    x = Quadrant.axis("x", &reader, surroundings)
    y = Quadrant.axis("y", &reader, surroundings)
    regions = []
    if var corners = reader.reader("quadrants") {
      for position in Position.allCases {
        guard var corner = corners.reader(position.rawValue) else { continue }
        regions.append(
          Region(
            position: position, title: corner.words("title", surroundings), text: corner.words("text", surroundings),
            tone: corner.tone()))
        corners.diagnostics += corner.finish()
      }
      reader.diagnostics += corners.finish()
    }
    items = reader.each("items", required: false, limit: surroundings.limits.quadrantItems) { reader in
      let label = reader.words("label", required: true, surroundings)
      let note = reader.words("note", surroundings)
      let tone = reader.tone() ?? .accent
      let (x, y) = (Quadrant.coordinate("x", &reader), Quadrant.coordinate("y", &reader))
      guard let x, let y, let label else { return nil }
      return Item(label: label, note: note, x: x, y: y, tone: tone)
    }
  }

  private static func axis(
    _ key: String, _ reader: inout ObjectReader, _ surroundings: DiagramSurroundings
  ) -> Axis {
    guard var inner = reader.reader(key, required: true) else { return Axis() }
    let axis = Axis(
      title: inner.words("title", surroundings), low: inner.words("low", surroundings),
      high: inner.words("high", surroundings))
    reader.diagnostics += inner.finish()
    return axis
  }

  private static func coordinate(_ key: String, _ reader: inout ObjectReader) -> Double? {
    guard let found = reader.value(key, required: true) else { return nil }
    if let number = found.number, (0...1).contains(number) { return number }
    reader.diagnostics.append(.diagramOutOfRange(found, key: key, "a number from 0 to 1"))
    return nil
  }
}

extension Quadrant: DiagramContent {
  func outline(_ words: DiagramWords) -> DiagramOutline {
    func axisEntry(_ axis: Axis) -> DiagramOutline.Entry? {
      let ends = words.axis("", from: axis.low?.text ?? "", to: axis.high?.text ?? "")
      guard axis.title != nil || !ends.isEmpty else { return nil }
      return .init(axis.title ?? DiagramText(ends), details: axis.title == nil ? [] : [DiagramText(ends)])
    }
    let corners = Position.allCases.compactMap { position -> DiagramOutline.Entry? in
      let region = regions.first { $0.position == position }
      let inside = items.filter { $0.position == position }
      guard region != nil || !inside.isEmpty else { return nil }
      let name = DiagramText(words.quadrant(position))
      return .init(
        name, details: [region?.title, region?.text], children: inside.map { .init($0.label, details: [$0.note]) })
    }
    return .list([axisEntry(x), axisEntry(y)].compactMap { $0 } + corners, isOrdered: false)
  }

  func description(_ words: DiagramWords) -> String {
    let across = words.axis(x.title?.text ?? "", from: x.low?.text ?? "", to: x.high?.text ?? "")
    let up = words.axis(y.title?.text ?? "", from: y.low?.text ?? "", to: y.high?.text ?? "")
    let axes = words.isChinese ? "横轴\(across)；纵轴\(up)。" : "Across: \(across). Upwards: \(up). "
    if items.isEmpty {
      let names = regions.compactMap(\.title?.text)
      return axes + words.list(names) + (words.isChinese ? "。" : ".")
    }
    return axes + words.summary(.quadrant, count: items.count, items.map(\.label.text))
  }
}
