internal import AlmanacCore
internal import Notation

/// Reads `difference: {of: us, minus: cn}` and `ratio: {of: us, to: cn}` of a column, with `colors:` for whoever is ahead.
func readComparison(_ reader: inout ObjectReader) -> TableSpecification.Comparison? {
  for (operation, key) in [(TableSpecification.Comparison.Operation.difference, "minus"), (.ratio, "to")] {
    guard let value = reader.value(operation.rawValue) else { continue }
    guard value.object != nil, var inner = reader.reader(operation.rawValue) else {
      reader.diagnostics.append(
        .wrongType(of: value, "{of: field, \(key): field}", key: operation.rawValue, area: "table"))
      return nil
    }
    defer { reader.diagnostics += inner.finish() }
    guard let first = inner.field("of", required: true), let second = inner.field(key, required: true) else {
      return nil
    }
    var comparison = TableSpecification.Comparison(operation: operation, first: first, second: second)
    for (name, span) in inner.texts("colors") {
      if let color = TableSpecification.BarColor(rawValue: name) {
        comparison.colors.append(color)
      } else {
        inner.diagnostics.append(
          .unknownWord(
            name, at: span, key: "colors", among: TableSpecification.BarColor.allCases.map(\.rawValue), area: "table"))
      }
    }
    return comparison
  }
  return nil
}

/// Reads `highlight`: a row's key or name, a list of them, or maps with `row` and `color`.
func readHighlights(_ reader: inout ObjectReader) -> [TableSpecification.Highlight] {
  guard let value = reader.value("highlight") else { return [] }
  return (value.array ?? [value]).compactMap { item in
    if let text = item.scalarText { return .init(row: .init(name: text, span: item.span)) }
    var inner = ObjectReader(item, area: "table")
    let row = inner.field("row", required: true)
    let color: TableSpecification.BarColor? = inner.word("color")
    reader.diagnostics += inner.finish()
    return row.map { .init(row: $0, color: color) }
  }
}
