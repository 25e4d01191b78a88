internal import AlmanacCore
internal import VegaLite

extension AxisBuilder {
  /// Labels of categories in lines, where the look wants labels that lie flat: below an axis as wide as a band; beside one, in a
  /// narrow picture, so wide that the plot keeps most of the room.
  ///
  /// - Returns: the lines of each label, or `nil` where labels stay as they are.
  func wrappedLabels(_ labels: [String]) -> [[String]]? {
    guard run.plan.config["flatLabels"] == .bool(true), case .band(let band) = scale.kind else { return nil }
    let size = read.number("labelFontSize") ?? 10
    if isX {
      let lines = labels.map { wrapped($0, room: band.step - 6, most: 3, size: size) }
      // One label that has to be turned or cut turns all.
      return lines.contains { $0 == nil } ? nil : lines.map { $0 ?? [] }
    }
    guard let document = run.options.width, document < 480, view.parent == nil else { return nil }
    let most = Int(limited: band.step / max(1, size + 2), to: 100)
    guard most > 1 else { return nil }
    // A third of the picture, and up to half of it where a label has no other way.
    return labels.map { label in
      [0.34, 0.42, 0.5].lazy.compactMap { self.wrapped(label, room: document * $0, most: most, size: size) }.first
        ?? [label]
    }
  }

  /// A label in lines of a width; `nil` where a word would have to be parted, or more lines would be needed than there may be.
  private func wrapped(_ label: String, room: Double, most: Int, size: Double) -> [String]? {
    func width(_ text: some StringProtocol) -> Double { FontMetrics.width(String(text), size: size) }
    let lines = label.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      width(line) <= room ? [String(line)] : balancedLines(String(line), width: room, size: size)
    }
    // A word of letters is never parted, nor is a number.
    let words = label.split(whereSeparator: { $0 == " " || $0 == "\n" }).filter { word in
      word.utf8.allSatisfy { $0 < 0x80 }
    }
    guard lines.count <= most, room > 20, words.allSatisfy({ width($0) <= room }) else { return nil }
    return lines
  }
}
