/// Words of Chinese and English figures; of two that begin alike the longer stands first.
enum QuantityWords {
  static let vagueWords = ["数十", "数百", "数千", "数万", "数亿", "上百", "上千", "上万", "几十", "几百", "several", "dozens"]

  static let qualifiersBefore: [(word: String, qualifier: Quantity.Qualifier)] = [
    ("大约", .about), ("约为", .about), ("约", .about), ("~", .about), ("≈", .about), ("about", .about),
    ("around", .about), ("approximately", .about), ("roughly", .about), ("接近", .nearly), ("将近", .nearly),
    ("近", .nearly), ("nearly", .nearly), ("almost", .nearly), ("超过", .over), ("超", .over), ("突破", .over),
    ("逾", .over), ("多于", .over), ("高于", .over), ("more than", .over), ("over", .over), (">", .over),
    ("不足", .under), ("不到", .under), ("低于", .under), ("少于", .under), ("less than", .under), ("under", .under),
    ("<", .under), ("至少", .atLeast), ("at least", .atLeast), ("≥", .atLeast), ("至多", .atMost), ("最多", .atMost),
    ("up to", .atMost), ("≤", .atMost),
  ]

  static let qualifiersBehind: [(word: String, qualifier: Quantity.Qualifier)] = [
    ("以上", .over), ("以下", .under), ("以内", .atMost), ("左右", .about), ("上下", .about), ("余", .over), ("多", .over),
    ("+", .over),
  ]

  static let scaleWords: [(word: String, power: Int)] = [
    ("万亿", 12), ("亿", 8), ("億", 8), ("万", 4), ("萬", 4), ("千", 3), ("百", 2), ("十", 1), ("trillion", 12),
    ("billion", 9), ("million", 6), ("thousand", 3), ("tn", 12), ("bn", 9), ("mn", 6), ("T", 12), ("B", 9), ("M", 6),
    ("K", 3), ("k", 3), ("W", 4), ("w", 4),
  ]
  /// Those that may stand without a number before them.
  static let bareScaleWords: [(word: String, power: Int)] = [
    ("万亿", 12), ("亿", 8), ("万", 4), ("千", 3), ("百", 2),
  ]

  static let chineseDigits: [Unicode.Scalar: Int] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
  static let chinesePowers: [Unicode.Scalar: Int] = ["十": 1, "百": 2, "千": 3]

  /// Tells whether a sign can be a part of a number in Chinese numerals; the larger words of scale are none.
  static func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
    chineseDigits[scalar] != nil || chinesePowers[scalar] != nil
  }
}

/// A number and the words of scale behind it.
struct ScaledNumber {
  var number: DecimalNumber
  var significantDigits: Int
  var decimals: Int
  var scale = 0
  var hasScale = false
  var isPercentish = false
  /// Written in Chinese numerals: 五千 behind 两万 needs no word of scale.
  var isNumeral = false
  /// What lower parts add: 2000万 in 1亿2000万.
  private var added: DecimalNumber?

  init(coefficient: UInt128, decimals: Int) {
    number = DecimalNumber(coefficient: coefficient, power: -decimals)
    self.decimals = decimals
    // Zeros behind the point are vouched for, those before it may be round.
    significantDigits =
      coefficient == 0 ? decimals + 1 : decimals > 0 ? decimalDigitCount(coefficient) : number.digitCount
  }

  /// The number with its scale and what lower parts add.
  var decimal: DecimalNumber {
    let own = number.scaled(by: scale)
    return added.flatMap { Self.sum(own, $0) } ?? own
  }

  /// Returns `nil` for a sum of more than 38 digits.
  private static func sum(_ own: DecimalNumber, _ added: DecimalNumber) -> DecimalNumber? {
    let lowest = min(own.power, added.power)
    guard own.exponent - lowest < 37, added.exponent - lowest < 37 else { return nil }
    let coefficient =
      own.coefficient * powerOfTen(own.power - lowest) + added.coefficient * powerOfTen(added.power - lowest)
    return DecimalNumber(isNegative: own.isNegative, coefficient: coefficient, power: lowest)
  }

  func with(scaleOf other: ScaledNumber) -> ScaledNumber {
    var copy = self
    copy.scale = other.scale
    copy.hasScale = true
    return copy
  }

  /// Adds a lower part; returns whether there is room for it.
  mutating func add(_ part: ScaledNumber) -> Bool {
    guard let sum = Self.sum(added ?? DecimalNumber(coefficient: 0, power: 0), part.decimal),
      let total = Self.sum(number.scaled(by: scale), sum)
    else { return false }
    added = sum
    significantDigits = total.digitCount
    return true
  }
}

extension DecimalNumber {
  /// The value when it is a whole number.
  var asInteger: UInt128 { power >= 0 ? coefficient * powerOfTen(power) : 0 }
}

extension [Unicode.Scalar] {
  func first(at index: Int) -> Unicode.Scalar? { index < count ? self[index] : nil }
}

/// Full-width forms and exotic spaces to their plain ones.
package func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)!
  case 0x3000, 0xA0, 0x2000...0x200A, 0x202F, 0x205F: " "
  case 0xFFE5: "¥"
  case 0x301C: "~"
  default: scalar
  }
}
