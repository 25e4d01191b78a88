package import AlmanacCore
package import Datasets
internal import Localization

/// Finds what a bound number's expression names and computes its value.
///
/// Diagnoses `value.unknown-fact`, `value.unknown-dataset`, `value.unknown-row`, `value.unknown-column`,
/// `value.missing`, `value.not-a-number`, `value.different-units`, `value.division-by-zero` and `value.not-finite`, each at
/// the word at fault.
package func resolveValue(_ expression: ValueExpression, in data: ReportData) -> Diagnosed<ResolvedValue?> {
  var resolver = ValueResolver(data: data)
  let value = resolver.resolve(expression)
  return Diagnosed(value, resolver.diagnostics)
}

extension ReportData {
  /// Whether there is a fact, or a cell of a dataset, of this name: `users.cn.2025`, `arena[gpt-5].elo`.
  package func hasValue(_ name: String) -> Bool {
    if ledger[name] != nil { return true }
    let bytes = Array(name.utf8)
    let parsed = parseBoundValue(bytes) { range in
      SourceSpan(path: "", line: 1, column: range.lowerBound + 1, length: range.count)
    }
    guard case .cell? = parsed.value.expression?.content, let expression = parsed.value.expression else { return false }
    return resolveValue(expression, in: self).value != nil
  }
}

private struct ValueResolver {
  let data: ReportData
  var diagnostics: [Diagnostic] = []

  init(data: ReportData) { self.data = data }

  mutating func resolve(_ expression: ValueExpression) -> ResolvedValue? {
    switch expression.content {
    case .number(let number): return ResolvedValue(value: number, unit: "count")
    case .fact(let id): return resolveFact(id, expression.span)
    case .cell(let dataset, let key, let column): return resolveCell(dataset, key, column, expression.span)
    case .negation(let operand):
      guard let value = resolve(operand) else { return nil }
      return compute(expression) { () throws(ArithmeticProblem) in try .negated(value) }
    case .operation(let sign, let leftSide, let rightSide):
      // Both sides are resolved before anything is given up, so that all unknown ids are told.
      let (left, right) = (resolve(leftSide), resolve(rightSide))
      guard let left, let right else { return nil }
      return compute(expression) { () throws(ArithmeticProblem) in
        switch sign {
        case .plus: try .combine(left, right, subtracting: false)
        case .minus: try .combine(left, right, subtracting: true)
        case .times: try .product(left, right)
        case .divided: try .quotient(left, right)
        }
      }
    case .call(let function, let arguments):
      let values = arguments.map { resolve($0) }
      let present = values.compactMap { $0 }
      guard present.count == values.count else { return nil }
      return compute(expression) { () throws(ArithmeticProblem) in try .apply(function, to: present) }
    }
  }

  private mutating func resolveFact(_ id: String, _ span: SourceSpan) -> ResolvedValue? {
    guard let fact = data.ledger[id] else {
      // A row that could not be read was told of where it stands.
      if data.ledger.unreadIDs.contains(id) { return nil }
      diagnostics.append(
        .error(
          "value.unknown-fact", "no fact named '\(id)'", at: span,
          hint: closestMatch(to: id, among: data.ledger.ids).map { "did you mean '\($0)'?" }
            ?? "add it to Content/data/facts.csv with its source and place"))
      return nil
    }
    return ResolvedValue(
      value: fact.value, unit: fact.unit, significantDigits: fact.quantity?.significantDigits,
      tolerance: fact.quantity?.rounding ?? 0, facts: [fact])
  }

  private mutating func resolveCell(
    _ name: String, _ key: String, _ columnName: String, _ span: SourceSpan
  ) -> ResolvedValue? {
    guard let dataset = data.dataset(named: name) else {
      diagnostics.append(
        .error(
          "value.unknown-dataset", "no dataset named '\(name)'", at: span,
          hint: unknownWordHint(name, among: data.datasets.map(\.name))))
      return nil
    }
    guard let row = dataset.row(withKey: key) else {
      let keys = dataset.resource.primaryKey.first.flatMap { dataset.column(named: $0) }
      let known = keys.map { column in (0..<dataset.rowCount).compactMap { column.text($0) } } ?? []
      diagnostics.append(
        .error(
          "value.unknown-row", "dataset '\(name)' has no row '\(key)'", at: span,
          hint: dataset.resource.primaryKey.isEmpty
            ? "declare a primaryKey for it in datapackage.yaml" : unknownWordHint(key, among: known)))
      return nil
    }
    guard let column = dataset.column(named: columnName) else {
      diagnostics.append(
        .error(
          "value.unknown-column", "dataset '\(name)' has no column '\(columnName)'", at: span,
          hint: unknownWordHint(columnName, among: dataset.columns.map(\.name))))
      return nil
    }
    guard let number = column.number(row) else {
      let text = column.text(row)
      diagnostics.append(
        text == nil
          ? .error("value.missing", "\(name)[\(key)].\(columnName) has no value", at: span)
          : .error("value.not-a-number", "\(name)[\(key)].\(columnName) is text: '\(text ?? "")'", at: span))
      return nil
    }
    let cell = DatasetCell(
      dataset: name, key: key, column: columnName, source: dataset.source(ofRow: row),
      locator: dataset.cellLocator(row: row, column: column), unit: column.field.unit)
    return ResolvedValue(value: number, unit: column.field.unit ?? "count", cells: [cell])
  }

  private mutating func compute(
    _ expression: ValueExpression, _ operation: () throws(ArithmeticProblem) -> ResolvedValue
  ) -> ResolvedValue? {
    do throws(ArithmeticProblem) {
      return try operation()
    } catch {
      switch error {
      case .differentUnits(let left, let right):
        diagnostics.append(
          .error(
            "value.different-units", "numbers in '\(left)' and '\(right)' cannot be brought together",
            at: expression.span, hint: "convert one of them through a rate that is a fact itself"))
      case .divisionByZero:
        diagnostics.append(.error("value.division-by-zero", "division by zero", at: expression.span))
      case .notFinite:
        diagnostics.append(.error("value.not-finite", "the result is not a finite number", at: expression.span))
      }
      return nil
    }
  }
}
