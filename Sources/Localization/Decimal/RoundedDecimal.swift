/// The decimal digits of a number rounded to a given place, as JavaScript's `toFixed` and `toExponential` find them.
///
/// Rounding looks at the exact binary value and takes ties up: `1.005` to two places is `1.00`, because the nearest
/// Double lies below 1.005. Multiplying by a power of ten first would say `1.01`.
package struct RoundedDecimal: Hashable, Sendable {
  /// All digits as one integer; has `digitCount` digits, or is 0.
  package var coefficient: UInt128
  package var digitCount: Int
  /// The power of ten of the first digit: 2 for 515.
  package var exponent: Int
}

extension RoundedDecimal {
  /// Rounds to significant digits.
  /// - Parameters:
  ///   - value: finite and not negative.
  ///   - digits: 1 to 21.
  package init(_ value: Double, significantDigits digits: Int) {
    guard value > 0 else {
      self.init(coefficient: 0, digitCount: digits, exponent: 0)
      return
    }
    // 10^guess is at most `value`; it may be one power too low, which the digit count tells.
    var guess = Int((Double(value.exponent) * 0.301_029_995_663_981_14).rounded(.down))
    let limit = powerOfTen(digits)
    var scaled = roundedProduct(value, tens: digits - 1 - guess)
    while scaled >= limit {
      guess += 1
      scaled = roundedProduct(value, tens: digits - 1 - guess)
    }
    self.init(coefficient: scaled, digitCount: digits, exponent: guess)
  }

  /// The fewest digits that read back as the same Double.
  package init(shortest value: Double) {
    let shortest = ShortestDecimal(value)
    self.init(
      coefficient: UInt128(shortest.coefficient), digitCount: shortest.digitCount, exponent: shortest.exponent)
  }
}

/// Returns a number rounded to `places` after the point, as an integer and the digits behind the point.
/// - Parameters:
///   - value: not negative and below 10^21.
///   - places: 0 to 20.
package func roundedToPlaces(_ value: Double, _ places: Int) -> (whole: UInt128, fraction: UInt128) {
  guard value < 9_007_199_254_740_992 else { return (UInt128(value), 0) }
  let whole = UInt64(value)
  let fraction = roundedProduct(value - Double(whole), tens: places)
  return fraction == powerOfTen(places) ? (UInt128(whole) + 1, 0) : (UInt128(whole), fraction)
}

/// Returns 10 to a power of 0 to 38.
package func powerOfTen(_ power: Int) -> UInt128 {
  var result: UInt128 = 1
  for _ in 0..<power { result *= 10 }
  return result
}

/// Returns `value × 10^tens` rounded to an integer, ties up; the result must be below 10^23.
private func roundedProduct(_ value: Double, tens: Int) -> UInt128 {
  guard value > 0 else { return 0 }
  let (mantissa, twos) = binaryParts(value)
  if tens >= 0, tens <= 22 {
    // 53 bits times 10^22 stay below 2^127.
    let product = UInt128(mantissa) * powerOfTen(tens)
    if twos >= 0 { return product << twos }
    if twos <= -128 { return 0 }
    return (product >> -twos) + ((product >> (-twos - 1)) & 1)
  }
  if tens < 0, tens >= -37, twos <= 70 {
    // What is behind the point cannot lift a remainder over the half, which is an integer.
    let whole = twos >= 0 ? UInt128(mantissa) << twos : UInt128(mantissa >> min(63, -twos))
    let divisor = powerOfTen(-tens)
    let (quotient, remainder) = whole.quotientAndRemainder(dividingBy: divisor)
    return quotient + (remainder >= divisor / 2 ? 1 : 0)
  }
  return roundedProductOfExtreme(mantissa, twos: twos, tens: tens)
}

/// Returns integers such that `value = mantissa × 2^twos`.
private func binaryParts(_ value: Double) -> (mantissa: UInt64, twos: Int) {
  let fraction = value.significandBitPattern
  let exponent = Int(value.exponentBitPattern)
  return exponent == 0 ? (fraction, -1074) : (fraction | 1 << 52, exponent - 1075)
}

/// The same for numbers with hundreds of digits: writes all of them and rounds on paper.
private func roundedProductOfExtreme(_ mantissa: UInt64, twos: Int, tens: Int) -> UInt128 {
  // Limbs of nine digits, lowest first. 2^-n is 5^n / 10^n.
  var limbs: [UInt32] = []
  var rest = mantissa
  while rest > 0 {
    limbs.append(UInt32(rest % 1_000_000_000))
    rest /= 1_000_000_000
  }
  func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * factor + carry
      limbs[index] = UInt32(product % 1_000_000_000)
      carry = product / 1_000_000_000
    }
    while carry > 0 {
      limbs.append(UInt32(carry % 1_000_000_000))
      carry /= 1_000_000_000
    }
  }
  var left = abs(twos)
  while left > 0 {
    let step = min(left, 12)
    multiply(by: twos > 0 ? 1 << UInt64(step) : (0..<step).reduce(1) { product, _ in product * 5 })
    left -= step
  }
  var digits: [UInt8] = []
  for limb in limbs {
    var limb = limb
    for _ in 0..<9 {
      digits.append(UInt8(limb % 10))
      limb /= 10
    }
  }
  while digits.last == 0 { digits.removeLast() }
  digits.reverse()
  let kept = digits.count - max(0, -twos) + tens
  guard kept >= 0 else { return 0 }
  var result: UInt128 = 0
  for index in 0..<kept { result = result * 10 + UInt128(index < digits.count ? digits[index] : 0) }
  return kept < digits.count && digits[kept] >= 5 ? result + 1 : result
}
