/// A d3-format specifier taken apart: `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.
///
/// https://d3js.org/d3-format#formatSpecifier
public struct NumberFormatSpecifier: Hashable, Sendable {
  public var fill: Unicode.Scalar = " "
  /// `>`, `<`, `^` or `=`.
  public var align: Unicode.Scalar = ">"
  /// `-`, `+`, `(` or a space.
  public var sign: Unicode.Scalar = "-"
  /// `$`, `#` or `nil`.
  public var symbol: Unicode.Scalar?
  public var zero = false
  public var width: Int?
  public var comma = false
  public var precision: Int?
  public var trim = false
  /// A letter or `%`; `nil` where none was written.
  public var type: Unicode.Scalar?

  public init() {}

  /// Returns `nil` for what d3 calls an invalid format.
  public init?(_ text: some StringProtocol) {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= 64 else { return nil }
    var index = 0
    func peek(_ offset: Int = 0) -> Unicode.Scalar? {
      index + offset < scalars.count ? scalars[index + offset] : nil
    }
    func isAlign(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { "<>=^".unicodeScalars.contains($0) } ?? false }
    func take(_ allowed: String) -> Unicode.Scalar? {
      guard let scalar = peek(), allowed.unicodeScalars.contains(scalar) else { return nil }
      index += 1
      return scalar
    }
    func takeNumber() -> Int? {
      var number: Int?
      while let digit = peek(), ("0"..."9").contains(digit) {
        number = min((number ?? 0) * 10 + Int(digit.value - 0x30), 1_000)
        index += 1
      }
      return number
    }
    if isAlign(peek(1)), let fill = peek() {
      self.fill = fill
      align = scalars[1]
      index = 2
    } else if isAlign(peek()) {
      align = scalars[0]
      index = 1
    }
    if let sign = take("+-( ") { self.sign = sign }
    symbol = take("$#")
    zero = take("0") != nil
    width = takeNumber()
    comma = take(",") != nil
    if peek() == "." {
      index += 1
      guard let precision = takeNumber() else { return nil }
      self.precision = precision
    }
    trim = take("~") != nil
    if let letter = peek(), letter == "%" || letter.isASCII && letter.properties.isAlphabetic {
      type = letter
      index += 1
    }
    guard index == scalars.count else { return nil }
  }
}
