public import AlmanacCore
private import Yams

/// Reads YAML 1.2 with a span for every value, by libyaml.
///
/// The core schema, without surprises: `true`, `false`, `null`, `~` and decimal numbers are what they look like; `no`,
/// `on`, `yes`, `2025-10`, `1:30`, `007`, `0x1F` and `.inf` are text, so the key of Norway is not false. Anchors,
/// aliases and merge keys (`<<`) work; their expansion has a budget.
///
/// Diagnoses `yaml.syntax`, `yaml.too-deep`, `yaml.too-large`, `yaml.alias-bomb`, `yaml.multiple-documents` and
/// `yaml.undefined-alias`, which end reading and give `null`; and `yaml.duplicate-key`, `yaml.complex-key`,
/// `yaml.unknown-tag`, `yaml.merge-of-scalar`, `yaml.number-range`, with which reading goes on as far as it can.
public func parseYAML(_ file: SourceFile) -> Diagnosed<NotationValue> {
  let nothing = NotationValue(.null, at: SourceSpan(path: file.path, line: 1, column: 1, length: 0))
  guard file.bytes.count <= YAMLLimits.bytes else {
    return Diagnosed(nothing, [.yamlTooLarge(megabytes: YAMLLimits.bytes >> 20, at: nothing.span)])
  }
  let readable = readableText(of: file)
  var diagnostics = readable.diagnostics
  let text = YAMLText(readable.value)
  if let problem = refusal(of: text) { return Diagnosed(nothing, diagnostics + [problem]) }
  do {
    var renamed: [Unicode.Scalar] = []
    guard let root = try compose(text, renaming: &renamed) else {
      let empty = SourceSpan(path: file.path, line: 1, column: 1)
      return Diagnosed(NotationValue(.null, at: empty), diagnostics)
    }
    var converter = YAMLConverter(text: text, renamed: renamed)
    let value = converter.convert(root, depth: 0)
    // What is wrong behind an anchor is met again at each alias, and told once.
    var told: Set<Diagnostic> = []
    diagnostics += converter.diagnostics.filter { told.insert($0).inserted }
    guard !converter.isOverBudget else { return Diagnosed(nothing, diagnostics) }
    return Diagnosed(value, diagnostics)
  } catch {
    return Diagnosed(nothing, diagnostics + [explain(error, in: text)])
  }
}

/// What a YAML file may cost.
enum YAMLLimits {
  static let bytes = 4 << 20
  static let aliases = 1_000
  /// Values that aliases may add to those that are written.
  static let expandedValues = 200_000
}

/// Returns why a text must not reach the parser, measured beforehand.
private func refusal(of text: YAMLText) -> Diagnostic? {
  let scan = YAMLPrescan(text.bytes)
  if let offset = scan.tooDeepOffset { return .yamlTooDeep(limit: deepestNesting, at: text.span(offset..<offset + 1)) }
  // Yams frees a chain of aliases by recursion, and compares keys by content.
  let few = 24
  if scan.aliases.count > YAMLLimits.aliases || scan.aliases.count > few && scan.aliases.count * scan.depth > 20_000 {
    return .yamlAliasBomb(at: text.span(scan.aliases[few]..<scan.aliases[few] + 1))
  }
  if scan.aliases.count > few, let offset = scan.complexKeyOffset {
    return .yamlComplexKey(at: text.span(offset..<offset + 1))
  }
  return nil
}

/// Lets Yams read a text.
///
/// Yams gives up at a key that stands twice. So that all other problems are told too, the second of the two gets another
/// first character, from Unicode's private use area, and Yams reads again; places do not change by that.
/// - Parameter renamed: the characters that were replaced: the first by U+E000, the next by U+E001.
private func compose(_ text: YAMLText, renaming renamed: inout [Unicode.Scalar]) throws -> Node? {
  var bytes = text.bytes
  while true {
    do {
      let parser = try Parser(yaml: String(decoding: bytes, as: UTF8.self), resolver: .basic, encoding: .utf8)
      return try parser.singleRoot()
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) where renamed.count < 20 {
      let current = YAMLText(SourceFile(path: text.file.path, bytes: bytes))
      guard let key = keys.first, let first = key.unicodeScalars.first, !firstPrivateUse.contains(first.value),
        let substitute = Unicode.Scalar(firstPrivateUse.lowerBound + UInt32(renamed.count)),
        let second = duplicate(of: key, firstAt: (context.mark.line, context.mark.column), in: current).second
      else { throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context) }
      let isQuoted = bytes[second.lowerBound] == UInt8(ascii: "\"") || bytes[second.lowerBound] == UInt8(ascii: "'")
      let start = second.lowerBound + (isQuoted ? 1 : 0)
      bytes.replaceSubrange(start..<start + String(first).utf8.count, with: Array(String(substitute).utf8))
      renamed.append(first)
    }
  }
}

private let firstPrivateUse: ClosedRange<UInt32> = 0xE000...0xE0FF

/// Makes values of Yams' nodes.
private struct YAMLConverter {
  let text: YAMLText
  var diagnostics: [Diagnostic] = []
  var isOverBudget = false
  private var count = 0

  /// First characters of keys that had to be renamed.
  private let renamed: [Unicode.Scalar]

  init(text: YAMLText, renamed: [Unicode.Scalar]) {
    self.text = text
    self.renamed = renamed
  }

  mutating func convert(_ node: Node, depth: Int) -> NotationValue {
    let written = offset(of: node.mark)
    count += 1
    if isOverBudget || count > YAMLLimits.expandedValues + text.bytes.count || depth > 2 * deepestNesting {
      if !isOverBudget { diagnostics.append(.yamlAliasBomb(at: text.span(written..<written + 1))) }
      isOverBudget = true
      return NotationValue(.null, at: text.span(written..<written))
    }
    switch node {
    case .scalar(let scalar): return convert(scalar, written: written)
    case .sequence(let sequence):
      check(tag: sequence.tag, "seq", at: written)
      let values = sequence.map { convert($0, depth: depth + 1) }
      return NotationValue(.array(values), at: span(from: written, last: values.last?.span))
    case .mapping(let mapping):
      check(tag: mapping.tag, "map", at: written)
      let members = self.members(of: mapping, depth: depth)
      return NotationValue(.object(members), at: span(from: written, last: members.last?.value.span))
    case .alias: return NotationValue(.null, at: text.span(written..<written))
    }
  }

  private func offset(of mark: Mark?) -> Int { mark.map { text.offset(line: $0.line, column: $0.column) } ?? 0 }

  /// The span of a collection, from its bracket or first entry to behind its bracket or last value.
  private func span(from written: Int, last: SourceSpan?) -> SourceSpan {
    let start = text.contentStart(from: written)
    var whole = text.span(start..<start + 1)
    if let last, last.end > whole.end { whole.end = last.end }
    guard start < text.bytes.count, text.bytes[start] == UInt8(ascii: "[") || text.bytes[start] == UInt8(ascii: "{")
    else {
      return whole
    }
    // An alias's value may stand anywhere; then the search begins at the bracket.
    let inner = last.flatMap { $0.start > whole.start ? text.offset(of: $0.end) : nil } ?? start + 1
    whole.end = text.location(of: text.flowEnd(from: inner))
    return whole
  }

  // MARK: Maps

  private mutating func members(of mapping: Node.Mapping, depth: Int) -> [NotationMember] {
    var members: [NotationMember] = []
    var merged: [(position: Int, members: [NotationMember])] = []
    members.reserveCapacity(mapping.count)
    for (keyNode, valueNode) in mapping {
      guard case .scalar(var key) = keyNode else {
        let offset = offset(of: keyNode.mark)
        diagnostics.append(.yamlComplexKey(at: text.span(offset..<offset + 1)))
        continue
      }
      if let first = key.string.unicodeScalars.first?.value, first >= firstPrivateUse.lowerBound,
        first < firstPrivateUse.lowerBound + UInt32(renamed.count)
      {
        let tag = key.tag
        key.string =
          String(renamed[Int(first - firstPrivateUse.lowerBound)]) + String(key.string.unicodeScalars.dropFirst())
        key.tag = tag
      }
      let keySpan = convert(key, written: offset(of: key.mark)).span
      let value = convert(valueNode, depth: depth + 1)
      if key.string == "<<", key.style == .plain {
        merged.append((members.count, inherited(from: value)))
      } else {
        members.append(NotationMember(key: key.string, keySpan: keySpan, value: value))
      }
    }
    // Yams compares keys with their tags; `a` and `!!str a` are one key all the same.
    diagnostics += duplicateKeys(in: members) { .yamlDuplicateKey($0.key, at: $0.keySpan, first: $1.keySpan) }
    guard !merged.isEmpty else { return members }
    var keys = Set(members.map(\.key))
    var result = members
    for (position, inherited) in merged {
      let new = inherited.filter { keys.insert($0.key).inserted }
      result.insert(contentsOf: new, at: min(position, result.count))
    }
    return result
  }

  /// The members that `<<` brings: of one map, or of several, where an earlier one wins.
  private mutating func inherited(from value: NotationValue) -> [NotationMember] {
    switch value.content {
    case .object(let members): return members
    case .array(let values) where values.allSatisfy({ $0.object != nil }):
      return values.flatMap { $0.object ?? [] }
    default:
      diagnostics.append(.yamlMergeOfScalar(value.kindDescription, at: value.span))
      return []
    }
  }

  // MARK: Scalars

  private mutating func convert(_ scalar: Node.Scalar, written: Int) -> NotationValue {
    let string = scalar.string
    let start = scalar.style == .plain && string.isEmpty ? written : text.contentStart(from: written)
    let range: Range<Int>
    switch scalar.style {
    case .singleQuoted, .doubleQuoted: range = text.quotedRange(from: start)
    case .literal, .folded: range = text.blockRange(from: start, isEmpty: string.isEmpty)
    // Nothing is written as nothing; its place is one column all the same.
    case .plain, .any: range = string.isEmpty ? start..<start : text.plainRange(from: start, value: string)
    }
    var span = text.span(range)
    if range.isEmpty { span.end.column += 1 }
    let tag = scalar.tag.rawValue
    let isText = tag == "tag:yaml.org,2002:str" || tag == "!" || scalar.style != .plain && tag.isEmpty
    if !isText, !tag.isEmpty, !["int", "float", "bool", "null"].contains(where: { tag == "tag:yaml.org,2002:" + $0 }) {
      diagnostics.append(.yamlUnknownTag(tag, at: text.span(written..<start)))
      return NotationValue(.string(string), at: span)
    }
    if isText { return NotationValue(.string(string), at: span) }
    let content = plainContent(string)
    if case .number(let number) = content, !number.isFinite {
      diagnostics.append(.yamlNumberRange(string, at: span))
      return NotationValue(.string(string), at: span)
    }
    return NotationValue(content, at: span)
  }

  private mutating func check(tag: Tag, _ name: String, at written: Int) {
    let tag = tag.rawValue
    guard !tag.isEmpty, tag != "!", tag != "tag:yaml.org,2002:" + name else { return }
    diagnostics.append(.yamlUnknownTag(tag, at: text.span(written..<written + 1)))
  }
}

/// What plain text means: YAML 1.2's core schema without octal, hexadecimal, infinities and leading zeros.
private func plainContent(_ string: String) -> NotationValue.Content {
  switch string {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return .bool(true)
  case "false", "False", "FALSE": return .bool(false)
  default: break
  }
  guard let first = string.utf8.first, first &- 0x30 < 10 || first == 0x2D || first == 0x2B || first == 0x2E else {
    return .string(string)
  }
  let digits = string.utf8.drop { $0 == 0x2D || $0 == 0x2B }
  if digits.first == 0x30, let second = digits.dropFirst().first, second &- 0x30 < 10 { return .string(string) }
  return parseDecimal(string.utf8).map(NotationValue.Content.number) ?? .string(string)
}
