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
package func colorScheme(named name: String) -> ColorScheme? { schemes[name] ?? schemes[name.lowercased()] }

/// The names of all schemes, for hints.
package func colorSchemeNames() -> [String] {
  (SchemeTables.categorical + "\n" + SchemeTables.ramps).split(separator: "\n").compactMap { line in
    line.hasPrefix("+") ? nil : line.split(separator: " ").first.map(String.init)
  }
}

/// All schemes by their lower-cased names, read from their tables once.
private let schemes: [String: ColorScheme] = {
  var schemes: [String: ColorScheme] = [:]
  for (name, colors) in readSchemes(SchemeTables.ramps) { schemes[name] = .continuous(ColorRamp(colors)) }
  for (name, colors) in readSchemes(SchemeTables.categorical) { schemes[name] = .categorical(colors) }
  return schemes
}()

private func readSchemes(_ table: String) -> [(name: String, colors: [Color])] {
  var schemes: [(name: String, colors: [Color])] = []
  for line in table.utf8.split(separator: 0x0A) {
    guard let space = line.firstIndex(of: 0x20) else { continue }
    let name = String(Substring(line[..<space]))
    if name != "+" { schemes.append((name, [])) }
    var value: UInt32 = 0
    for (index, byte) in line[space...].dropFirst().enumerated() {
      value = value << 4 | UInt32(byte < 0x40 ? byte - 0x30 : byte - 0x57)
      guard index % 6 == 5 else { continue }
      schemes[schemes.count - 1].colors.append(Color(rgb: value))
      value = 0
    }
  }
  return schemes
}
