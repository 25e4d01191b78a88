package import AlmanacCore

// What can be wrong with the text of a file, whatever it means. Sorted by code; a code never changes its meaning.

// MARK: - Any text

extension Diagnostic {
  static func invalidUTF8(byte: UInt8, isUTF16: Bool, at span: SourceSpan) -> Diagnostic {
    let digits = String(byte, radix: 16, uppercase: true)
    return .error(
      "text.invalid-utf8", "the byte 0x\(digits.count == 1 ? "0" : "")\(digits) is not UTF-8", at: span,
      hint: isUTF16 ? "the file is UTF-16; save it as UTF-8" : "save the file as UTF-8")
  }
}

// MARK: - CSV

extension Diagnostic {
  static func csvCellTooLarge(kilobytes: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "csv.cell-too-large", "a cell holds more than \(kilobytes) KB", at: span,
      hint: "look for a quotation mark that is never closed")
  }

  static func csvDuplicateColumn(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    .error(
      "csv.duplicate-column", "two columns are named '\(shortened(name))'", at: span,
      notes: [.init("first here", at: first)])
  }

  static func csvEmptyColumnName(_ column: Int, at span: SourceSpan) -> Diagnostic {
    .error("csv.empty-column-name", "column \(column + 1) has no name", at: span)
  }

  static func csvNoHeader(at span: SourceSpan) -> Diagnostic {
    .error("csv.no-header", "the file is empty", at: span, hint: "the first line names the columns")
  }

  static func csvNul(at span: SourceSpan) -> Diagnostic {
    .error(
      "csv.nul", "a NUL character stands in a cell", at: span, hint: "the file may be damaged, or not be CSV at all")
  }

  static func csvOtherSeparator(_ separator: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "csv.other-separator", "one column only, but its name holds \(separator == ";" ? "';'" : "tabs")", at: span,
      hint: "separate cells by ','")
  }

  static func csvRaggedRow(cells: Int, columns: Int, missing: String?, at span: SourceSpan) -> Diagnostic {
    .error(
      "csv.ragged-row", "the row has \(cells) cell\(cells == 1 ? "" : "s") for \(columns) columns", at: span,
      hint: missing.map { "'\(shortened($0))' and what follows it is missing; an empty cell still needs its ','" }
        ?? "put text that contains ',' in double quotes")
  }

  static func csvStrayQuote(at span: SourceSpan) -> Diagnostic {
    .error(
      "csv.stray-quote", "a quotation mark inside text", at: span,
      hint: "put the whole cell in double quotes and double those inside: \"5\"\" screen\"")
  }

  static func csvTooLarge(megabytes: Int, at span: SourceSpan) -> Diagnostic {
    .error("csv.too-large", "the file is larger than \(megabytes) MB", at: span)
  }

  static func csvTooManyColumns(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("csv.too-many-columns", "the file has more than \(limit) columns", at: span)
  }

  static func csvTooManyRows(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("csv.too-many-rows", "the file has more than \(limit) rows", at: span)
  }

  static func csvUnclosedQuote(at span: SourceSpan) -> Diagnostic {
    .error(
      "csv.unclosed-quote", "a quotation mark is never closed", at: span,
      hint: "the rest of the file is read as one cell")
  }
}

// MARK: - JSON

extension Diagnostic {
  static func jsonControlCharacter(_ byte: UInt8, at span: SourceSpan) -> Diagnostic {
    .error(
      "json.control-character",
      byte == 0x09 ? "a tab stands inside text" : "a control character (code \(byte)) stands inside text", at: span,
      hint: byte == 0x09 ? "write '\\t'" : "write '\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))'")
  }

  static func jsonDuplicateKey(_ member: NotationMember, first: NotationMember) -> Diagnostic {
    .error(
      "json.duplicate-key", "the key '\(shortened(member.key))' stands twice in one object", at: member.keySpan,
      notes: [.init("first here", at: first.keySpan)])
  }

  static func jsonLoneSurrogate(at span: SourceSpan) -> Diagnostic {
    .error(
      "json.lone-surrogate", "half of a surrogate pair is no character", at: span,
      hint: "write the character itself, or both halves")
  }

  static func jsonNumberInexact(_ text: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "json.number-inexact", "the number \(shortened(text)) has more digits than can be kept", at: span,
      hint: "put an identifier in double quotes")
  }

  static func jsonNumberRange(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error("json.number-range", "the number \(shortened(text)) is too large", at: span)
  }

  static func jsonSyntax(_ message: String, at span: SourceSpan, hint: String?) -> Diagnostic {
    .error("json.syntax", message, at: span, hint: hint)
  }

  static func jsonTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("json.too-deep", "brackets are nested more than \(limit) deep", at: span)
  }

  static func jsonTooLarge(megabytes: Int, at span: SourceSpan) -> Diagnostic {
    .error("json.too-large", "the file is larger than \(megabytes) MB", at: span, hint: "keep large data in CSV files")
  }
}

// MARK: - YAML

extension Diagnostic {
  static func yamlAliasBomb(at span: SourceSpan) -> Diagnostic {
    .error(
      "yaml.alias-bomb", "aliases make the file grow beyond all bounds", at: span,
      hint: "write values out instead of nesting aliases")
  }

  static func yamlComplexKey(at span: SourceSpan) -> Diagnostic {
    .error("yaml.complex-key", "a key must be a word, not a list or a map", at: span, hint: "put the key in quotes")
  }

  static func yamlDuplicateKey(_ key: String, at span: SourceSpan, first: SourceSpan?) -> Diagnostic {
    .error(
      "yaml.duplicate-key", "the key '\(shortened(key))' stands twice in one map", at: span,
      notes: first.map { [.init("first here", at: $0)] } ?? [])
  }

  static func yamlMergeOfScalar(_ found: String, at span: SourceSpan) -> Diagnostic {
    .error("yaml.merge-of-scalar", "'<<' takes in a map, found \(found)", at: span, hint: "name an anchor: '<<: *base'")
  }

  static func yamlMultipleDocuments(at span: SourceSpan) -> Diagnostic {
    .error(
      "yaml.multiple-documents", "a second document begins, but a file holds one", at: span,
      hint: "remove the line '---'")
  }

  static func yamlNumberRange(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error("yaml.number-range", "the number \(shortened(text)) is too large", at: span)
  }

  static func yamlSyntax(_ message: String, at span: SourceSpan, hint: String?) -> Diagnostic {
    .error("yaml.syntax", message, at: span, hint: hint)
  }

  static func yamlTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("yaml.too-deep", "lists and maps are nested more than \(limit) deep", at: span)
  }

  static func yamlTooLarge(megabytes: Int, at span: SourceSpan) -> Diagnostic {
    .error("yaml.too-large", "the file is larger than \(megabytes) MB", at: span, hint: "keep data in CSV files")
  }

  static func yamlUndefinedAlias(_ name: String, at span: SourceSpan, anchors: [String]) -> Diagnostic {
    .error(
      "yaml.undefined-alias", "no anchor '&\(shortened(name))' stands before this alias", at: span,
      hint: closestMatch(to: name, among: anchors).map { "did you mean '*\($0)'?" }
        ?? "put text that begins with '*' in quotes")
  }

  static func yamlUnknownTag(_ tag: String, at span: SourceSpan) -> Diagnostic {
    .error("yaml.unknown-tag", "the tag '\(shortened(tag))' means nothing here", at: span, hint: "remove the tag")
  }
}

// MARK: - Front matter

extension Diagnostic {
  static func frontMatterUnclosed(at span: SourceSpan) -> Diagnostic {
    .error(
      "front-matter.unclosed", "the front matter is never closed", at: span,
      hint: "end it with a line '---'; write '***' for a rule at the start of a text")
  }
}

// MARK: - Objects with known keys; the area is the reader's

extension Diagnostic {
  /// `<area>.missing-key`
  package static func missingKey(_ key: String, in object: NotationValue, area: String) -> Diagnostic {
    let start = object.span.start
    return .error(
      "\(area).missing-key", "the key '\(key)' is missing",
      at: SourceSpan(path: object.span.path, line: start.line, column: start.column))
  }

  /// `<area>.unknown-key`
  package static func unknownKey(_ member: NotationMember, known: [String], area: String) -> Diagnostic {
    .error(
      "\(area).unknown-key", "unknown key '\(shortened(member.key))'", at: member.keySpan,
      hint: unknownWordHint(member.key, among: known))
  }

  /// `<area>.unknown-word`
  package static func unknownWord(
    _ word: String, at span: SourceSpan, key: String, among words: [String], area: String
  ) -> Diagnostic {
    .error(
      "\(area).unknown-word", "'\(shortened(word))' is no value of '\(key)'", at: span,
      hint: unknownWordHint(word, among: words))
  }

  /// `<area>.wrong-type`
  package static func wrongType(
    of value: NotationValue, _ expected: String, key: String? = nil, area: String
  ) -> Diagnostic {
    .error(
      "\(area).wrong-type", "\(key.map { "'\($0)': " } ?? "")expected \(expected), found \(value.kindDescription)",
      at: value.span)
  }
}
