/// A number in a running text, in digits or in Chinese numerals, with its words of scale: `29,406`, `25.60%`, `十七`, `4.5 万`.
package struct TextFigure: Hashable, Sendable {
  /// Unicode scalars of the text.
  package var range: Range<Int>
  /// Whether words of scale belong to it: 万 in `4.5 万`.
  package var hasScale: Bool
  /// Whether it is a part of a hundred: a `%` stands behind it, or it is written in tenths.
  package var isPercent: Bool
  /// With the words of scale.
  var decimal: DecimalNumber
}

extension TextFigure {
  package var value: Double { decimal.doubleValue }

  /// Tells whether the figure says `value`, digit by digit.
  /// - Parameter power: the power of ten in which a figure without words of scale is printed: 4 under a head that says 万.
  package func says(_ value: Double, inPowerOfTen power: Int) -> Bool {
    value.isFinite && (hasScale ? decimal : decimal.scaled(by: power)) == DecimalNumber(value)
  }
}

/// Finds the numbers of a text, from left to right.
///
/// Digits that belong to a Latin word (`GPT-4`, `o3`) are a part of that word.
package func findFigures(in text: [Unicode.Scalar]) -> [TextFigure] {
  var reader = QuantityReader(scalars: text, rowUnit: .count)
  var figures: [TextFigure] = []
  while reader.position < text.count {
    let start = reader.position
    let scalar = text[start]
    let isStart = isDigit(scalar) ? !isInWord(start, text) : QuantityWords.isNumeral(scalar)
    guard isStart, var number = reader.readScaledNumber(), reader.position > start else {
      reader.position = start + 1
      // What is left of a number that cannot be read is no number of its own.
      while isDigit(scalar), let next = text.first(at: reader.position), isDigit(next) { reader.position += 1 }
      continue
    }
    var end = reader.position
    number.number.isNegative = isNegative(start, text)
    if text.first(at: text.first(at: end) == " " ? end + 1 : end) == "%" { end += text[end] == " " ? 2 : 1 }
    figures.append(
      TextFigure(
        range: start..<end, hasScale: number.hasScale, isPercent: number.isPercentish || text[end - 1] == "%",
        decimal: number.decimal))
    reader.position = max(end, start + 1)
  }
  return figures
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

private func isLatin(_ scalar: Unicode.Scalar?) -> Bool {
  scalar.map { ($0.value | 0x20) &- 0x61 < 26 } ?? false
}

/// Tells whether the digits at `start` continue a word: a letter stands before them, or a letter and a hyphen.
private func isInWord(_ start: Int, _ text: [Unicode.Scalar]) -> Bool {
  guard start > 0 else { return false }
  if isLatin(text[start - 1]) { return true }
  return text[start - 1] == "-" && start > 1 && isLatin(text[start - 2])
}

/// A sign counts where no number and no word ends before it: `2022-2029` is a range.
private func isNegative(_ start: Int, _ text: [Unicode.Scalar]) -> Bool {
  guard start > 0, text[start - 1] == "-" || text[start - 1] == "\u{2212}" else { return false }
  guard start > 1 else { return true }
  return !isDigit(text[start - 2]) && !isLatin(text[start - 2]) && !"年月%".unicodeScalars.contains(text[start - 2])
}

/// Returns the power of ten of a word of scale, such as 4 for 万, 7 for 千万 and 6 for `million`; `nil` for other words.
package func powerOfScale(_ word: String) -> Int? {
  if let known = QuantityWords.scaleWords.first(where: { $0.word == word }) { return known.power }
  guard let quantity = try? parseQuantity(word, rowUnit: .count), quantity.counter == nil, quantity.qualifier == nil,
    quantity.decimal.coefficient == 1
  else { return nil }
  return quantity.decimal.power
}
