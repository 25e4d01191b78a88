extension FontMetrics {
  /// Returns text cut to a limit with an ellipsis, as Vega's text marks and labels do.
  ///
  /// Text that just reaches the limit is cut, too. A letter is never parted from its accents.
  ///
  /// - Parameters:
  ///   - limit: pixels; nothing is cut at 0 and below.
  ///   - fromStart: whether the text's beginning is cut away, for text that runs from right to left.
  package static func truncate(
    _ text: String, limit: Double, size: Double, bold: Bool = false, monospace: Bool = false, ellipsis: String = "…",
    fromStart: Bool = false
  ) -> String {
    guard limit > 0, !text.isEmpty else { return text }
    func width(_ text: Substring) -> Double {
      FontMetrics.width(String(text), size: size, bold: bold, monospace: monospace)
    }
    let whole = text[...]
    if width(whole) < limit { return text }
    let room = limit - width(ellipsis[...])
    let letters = Array(text.indices)
    var low = 0
    var high = letters.count
    if fromStart {
      while low < high {
        let middle = (low + high) >> 1
        if width(text[letters[middle]...]) > room { low = middle + 1 } else { high = middle }
      }
      return ellipsis + (low < letters.count ? text[letters[low]...] : "")
    }
    while low < high {
      let middle = 1 + (low + high) >> 1
      let end = middle < letters.count ? letters[middle] : text.endIndex
      if width(text[..<end]) < room { low = middle } else { high = middle - 1 }
    }
    return (low < letters.count ? text[..<letters[low]] : whole) + ellipsis
  }
}

extension TextShape {
  /// Cuts each line to a limit in pixels; 0 is none.
  mutating func cut(to limit: Double, ellipsis: String = "…") {
    guard limit > 0 else { return }
    let bold = weight.map { FontMetrics.isBold(weight: $0) } ?? false
    let mono = FontMetrics.isMonospace(family: font)
    lines = lines.map {
      FontMetrics.truncate($0, limit: limit, size: size, bold: bold, monospace: mono, ellipsis: ellipsis)
    }
  }
}
