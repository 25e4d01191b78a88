/// `color-mix(in srgb, var(--ramp-1, #e8f4f1) 40%, var(--ramp-2, #b2e0d5))`, as a ramp writes what lies between two of its paints.
struct PaintMix {
  private var space: ColorSpace
  private var first: String
  private var second: String
  /// How much of the first there is, 0 to 1.
  private var share: Double

  /// - Returns: `nil` for all other texts.
  init?(_ text: String) {
    let head = "color-mix(in "
    guard text.hasPrefix(head), text.hasSuffix(")") else { return nil }
    let parts = commaParts(text.dropFirst(head.count).dropLast())
    guard parts.count == 3, let space = ColorSpace.allCases.first(where: { $0.cssName == parts[0] }),
      let blank = parts[1].lastIndex(of: " "), parts[1].last == "%",
      let percent = Double(parts[1][parts[1].index(after: blank)...].dropLast()), (0...100).contains(percent)
    else { return nil }
    self.space = space
    first = String(parts[1][..<blank])
    second = parts[2]
    share = percent / 100
  }

  /// The mixed colour.
  ///
  /// - Parameter read: the colour of each of the two paints.
  func color(_ read: (String) -> Color?) -> Color? {
    guard let from = read(second), let to = read(first) else { return nil }
    return ColorRamp([from, to], space: space)(share)
  }
}

/// The parts of a text between commas that stand in no brackets.
private func commaParts(_ text: Substring) -> [String] {
  var parts = [""]
  var depth = 0
  for character in text {
    if character == "(" { depth += 1 }
    if character == ")" { depth -= 1 }
    if character == ",", depth == 0 {
      parts.append("")
    } else if character != " " || !parts[parts.count - 1].isEmpty {
      parts[parts.count - 1].append(character)
    }
  }
  return parts
}
