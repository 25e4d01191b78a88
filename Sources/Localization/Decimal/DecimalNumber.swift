/// A number as decimal digits, for report numbers: rounds and compares as on paper.
package struct DecimalNumber: Hashable, Sendable {
  package var isNegative: Bool
  /// Without trailing zeros; 0 for zero. At most 38 digits.
  package private(set) var coefficient: UInt128
  /// The power of ten of the last digit: 6 for 515,000,000, whose coefficient is 515.
  package private(set) var power: Int

  package init(isNegative: Bool = false, coefficient: UInt128, power: Int) {
    self.isNegative = isNegative && coefficient != 0
    self.coefficient = coefficient
    self.power = coefficient == 0 ? 0 : power
    while self.coefficient != 0, self.coefficient % 10 == 0 {
      self.coefficient /= 10
      self.power += 1
    }
  }

  /// The shortest digits of a finite Double.
  package init(_ value: Double) {
    let shortest = ShortestDecimal(value)
    self.init(
      isNegative: shortest.isNegative, coefficient: UInt128(shortest.coefficient),
      power: shortest.exponent - shortest.digitCount + 1)
  }
}

extension DecimalNumber {
  package var isZero: Bool { coefficient == 0 }
  package var digitCount: Int { decimalDigitCount(coefficient) }
  /// The power of ten of the first digit: 8 for 515,000,000.
  package var exponent: Int { power + digitCount - 1 }

  /// The nearest Double.
  package var doubleValue: Double { Double("\(isNegative ? "-" : "")\(coefficient)e\(power)") ?? 0 }

  /// The number times ten to a power.
  package func scaled(by tens: Int) -> DecimalNumber {
    DecimalNumber(isNegative: isNegative, coefficient: coefficient, power: power + tens)
  }

  /// Returns the quotient when it has at most 15 digits.
  package func divided(by divisor: DecimalNumber) -> DecimalNumber? {
    guard !divisor.isZero, digitCount <= 15, divisor.digitCount <= 15 else { return nil }
    let (quotient, remainder) = (coefficient * powerOfTen(15)).quotientAndRemainder(dividingBy: divisor.coefficient)
    guard remainder == 0 else { return nil }
    let result = DecimalNumber(
      isNegative: isNegative != divisor.isNegative, coefficient: quotient, power: power - divisor.power - 15)
    return result.digitCount <= 15 ? result : nil
  }

  package func rounded(significantDigits digits: Int) -> DecimalNumber { rounded(toPower: exponent - digits + 1) }

  /// Rounds ties away from zero so that no digit is left below `10^last`: -2 keeps two decimals.
  package func rounded(toPower last: Int) -> DecimalNumber {
    let dropped = last - power
    guard dropped > 0, !isZero else { return self }
    guard dropped <= digitCount else { return DecimalNumber(coefficient: 0, power: 0) }
    let divisor = powerOfTen(dropped)
    let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor)
    return DecimalNumber(
      isNegative: isNegative, coefficient: remainder >= divisor / 2 ? quotient + 1 : quotient, power: last)
  }

  /// Writes the magnitude with at least `places` decimals.
  /// - Parameter separator: between groups of three digits.
  package func positional(places: Int, separator: String = "") -> String {
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var digits: [UInt8] = []
    if !isZero { digits.appendDigits(coefficient) }
    if power >= 0 {
      whole = digits
      if !isZero { whole.appendZeros(min(power, 400)) }
    } else if digits.count > -power {
      whole = Array(digits[..<(digits.count + power)])
      fraction = Array(digits[(digits.count + power)...])
    } else {
      fraction.appendZeros(min(-power - digits.count, 400))
      fraction += digits
    }
    if whole.isEmpty { whole = [0x30] }
    fraction.appendZeros(places - fraction.count)
    var text: [UInt8] = []
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { text.append(separator) }
      text.append(digit)
    }
    if !fraction.isEmpty {
      text.append(0x2E)
      text += fraction
    }
    return String(decoding: text, as: UTF8.self)
  }
}
