internal import AlmanacCore
internal import MarkdownTree
internal import Notation

/// Finds the numbers that an author typed where a chart's data should come from the report's: in `data.values`, in
/// `datasets`, as `datum` of an encoding, as the whole of a `calculate`, and as values of a diagram's parts.
///
/// Passed over are years, zero, and one as a `datum` (where a scale begins, where a ratio is even); coordinates of maps; and
/// what arranges a picture: axes, domains, sizes, opacities, orders, places of annotations. `usermeta.almanac.literal` (of a
/// diagram: `literal`) says of other numbers that they are meant: `true` for all, or the names of columns.
/// - Returns: one number for each column of each list, and each `datum`, in the order of the file.
func findTypedData(in value: NotationValue, _ kind: FigureKind, file: SourceFile, names: VersionedNames)
  -> [UnboundNumber]
{
  guard kind == .chart || kind == .diagram else { return [] }
  var walk = TypedDataWalk(kind: kind, file: file, names: names)
  let literal = kind == .chart ? value["usermeta"]?["almanac"]?["literal"] : value["literal"]
  if literal?.bool == true { return [] }
  walk.literals = Set((literal?.array ?? literal.map { [$0] } ?? []).compactMap(\.string))
  walk.walk(value)
  return walk.found
}

private struct TypedDataWalk {
  let kind: FigureKind
  let file: SourceFile
  let names: VersionedNames
  var literals: Set<String> = []
  var found: [UnboundNumber] = []
  private lazy var lines = SourceLines(file)

  init(kind: FigureKind, file: SourceFile, names: VersionedNames) {
    self.kind = kind
    self.file = file
    self.names = names
  }

  mutating func walk(_ value: NotationValue) {
    for item in value.array ?? [] { walk(item) }
    for member in value.object ?? [] {
      switch (kind, member.key) {
      case (.diagram, "value"): add(member.value, column: "value")
      case (.diagram, _): walk(member.value)
      case (_, "usermeta"), (_, "config"), (_, "axis"), (_, "legend"), (_, "scale"), (_, "sort"): continue
      case (_, "data"):
        if let rows = member.value["values"] { addRows(rows) }
      case (_, "datasets"):
        for dataset in member.value.object ?? [] { addRows(dataset.value) }
      case (_, "datum"): add(member.value, column: "datum")
      case (_, "calculate"):
        // An expression that is nothing but a number draws that number.
        guard let text = member.value.scalarText, isNumber(text) else { continue }
        add(member.value, column: value["as"]?.string ?? "calculate")
      default: walk(member.value)
      }
    }
  }

  /// Rows as a list, or text that is CSV or the like.
  private mutating func addRows(_ rows: NotationValue) {
    // Maps are drawn from coordinates, which are no numbers of the subject.
    guard rows["type"]?.string == nil else { return }
    guard let items = rows.array else { return add(rows, column: "values") }
    var told: Set<String> = []
    for item in items {
      if let members = item.object {
        if item["geometry"] != nil || item["coordinates"] != nil { continue }
        for member in members where !told.contains(member.key) {
          let count = found.count
          add(member.value, column: member.key)
          if found.count > count { told.insert(member.key) }
        }
      } else if told.isEmpty {
        let count = found.count
        add(item, column: "data")
        if found.count > count { told.insert("data") }
      }
    }
  }

  private mutating func add(_ value: NotationValue, column: String) {
    guard !literals.contains(column) else { return }
    switch value.content {
    case .number(let number):
      let isYear = number == number.rounded() && (1900...2100).contains(number)
      guard !isYear, number != 0, number != 1 || column != "datum" else { return }
      found.append(UnboundNumber(text: value.scalarText ?? "", span: value.span, column: column))
    case .string(let text):
      guard mayHoldNumber(text.utf8) else { return }
      let line = LineText(text: text, span: value.span)
      if var first = line.unboundNumbers(in: file, lines, names).first {
        first.column = column
        found.append(first)
      }
    case .array(let items):
      for item in items {
        let count = found.count
        add(item, column: column)
        if found.count > count { return }
      }
    default: break
    }
  }
}

/// Tells whether an expression is a number and nothing else; zero is where things begin.
private func isNumber(_ text: String) -> Bool {
  let trimmed = text.filter { $0 != " " }
  guard let first = trimmed.utf8.first else { return false }
  return (first &- 0x30 < 10 || "-.".utf8.contains(first)) && Double(trimmed).map { $0 != 0 } == true
}
