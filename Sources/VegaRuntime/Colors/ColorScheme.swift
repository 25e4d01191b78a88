/// A named set of colours of Vega: https://vega.github.io/vega/docs/schemes/
package enum ColorScheme: Sendable, Hashable {
  /// Colours that are told apart, in order; scales use them one by one and start over.
  case categorical([Color])
  /// A ramp for quantities.
  case continuous(ColorRamp)
}

extension ColorScheme {
  /// `count` colours: the first ones of a categorical scheme, samples of a ramp.
  package func colors(_ count: Int) -> [Color] {
    switch self {
    case .categorical(let colors): Array(colors.prefix(max(0, count)))
    case .continuous(let ramp): ramp.sampled(count)
    }
  }

  /// The scheme as a ramp, for continuous scales; categorical colours are joined up.
  package var ramp: ColorRamp {
    switch self {
    case .categorical(let colors): ColorRamp(colors)
    case .continuous(let ramp): ramp
    }
  }
}

/// Returns a scheme of Vega by name; capital letters make no difference.
package func colorScheme(named name: String) -> ColorScheme? {
  let wanted = name.lowercased()
  if let colors = schemeColors(wanted, in: SchemeTables.categorical) { return .categorical(colors) }
  if let colors = schemeColors(wanted, in: SchemeTables.ramps) { return .continuous(ColorRamp(colors)) }
  return nil
}

/// The names of all schemes, for hints.
package func colorSchemeNames() -> [String] {
  (SchemeTables.categorical + "\n" + SchemeTables.ramps).split(separator: "\n").compactMap { line in
    line.hasPrefix("+") ? nil : line.split(separator: " ").first.map(String.init)
  }
}

private func schemeColors(_ name: String, in table: String) -> [Color]? {
  var digits = ""
  var found = false
  for line in table.split(separator: "\n") {
    let words = line.split(separator: " ")
    guard words.count == 2 else { continue }
    if words[0] == "+" {
      if found { digits += words[1] }
    } else if found {
      break
    } else if words[0] == name {
      found = true
      digits += words[1]
    }
  }
  guard found else { return nil }
  var colors: [Color] = []
  var value: UInt32 = 0
  for (index, byte) in digits.utf8.enumerated() {
    value = value << 4 | UInt32(byte < 0x40 ? byte - 0x30 : byte - 0x57)
    if index % 6 == 5 {
      colors.append(Color(rgb: value))
      value = 0
    }
  }
  return colors
}
