internal import VegaLite

// Functions of texts, arrays, types and colours that need no types of columns: a function of the arguments' values.

extension ExpressionCompiler {
  func valueFunction(_ name: String) -> (([Value]) -> Value)? {
    let context = context
    switch name {
    // Types.
    case "isArray": return { if case .array = $0.at(0) { .bool(true) } else { .bool(false) } }
    case "isBoolean": return { if case .bool = $0.at(0) { .bool(true) } else { .bool(false) } }
    case "isDate": return { if case .date = $0.at(0) { .bool(true) } else { .bool(false) } }
    case "isDefined": return { .bool(!$0.at(0).isUndefined) }
    case "isNumber": return { if case .number = $0.at(0) { .bool(true) } else { .bool(false) } }
    case "isString": return { if case .string = $0.at(0) { .bool(true) } else { .bool(false) } }
    case "isValid": return { .bool($0.at(0).isValid) }
    case "isObject":
      return {
        switch $0.at(0) {
        case .object, .array, .date: .bool(true)
        default: .bool(false)
        }
      }
    case "toBoolean":
      return { $0.at(0).vegaBoolean }
    case "toNumber": return { $0.at(0).isPresent && $0.at(0) != .string("") ? .number($0.at(0).asNumber) : .null }
    case "toString":
      return {
        $0.at(0).isPresent && $0.at(0) != .string("") ? .string($0.at(0).javaScriptText(in: context.scope.zone)) : .null
      }
    // Texts.
    case "upper": return { .string($0.at(0).asString.uppercased()) }
    case "lower": return { .string($0.at(0).asString.lowercased()) }
    case "trim": return { .string($0.at(0).asString.trimmingSpaces()) }
    case "length": return { $0.at(0).member("length") }
    case "parseFloat": return { .number(leadingNumber($0.at(0).asString)) }
    case "parseInt": return { .number(leadingInteger($0.at(0).asString, radix: $0.at(1))) }
    case "substring":
      return { arguments in
        let units = Array(arguments.at(0).asString.utf16)
        let a = wholeNumber(arguments.at(1).asNumber, 0...units.count)
        let b = arguments.at(2).isUndefined ? units.count : wholeNumber(arguments.at(2).asNumber, 0...units.count)
        return .string(String(decoding: units[min(a, b)..<max(a, b)], as: UTF16.self))
      }
    case "split":
      return { arguments in
        let text = arguments.at(0).asString
        let limit = arguments.at(2).isUndefined ? 1_000_000 : wholeNumber(arguments.at(2).asNumber, 0...1_000_000)
        guard !arguments.at(1).isUndefined else { return .array([.string(text)]) }
        guard context.spend(text.utf8.count) else { return .array([]) }
        return .array(split(text, arguments.at(1).asString).prefix(limit).map(Value.string))
      }
    case "pad":
      return { arguments in
        let fill = arguments.at(2).isUndefined ? 1 : arguments.at(2).asString.utf8.count
        let bytes = wholeNumber(arguments.at(1).asNumber, 0...100_000) * fill
        return .string(context.scope.budget.allows(bytes: bytes) ? pad(arguments) : "")
      }
    case "truncate": return { .string(truncate($0)) }
    case "btoa": return { .string(base64($0.at(0).asString)) }
    case "atob": return { .string(unbase64($0.at(0).asString)) }
    // Arrays, and texts where JavaScript has both.
    case "indexof": return { .number(Double(index(of: $0.at(1), in: $0.at(0), last: false))) }
    case "lastindexof": return { .number(Double(index(of: $0.at(1), in: $0.at(0), last: true))) }
    case "slice": return { slice($0) }
    case "join":
      return { arguments in
        guard case .array(let values) = arguments.at(0) else { return .undefined }
        let separator = arguments.at(1).isUndefined ? "," : arguments.at(1).asString
        let texts = values.map { $0.isPresent ? $0.javaScriptText(in: context.scope.zone) : "" }
        let bytes = texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }
        return .string(context.scope.budget.allows(bytes: bytes) ? texts.joined(separator: separator) : "")
      }
    case "reverse": return { if case .array(let values) = $0.at(0) { .array(values.reversed()) } else { .undefined } }
    case "sort":
      return {
        if case .array(let values) = $0.at(0) { return .array(stablySorted(values) { Value.compare($0, $1) }) }
        return .undefined
      }
    case "peek": return { if case .array(let values) = $0.at(0) { values.last ?? .undefined } else { .undefined } }
    case "pluck":
      return { arguments in
        let path = FieldPath(arguments.at(1).asString)
        func read(_ value: Value) -> Value { path.keys.reduce(value) { $0.member($1) } }
        if case .array(let values) = arguments.at(0) { return .array(values.map(read)) }
        return read(arguments.at(0))
      }
    case "extent":
      return {
        guard case .array(let values) = $0.at(0) else { return .undefined }
        let valid = values.filter(\.isValid)
        guard var low = valid.first else { return .array([.undefined, .undefined]) }
        var high = low
        for value in valid {
          if Value.compare(value, low) < 0 { low = value }
          if Value.compare(value, high) > 0 { high = value }
        }
        return .array([low, high])
      }
    case "span":
      return {
        guard case .array(let values) = $0.at(0), let first = values.first, let last = values.last else { return 0 }
        let span = last.asNumber - first.asNumber
        return .number(span.isNaN ? 0 : span)
      }
    case "lerp":
      return {
        guard case .array(let values) = $0.at(0), let first = values.first, let last = values.last else {
          return .undefined
        }
        let t = $0.at(1).asNumber
        if t.isNaN || t == 0 { return first }
        return t == 1 ? last : .number(first.asNumber + t * (last.asNumber - first.asNumber))
      }
    case "inrange": return { inRange($0) }
    case "clampRange":
      return {
        guard case .array(let range) = $0.at(0), range.count > 1 else { return .undefined }
        let (least, most) = ($0.at(1).asNumber, $0.at(2).asNumber)
        let (a, b) = (range[0].asNumber, range[1].asNumber)
        let (low, span) = (min(a, b), (b - a).magnitude)
        if span >= most - least { return .array([.number(least), .number(most)]) }
        let start = min(max(low, least), most - span)
        return .array([.number(start), .number(start + span)])
      }
    case "sequence":
      return { arguments in
        let numbers = arguments.map(\.asNumber)
        let start = numbers.count > 1 ? numbers[0] : 0
        let stop = numbers.count > 1 ? numbers[1] : numbers.first ?? .nan
        let step = numbers.count > 2 ? numbers[2] : 1
        let count = ((stop - start) / step).rounded(.up)
        guard count > 0, count <= 1_000_000, context.spend(Int(count)) else { return .array([]) }
        return .array((0..<Int(count)).map { .number(start + Double($0) * step) })
      }
    case "flush":
      return {
        guard case .array(let range) = $0.at(0), let low = range.first, let high = range.last else { return .undefined }
        let reach = $0.at(2)
        if !reach.asBool, reach != .number(0) { return $0.at(5) }
        let (a, b) = (min(low.asNumber, high.asNumber), max(low.asNumber, high.asNumber))
        let (left, right) = (($0.at(1).asNumber - a).magnitude, (b - $0.at(1).asNumber).magnitude)
        return left < right && left <= reach.asNumber ? $0.at(3) : right <= reach.asNumber ? $0.at(4) : $0.at(5)
      }
    // A picture has neither a page around it nor a screen.
    case "containerSize", "windowSize": return { _ in .array([.undefined, .undefined]) }
    case "screen": return { _ in .object(ValueObject()) }
    case "merge":
      return { arguments in
        var result = ValueObject()
        for case .object(let object) in arguments { for member in object.members { result[member.key] = member.value } }
        return .object(result)
      }
    // Colours.
    case "luminance": return { .number(Color(css: $0.at(0).asString)?.luminance ?? .nan) }
    case "contrast":
      return {
        guard let a = Color(css: $0.at(0).asString), let b = Color(css: $0.at(1).asString) else { return .number(.nan) }
        return .number(a.contrast(with: b))
      }
    // Messages for a console, of which there is none.
    case "warn", "info", "debug": return { $0.last ?? .undefined }
    default: return nil
    }
  }
}

extension [Value] {
  /// An argument, `undefined` where it is left out.
  fileprivate func at(_ index: Int) -> Value { index < count ? self[index] : .undefined }
}

/// Sorts without changing the order of equals. `order` gives a negative number, zero or a positive one.
func stablySorted<Element>(_ elements: [Element], _ order: (Element, Element) -> Int) -> [Element] {
  // The standard library's sort is stable in fact but not by promise.
  elements.enumerated().sorted {
    let result = order($0.element, $1.element)
    return result == 0 ? $0.offset < $1.offset : result < 0
  }.map(\.element)
}

// MARK: - Texts

private func split(_ text: String, _ separator: String) -> [String] {
  if separator.isEmpty { return text.utf16.map { String(decoding: [$0], as: UTF16.self) } }
  let (bytes, mark) = (Array(text.utf8), Array(separator.utf8))
  var parts: [String] = []
  var start = 0
  var index = 0
  while index + mark.count <= bytes.count {
    if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) {
      parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
      index += mark.count
      start = index
    } else {
      index += 1
    }
  }
  parts.append(String(decoding: bytes[start...], as: UTF8.self))
  return parts
}

private func pad(_ arguments: [Value]) -> String {
  let text = arguments.at(0).asString
  let missing = wholeNumber(arguments.at(1).asNumber, 0...100_000) - text.utf16.count
  guard missing > 0 else { return text }
  let fill = arguments.at(2).isUndefined ? " " : arguments.at(2).asString
  func some(_ count: Int) -> String { String(repeating: fill, count: count) }
  switch arguments.at(3).asString {
  case "left": return some(missing) + text
  case "center": return some(missing / 2) + text + some((missing + 1) / 2)
  default: return text + some(missing)
  }
}

private func truncate(_ arguments: [Value]) -> String {
  let units = Array(arguments.at(0).asString.utf16)
  let length = wholeNumber(arguments.at(1).asNumber, 0...1_000_000)
  guard units.count > length else { return String(decoding: units, as: UTF16.self) }
  let ellipsis = arguments.at(3).isUndefined ? "…" : arguments.at(3).asString
  let kept = max(0, length - ellipsis.utf16.count)
  func text(_ part: ArraySlice<UInt16>) -> String { String(decoding: part, as: UTF16.self) }
  switch arguments.at(2).asString {
  case "left": return ellipsis + text(units[(units.count - kept)...])
  case "center": return text(units[..<((kept + 1) / 2)]) + ellipsis + text(units[(units.count - kept / 2)...])
  default: return text(units[..<kept]) + ellipsis
  }
}

/// JavaScript's `parseFloat`: the number that a text begins with.
private func leadingNumber(_ text: String) -> Double {
  let bytes = Array(text.trimmingSpaces().utf8)
  var end = 0
  func isDigit() -> Bool { end < bytes.count && bytes[end] >= 0x30 && bytes[end] <= 0x39 }
  if end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x2D { end += 1 }
  if bytes[end...].starts(with: "Infinity".utf8) { return bytes.first == 0x2D ? -.infinity : .infinity }
  let start = end
  while isDigit() { end += 1 }
  var digits = end - start
  if end < bytes.count, bytes[end] == 0x2E {
    end += 1
    let fraction = end
    while isDigit() { end += 1 }
    digits += end - fraction
  }
  guard digits > 0 else { return .nan }
  if end < bytes.count, bytes[end] | 0x20 == 0x65 {
    let mark = end
    end += 1
    if end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x2D { end += 1 }
    if isDigit() { while isDigit() { end += 1 } } else { end = mark }
  }
  return Value.parseNumber(String(decoding: bytes[..<end], as: UTF8.self))
}

private func leadingInteger(_ text: String, radix: Value) -> Double {
  var bytes = Array(text.trimmingSpaces().utf8)[...]
  let isNegative = bytes.first == 0x2D
  if isNegative || bytes.first == 0x2B { bytes.removeFirst() }
  let given = radix.isUndefined ? 0 : radix.asNumber
  var base = given.isNaN ? 0 : wholeNumber(given, 0...37)
  if base == 0 || base == 16, bytes.starts(with: "0x".utf8) || bytes.starts(with: "0X".utf8) {
    bytes.removeFirst(2)
    base = 16
  }
  if base == 0 { base = 10 }
  guard base >= 2, base <= 36 else { return .nan }
  var value = 0.0
  var count = 0
  for byte in bytes {
    let letter = byte | 0x20
    let digit =
      byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 : letter >= 0x61 && letter <= 0x7A ? Int(letter) - 0x57 : 99
    guard digit < base else { break }
    value = value * Double(base) + Double(digit)
    count += 1
  }
  return count == 0 ? .nan : isNegative ? -value : value
}

private let base64Letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

private func base64(_ text: String) -> String {
  let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  var result: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = Array(bytes[start..<min(start + 3, bytes.count)])
    let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
    for index in 0..<4 {
      result.append(index <= group.count ? base64Letters[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: result, as: UTF8.self)
}

private func unbase64(_ text: String) -> String {
  var bits = 0
  var count = 0
  var scalars = String.UnicodeScalarView()
  for byte in text.utf8 {
    guard let value = base64Letters.firstIndex(of: byte) else { continue }
    bits = (bits << 6 | value) & 0xFFFFFF
    count += 6
    if count >= 8 {
      count -= 8
      scalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: bits >> count)))
    }
  }
  return String(scalars)
}

// MARK: - Arrays

private func index(of wanted: Value, in container: Value, last: Bool) -> Int {
  switch container {
  case .array(let values):
    let match: (Value) -> Bool = { ExpressionCompiler.identical($0, wanted) }
    return (last ? values.lastIndex(where: match) : values.firstIndex(where: match)) ?? -1
  case .string(let text):
    let (units, pattern) = (Array(text.utf16), Array(wanted.asString.utf16))
    guard pattern.count <= units.count else { return -1 }
    let starts = 0...(units.count - pattern.count)
    let match: (Int) -> Bool = { units[$0...].starts(with: pattern) }
    return (last ? starts.last(where: match) : starts.first(where: match)) ?? -1
  default: return -1
  }
}

private func slice(_ arguments: [Value]) -> Value {
  func range(_ count: Int) -> Range<Int> {
    func place(_ value: Value, _ standard: Int) -> Int {
      guard !value.isUndefined else { return standard }
      let number = value.asNumber.rounded(.towardZero)
      return number < 0 ? wholeNumber(Double(count) + number, 0...count) : wholeNumber(number, 0...count)
    }
    let start = place(arguments.at(1), 0)
    return start..<max(start, place(arguments.at(2), count))
  }
  switch arguments.at(0) {
  case .array(let values): return .array(Array(values[range(values.count)]))
  case .string(let text):
    let units = Array(text.utf16)
    return .string(String(decoding: units[range(units.count)], as: UTF16.self))
  default: return .undefined
  }
}

private func inRange(_ arguments: [Value]) -> Value {
  guard case .array(let range) = arguments.at(1), let first = range.first, let last = range.last else {
    return .bool(false)
  }
  let (value, a, b) = (arguments.at(0).asNumber, first.asNumber, last.asNumber)
  let (low, high) = (min(a, b), max(a, b))
  let left = arguments.at(2).isUndefined || arguments.at(2).asBool
  let right = arguments.at(3).isUndefined || arguments.at(3).asBool
  return .bool((left ? low <= value : low < value) && (right ? value <= high : value < high))
}
