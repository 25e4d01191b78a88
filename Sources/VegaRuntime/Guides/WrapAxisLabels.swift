internal import VegaLite

extension AxisBuilder {
  /// Labels of categories in lines as wide as a band, where the look wants labels that lie flat and they have more than one
  /// band's width; `nil` where words would have to be broken, or more than three lines would be needed.
  func wrappedLabels(_ labels: [String]) -> [[String]]? {
    guard isX, run.plan.config["flatLabels"] == .bool(true), case .band(let band) = scale.kind else { return nil }
    let size = read.number("labelFontSize") ?? 10
    let room = band.step - 6
    func width(_ text: String) -> Double { FontMetrics.width(text, size: size) }
    var result: [[String]] = []
    for label in labels {
      let lines = label.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
        width(String(line)) <= room ? [String(line)] : balancedLines(String(line), width: room, size: size)
      }
      // A word of letters is never parted, nor is a number.
      let words = label.split(whereSeparator: { $0 == " " || $0 == "\n" }).filter { $0.utf8.contains { $0 < 0x80 } }
      guard lines.count <= 3, room > 20, words.allSatisfy({ width(String($0)) <= room }) else { return nil }
      result.append(lines)
    }
    return result
  }
}
