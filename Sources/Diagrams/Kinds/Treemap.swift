internal import AlmanacCore
internal import Notation

/// Parts of a whole as areas.
package struct Treemap: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    var label: DiagramText
    var value: DiagramValue
    /// An index into `groups`.
    var group: Int?
    var tone: Tone?
  }

  var groups: [DiagramText]
  var parts: [Part]
}

extension Treemap {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    let values = ValueReading(&reader, surroundings)
    var groups: [DiagramText] = []
    func group(_ text: DiagramText?) -> Int? {
      guard let text else { return nil }
      if let known = groups.firstIndex(where: { $0.text == text.text }) { return known }
      groups.append(text)
      return groups.count - 1
    }
    let limit = surroundings.limits.parts
    if surroundings.rows != nil {
      reader.allow(["items"])
      parts = values.rows(&reader, requiring: ["label", "value"], limit: limit) { row, value in
        guard let label = row.text("label") else { return nil }
        return Part(
          label: DiagramText(label), value: value, group: group(row.text("group").map { DiagramText($0) }),
          tone: row.text("tone").flatMap { Tone($0) })
      }
    } else if reader.value("items") != nil {
      parts = reader.each("items", limit: limit) { reader in
        let label = reader.words("label", required: true, surroundings)
        let value = values.value(&reader)
        let own = reader.words("group", surroundings)
        let tone = reader.tone()
        guard let label, let value else { return nil }
        return Part(label: label, value: value, group: group(own), tone: tone)
      }
    } else {
      parts = []
      reader.diagnostics.append(
        .diagramNoData(.treemap, list: "items", columns: "label and value", at: reader.value.span))
    }
    self.groups = groups
  }
}

extension Treemap: DiagramContent {
  /// Parts from the largest to the smallest, group by group.
  func outline(_ words: DiagramWords) -> DiagramOutline {
    let sorted = parts.indices.sorted { ordering($0) < ordering($1) }
    if groups.isEmpty {
      return .table(
        columns: [.init(DiagramText(words.part)), .init(DiagramText(words.value), isNumeric: true)],
        rows: sorted.map { [parts[$0].label, parts[$0].value.text] })
    }
    return .table(
      columns: [
        .init(DiagramText(words.part)), .init(DiagramText(words.group)),
        .init(DiagramText(words.value), isNumeric: true),
      ],
      rows: sorted.map { index in
        [parts[index].label, parts[index].group.map { groups[$0] } ?? DiagramText(""), parts[index].value.text]
      })
  }

  private func ordering(_ index: Int) -> (Int, Double, Int) {
    (parts[index].group ?? groups.count, -parts[index].value.number, index)
  }

  func description(_ words: DiagramWords) -> String {
    let sorted = parts.sorted { $0.value.number > $1.value.number }
    let all = words.summary(.treemap, count: parts.count, sorted.map(\.label.text))
    guard let largest = sorted.first, sorted.count > 1 else { return all }
    return all
      + (words.isChinese
        ? "最大的是\(largest.label.text)：\(largest.value.text.text)。"
        : " The largest is \(largest.label.text): \(largest.value.text.text).")
  }
}
