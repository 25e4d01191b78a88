public import AlmanacCore

/// A unit of measure: what a number counts, and how a language writes it beside the number.
public struct MeasureUnit: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Counted things whose noun the author writes: persons, tokens, papers.
    case plain
    case percent
    case percentagePoints
    case times
    /// An ISO 4217 code.
    case currency(String)
    /// Written behind the number, as its symbol says.
    case custom
  }

  /// The key in the ledger's `unit` column.
  public var key: String
  public var kind: Kind
  /// What stands behind the number, by primary language, with its own leading space: `["en": " EFLOPS"]`.
  public var symbols: [String: String]
  /// The same behind 1, where a language says it in another way: `["en": " month"]`.
  public var singulars: [String: String]

  public init(key: String, kind: Kind, symbols: [String: String] = [:], singulars: [String: String] = [:]) {
    self.key = key
    self.kind = kind
    self.symbols = symbols
    self.singulars = singulars
  }

  /// Returns a unit that Almanac knows without being told, or `nil`.
  public init?(builtIn key: String) {
    switch key {
    case "percent": self.init(key: key, kind: .percent)
    case "percentage-points": self.init(key: key, kind: .percentagePoints)
    case "times": self.init(key: key, kind: .times)
    case _ where Currency.all.contains { $0.code == key }: self.init(key: key, kind: .currency(key))
    case _ where Self.plainKeys.contains(key): self.init(key: key, kind: .plain)
    default:
      guard let rate = Self.rate(key) else { return nil }
      self = rate
    }
  }

  /// A number without a unit.
  public static let count = MeasureUnit(key: "count", kind: .plain)

  private static let plainKeys = [
    "persons", "count", "years", "days", "hours", "tokens", "parameters", "points", "index",
  ]
  /// The keys of all units known without being told, for hints.
  public static let builtInKeys: [String] =
    plainKeys + ["percent", "percentage-points", "times"] + Currency.all.map(\.code)
}

extension MeasureUnit {
  /// The unit's own short label, as the head of a column or an axis has it: `%`, `CNY`, `人民币元`; `nil` for nouns that
  /// `names.yaml` gives.
  public func label(in language: LanguageTag) -> String? {
    switch kind {
    case .percent: "%"
    case .percentagePoints: language.isChinese ? "百分点" : "percentage points"
    case .times: language.isChinese ? "倍" : "times"
    case .currency(let code):
      Currency.all.first { $0.code == code }.map { language.isChinese ? $0.chinese : $0.label }
    case .custom: symbol(in: language).map { trimmed($0) }
    case .plain: nil
    }
  }

  func symbol(in language: LanguageTag, isOne: Bool = false) -> String? {
    if isOne, let singular = singulars[language.rawValue] ?? singulars[language.language] { return singular }
    return symbols[language.rawValue] ?? symbols[language.language] ?? symbols["en"]
      ?? symbols.min { $0.key < $1.key }?.value
  }

  private func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// How a currency is written in both languages, and how sources write it.
struct Currency: Sendable {
  var code: String
  /// Before the number in English; a code is parted by a space.
  var english: String
  /// Behind the number in Chinese.
  var chinese: String
  /// What sources write, longest first.
  var spellings: [String]

  /// In the head of an English column.
  var label: String { english.hasPrefix("US$") ? "US$" : english }

  static let all: [Currency] = [
    Currency(
      code: "CNY", english: "CNY", chinese: "元",
      spellings: ["元人民币", "人民币", "元", "RMB", "CNY", "yuan", "renminbi", "￥", "¥"]),
    Currency(
      code: "USD", english: "US$", chinese: "美元",
      spellings: ["美元", "美金", "US dollars", "dollars", "dollar", "US$", "USD", "$"]),
    Currency(code: "EUR", english: "€", chinese: "欧元", spellings: ["欧元", "euros", "euro", "EUR", "€"]),
    Currency(code: "GBP", english: "£", chinese: "英镑", spellings: ["英镑", "pounds", "GBP", "£"]),
    Currency(code: "JPY", english: "JPY", chinese: "日元", spellings: ["日元", "日圆", "yen", "JPY"]),
    Currency(code: "KRW", english: "KRW", chinese: "韩元", spellings: ["韩元", "韩圆", "won", "KRW", "₩"]),
    Currency(code: "INR", english: "INR", chinese: "卢比", spellings: ["印度卢比", "卢比", "rupees", "INR", "₹"]),
    Currency(code: "HKD", english: "HK$", chinese: "港元", spellings: ["港元", "港币", "HK$", "HKD"]),
  ]
}
