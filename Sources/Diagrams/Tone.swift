/// The colour of a box, an item, an event: what it stands for, not a hue.
///
/// China and the United States keep one colour each through the whole report; the numbered tones are the series colours of
/// the charts. All are custom properties of the page with the light theme's value behind.
enum Tone: Hashable, Sendable {
  case neutral, china, us, eu, accent, muted
  /// 1 to 8.
  case series(Int)

  init?(_ word: String) {
    switch word {
    case "china": self = .china
    case "us": self = .us
    case "eu": self = .eu
    case "accent": self = .accent
    case "muted": self = .muted
    default:
      guard let number = Int(word), (1...8).contains(number) else { return nil }
      self = .series(number)
    }
  }

  /// The words for hints.
  static let names = ["china", "us", "eu", "accent", "muted"] + (1...8).map(String.init)

  /// A paint for marks: 3:1 on the ground.
  var paint: String {
    switch self {
    case .neutral: "var(--rule-2, #8b867b)"
    case .china: "var(--china, #b8281f)"
    case .us: "var(--us, #1d5fa6)"
    case .eu: "var(--eu, #8a6100)"
    case .accent: "var(--accent, #0c5b57)"
    case .muted: "var(--rule-2, #8b867b)"
    case .series(let number): Self.series[number - 1]
    }
  }

  private static let series = [
    "var(--series-1, #0a8f8c)", "var(--series-2, #5b2a78)", "var(--series-3, #bd7f10)", "var(--series-4, #46684a)",
    "var(--series-5, #343d4c)", "var(--series-6, #a8207c)", "var(--series-7, #8f735c)", "var(--series-8, #5596c4)",
  ]

  /// How strongly the tone covers the ground behind text, from 0 to 1: weak enough for both inks in both themes.
  var wash: Double {
    switch self {
    case .neutral: 0.1
    case .muted: 0.06
    default: 0.12
    }
  }

  static let all: [Tone] = [.neutral, .china, .us, .eu, .accent, .muted] + (1...8).map { .series($0) }
}

/// Paints that are not a tone.
enum Ink {
  static let text = "var(--ink, #1e1c19)"
  static let quiet = "var(--ink-2, #5c5850)"
  static let hairline = "var(--rule, #dcd8ce)"
  static let line = "var(--rule-2, #8b867b)"
  static let ground = "var(--ground, #fcfbf8)"
}
