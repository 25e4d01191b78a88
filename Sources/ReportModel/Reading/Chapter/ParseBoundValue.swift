package import AlmanacCore

/// Reads what stands behind `{v}` of a bound number, or a key figure of the report: an expression, then options.
///
/// Operators stand between spaces, because ids hold hyphens and slashes: `us.x / cn.x`, `growth(a, b)`.
/// - Parameters:
///   - text: UTF-8, without `{v}`.
///   - span: the place of a range of `text`, which counts from 0.
package func parseBoundValue(_ text: [UInt8], span: (Range<Int>) -> SourceSpan) -> Diagnosed<BoundValue> {
  withoutActuallyEscaping(span) { span in
    var parser = BoundValueParser(text: text, span: span)
    let value = parser.parse()
    return Diagnosed(value, parser.diagnostics)
  }
}

private struct BoundValueParser {
  let text: [UInt8]
  let span: (Range<Int>) -> SourceSpan
  var position = 0
  var depth = 0
  var operations = 0
  var diagnostics: [Diagnostic] = []

  init(text: [UInt8], span: @escaping (Range<Int>) -> SourceSpan) {
    self.text = text
    self.span = span
  }

  mutating func parse() -> BoundValue {
    var value = BoundValue()
    skipSpaces()
    guard position < text.count else {
      report(.boundNumberIncomplete("a bound number names a fact", at: span(0..<text.count)))
      return value
    }
    value.expression = parseSum()
    guard diagnostics.isEmpty else {
      value.expression = nil
      return value
    }
    parseOptions(&value.options)
    return value
  }

  // MARK: Expressions

  private mutating func parseSum() -> ValueExpression? {
    guard var left = parseProduct() else { return nil }
    while let sign = peekOperator(), sign == .plus || sign == .minus {
      takeOperator()
      guard let right = parseProduct() else { return nil }
      left = join(sign, left, right)
    }
    return left
  }

  private mutating func parseProduct() -> ValueExpression? {
    guard var left = parseOperand() else { return nil }
    while let sign = peekOperator(), sign == .times || sign == .divided {
      takeOperator()
      guard let right = parseOperand() else { return nil }
      left = join(sign, left, right)
    }
    return left
  }

  private func join(
    _ sign: ValueExpression.Operator, _ left: ValueExpression, _ right: ValueExpression
  ) -> ValueExpression {
    let span = SourceSpan(path: left.span.path, start: left.span.start, end: right.span.end)
    return ValueExpression(.operation(sign, left, right), at: span)
  }

  private mutating func parseOperand() -> ValueExpression? {
    skipSpaces()
    depth += 1
    defer { depth -= 1 }
    let start = position
    guard depth <= 40 else {
      report(.boundNumberSyntax("expression is nested more than 40 times", at: span(start..<text.count)))
      return nil
    }
    guard let byte = peek() else {
      guard operations <= 200 else { return nil }
      let end = max(0, text.count - 1)
      report(.boundNumberIncomplete("expression ends where a value should stand", at: span(end..<text.count)))
      return nil
    }
    if byte == UInt8(ascii: "(") {
      position += 1
      guard let inner = parseSum(), expect(")", for: "parenthesis", openedAt: start) else { return nil }
      return ValueExpression(inner.content, at: span(start..<position))
    }
    if byte == UInt8(ascii: "-") {
      position += 1
      guard let operand = parseOperand() else { return nil }
      return ValueExpression(.negation(operand), at: span(start..<position))
    }
    guard isIdentifier(byte) else {
      report(
        .boundNumberSyntax(
          "'\(character(at: start))' begins no value", at: span(start..<start + characterLength(start))))
      return nil
    }
    while let next = peek(), isIdentifier(next) || next == UInt8(ascii: "+") && isExponent(from: start) {
      position += 1
    }
    return parseNamed(start..<position)
  }

  private mutating func parseNamed(_ range: Range<Int>) -> ValueExpression? {
    let word = String(decoding: text[range], as: UTF8.self)
    if peek() == UInt8(ascii: "(") { return parseCall(word, range) }
    if peek() == UInt8(ascii: "[") { return parseCell(word, range) }
    if let next = peek(), "+*%^".utf8.contains(next) {
      report(
        .boundNumberSyntax(
          "operator '\(character(at: position))' needs a space on each side", at: span(position..<position + 1),
          hint: "ids may hold most signs, so operators stand between spaces: 'a / b'"))
      return nil
    }
    if isDigit(text[range.lowerBound]) {
      guard let number = Double(word), number.isFinite else {
        report(
          .boundNumberSyntax("'\(word)' is neither a number nor an id, which begins with a letter", at: span(range)))
        return nil
      }
      return ValueExpression(.number(number), at: span(range))
    }
    if let slash = text[range].firstIndex(of: UInt8(ascii: "/")), slash + 1 < range.upperBound,
      !isDigit(text[slash + 1])
    {
      report(
        .boundNumberSyntax(
          "operator '/' needs a space on each side", at: span(slash..<slash + 1),
          hint:
            "write '\(String(decoding: text[range.lowerBound..<slash], as: UTF8.self)) / \(String(decoding: text[slash + 1..<range.upperBound], as: UTF8.self))'"
        ))
      return nil
    }
    return ValueExpression(.fact(word), at: span(range))
  }

  private mutating func parseCall(_ name: String, _ range: Range<Int>) -> ValueExpression? {
    let open = position
    position += 1
    var arguments: [ValueExpression] = []
    skipSpaces()
    if peek() != UInt8(ascii: ")") {
      while true {
        guard let argument = parseSum() else { return nil }
        arguments.append(argument)
        skipSpaces()
        guard peek() == UInt8(ascii: ",") else { break }
        position += 1
      }
    }
    guard expect(")", for: "list of arguments", openedAt: open) else { return nil }
    guard let function = ValueExpression.Function(rawValue: name) else {
      report(.unknownFunction(name, at: span(range)))
      return nil
    }
    guard function.arity.contains(arguments.count) else {
      report(.wrongArgumentCount(function, found: arguments.count, at: span(range.lowerBound..<position)))
      return nil
    }
    return ValueExpression(.call(function, arguments), at: span(range.lowerBound..<position))
  }

  private mutating func parseCell(_ dataset: String, _ range: Range<Int>) -> ValueExpression? {
    let open = position
    position += 1
    let keyStart = position
    while let byte = peek(), byte != UInt8(ascii: "]") { position += 1 }
    let key = String(decoding: text[keyStart..<position], as: UTF8.self).trimmed
    guard expect("]", for: "key", openedAt: open) else { return nil }
    guard peek() == UInt8(ascii: ".") else {
      report(
        .boundNumberIncomplete(
          "a cell names its column", at: span(range.lowerBound..<position), hint: "write '\(dataset)[\(key)].column'"))
      return nil
    }
    position += 1
    let columnStart = position
    while let byte = peek(), isIdentifier(byte), byte != UInt8(ascii: "/") { position += 1 }
    guard columnStart < position, !key.isEmpty else {
      report(
        .boundNumberIncomplete(
          "a cell names a key and a column", at: span(range.lowerBound..<position),
          hint: "write '\(dataset)[key].column'"
        ))
      return nil
    }
    let column = String(decoding: text[columnStart..<position], as: UTF8.self)
    return ValueExpression(
      .cell(dataset: dataset, key: key, column: column), at: span(range.lowerBound..<position))
  }

  // MARK: Options

  private mutating func parseOptions(_ options: inout BoundValue.NumberOptions) {
    var seen: [String] = []
    while true {
      skipSpaces()
      let start = position
      while let byte = peek(), byte != 0x20, byte != 0x09 { position += 1 }
      guard start < position else { return }
      let words = String(decoding: text[start..<position], as: UTF8.self)
        .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let (name, value) = (words[0], words.count > 1 ? words[1] : nil)
      let place = span(start..<position)
      if seen.contains(name) { report(.repeatedOption(name, at: place)) }
      seen.append(name)
      switch (name, value) {
      case ("sign", nil): options.showsSign = true
      case ("fmt", let value?) where !value.isEmpty: (options.format, options.formatSpan) = (value, place)
      case ("unit", let value?) where !value.isEmpty: (options.unit, options.unitSpan) = (value, place)
      case ("scale", let value?) where !value.isEmpty: (options.scale, options.scaleSpan) = (value, place)
      case (_, nil) where ValueExpression.Operator(rawValue: String(name.prefix(1))) != nil:
        report(
          .boundNumberSyntax(
            "operator '\(name.prefix(1))' needs a space on each side", at: place,
            hint: "ids may hold most signs, so operators stand between spaces: 'a / b'"))
      default: report(.unknownNumberOption(name, hasValue: value != nil, at: place))
      }
    }
  }

  // MARK: Characters

  private func peek(_ ahead: Int = 0) -> UInt8? { position + ahead < text.count ? text[position + ahead] : nil }

  private mutating func skipSpaces() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A { position += 1 }
  }

  /// The operator behind the spaces, if spaces stand on both of its sides.
  private func peekOperator() -> ValueExpression.Operator? {
    var index = position
    while index < text.count, text[index] <= 0x20 { index += 1 }
    guard index < text.count, index + 1 == text.count || text[index + 1] <= 0x20 else { return nil }
    guard index > position || position > 0 && text[position - 1] == UInt8(ascii: ")") else { return nil }
    return ValueExpression.Operator(rawValue: String(Unicode.Scalar(text[index])))
  }

  private mutating func takeOperator() {
    skipSpaces()
    operations += 1
    if operations == 201 {
      report(.boundNumberSyntax("expression has more than 200 operators", at: span(position..<position + 1)))
      position = text.count
    }
    position += 1
  }

  private mutating func expect(_ wanted: Unicode.Scalar, for part: String, openedAt open: Int) -> Bool {
    skipSpaces()
    if peek() == UInt8(ascii: wanted) {
      position += 1
      return true
    }
    let place = peek() == nil ? span(open..<open + 1) : span(position..<position + characterLength(position))
    let found = peek() == nil ? "is never closed" : "goes on with '\(character(at: position))'"
    report(.boundNumberSyntax("\(part) \(found)", at: place, hint: "'\(wanted)' is missing"))
    return false
  }

  private func isIdentifier(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  /// Whether a `+` at the position belongs to a number such as `1e+9`.
  private func isExponent(from start: Int) -> Bool {
    isDigit(text[start]) && text[position - 1] | 0x20 == UInt8(ascii: "e")
  }

  private func characterLength(_ index: Int) -> Int {
    guard index < text.count else { return 0 }
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end - index
  }

  private func character(at index: Int) -> String {
    String(decoding: text[index..<index + characterLength(index)], as: UTF8.self)
  }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension String {
  /// Without spaces at both ends.
  var trimmed: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 }) else {
      return ""
    }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
