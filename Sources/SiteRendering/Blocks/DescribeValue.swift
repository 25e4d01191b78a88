internal import AlmanacCore
internal import Datasets
internal import Localization
internal import Notation
internal import ReportModel

/// Says in one edition what a bound number is and where it comes from.
struct ValueDescriber {
  let site: Site
  let edition: EditionSite
  /// The page on which the number stands.
  let route: Route

  private var language: LanguageTag { edition.language }
  private var names: NameTable { site.data.names }

  func describe(_ value: ResolvedValue, style: QuantityStyle, formula: String?) -> ValueMarkup {
    let unit = names.measure(value.unit) ?? .count
    var markup = ValueMarkup(
      text: formatQuantity(value.value, unit: unit, style: style, language: language), number: value.value,
      name: name(of: value), exact: exact(value.value, unit: value.unit), href: href(of: value))
    markup.isForecast = value.kind == .forecast
    markup.isTarget = value.kind == .target
    markup.kindLabel = kindLabel(value.kind)
    markup.formula = value.isComputed ? formula : nil
    if value.isComputed { markup.inputs = inputs(of: value) }
    markup.sources = sources(of: value)
    if !value.isComputed, let fact = value.facts.first {
      markup.period = fact.period.text(language: language)
      markup.printed = fact.printed
      markup.printedLanguage = printedLanguage(fact)
      markup.rivals = rivals(of: fact).map { (written($0), sourceLabel($0.source)) }
    }
    return markup
  }

  /// A fact's value as prose says it.
  func written(_ fact: Fact) -> String {
    formatQuantity(
      fact.value, unit: fact.measure, style: QuantityStyle(significantDigits: fact.quantity?.significantDigits),
      language: language)
  }

  /// All digits of a value with the name of its unit.
  func exact(_ value: Double, unit: String) -> String {
    let measure = names.measure(unit) ?? .count
    let number = formatQuantity(value, unit: measure, style: QuantityStyle(scales: false), language: language)
    guard measure.kind == .plain, measure.symbols.isEmpty, let word = unitWord(unit) else { return number }
    return language.isChinese ? number + word : number + "\u{A0}" + word
  }

  /// The unit's name as `names.yaml` or the language has it; `nil` for a mere count.
  func unitWord(_ unit: String) -> String? {
    names.name(of: unit, in: language) ?? (names.measure(unit) ?? .count).label(in: language)
      ?? edition.words.text("unit-\(unit)")
  }

  func kindLabel(_ kind: Fact.Kind) -> String? {
    switch kind {
    case .observed: nil
    case .forecast: edition.words["kindForecast"]
    case .target: edition.words["kindTarget"]
    }
  }

  /// The facts that a conflict sets beside this one.
  func rivals(of fact: Fact) -> [Fact] {
    let found = site.data.conflicts.found.filter { $0.facts.contains(fact.id) }.flatMap(\.facts)
    let decided = site.data.conflicts.decisions(on: fact.id).flatMap { $0.rows.map(\.id) }
    var ids: [String] = []
    for id in found + decided where id != fact.id && !ids.contains(id) { ids.append(id) }
    return ids.compactMap { site.data.ledger[$0] }
  }

  /// "Users of generative AI, China".
  func name(_ fact: Fact, withMetric: Bool = true) -> String {
    let parts = (withMetric ? [fact.metric] : []) + [fact.entity]
    let words = parts.filter { !$0.isEmpty }.map { names.name(of: $0, in: language) ?? $0 }
    return words.joined(separator: language.isChinese ? "，" : ", ")
  }

  func place(_ locator: Locator?) -> String? {
    guard let locator else { return nil }
    return locator.lines.count == 1
      ? edition.words("placeLine", ["line": .text(String(locator.lines.lowerBound))])
      : edition.words(
        "placeLines",
        ["first": .text(String(locator.lines.lowerBound)), "last": .text(String(locator.lines.upperBound))])
  }

  /// What a source goes by where there is little room.
  func sourceLabel(_ id: String) -> String { site.reference(id)?.label(in: language) ?? id }

  /// The labels of a number's sources, each once; `nil` where none is known.
  func sourceLabels(of value: ResolvedValue) -> String? {
    var labels: [String] = []
    for id in value.facts.map(\.source) + value.cells.compactMap(\.source) {
      let label = sourceLabel(id)
      if !labels.contains(label) { labels.append(label) }
    }
    return labels.isEmpty ? nil : labels.joined(separator: language.isChinese ? "、" : ", ")
  }

  func sourceTitle(_ id: String) -> String {
    guard let reference = site.reference(id) else { return id }
    let author = reference.authors.first?[language]
    let title = reference.title[language]
    guard let author else { return title }
    return language.isChinese ? "\(author)《\(title)》" : "\(author), \(title)"
  }

  /// The language in which a source prints its figures, when it is not the page's.
  func printedLanguage(_ fact: Fact) -> String? { printedLanguage(ofSource: fact.source) }

  func printedLanguage(ofSource id: String) -> String? {
    guard let language = site.reference(id)?.language, !language.hasPrefix(self.language.language) else {
      return nil
    }
    return language
  }

  // MARK: - Parts

  private func name(of value: ResolvedValue) -> String {
    // What is made of one datum, rounded or in another unit, goes by its name.
    let count = value.facts.count + value.cells.count
    if !value.isComputed || count == 1 {
      if let fact = value.facts.first { return name(fact) }
      if let cell = value.cells.first { return name(of: cell) }
    }
    return edition.words("computedFrom", ["count": .count(count)])
  }

  /// "Arena Elo, GLM-4.5": the column's title and the row's key.
  private func name(of cell: DatasetCell) -> String {
    let dataset = site.data.dataset(named: cell.dataset)
    let title = dataset?.column(named: cell.column)?.field.title.map { title in
      title.scalarText ?? title[language.rawValue]?.scalarText ?? cell.column
    }
    return [title ?? cell.column, rowName(of: cell, in: dataset)].joined(separator: language.isChinese ? "，" : ", ")
  }

  /// What a row is called: the name of its key, or its column `name`, or the key itself.
  private func rowName(of cell: DatasetCell, in dataset: Dataset?) -> String {
    if let name = names.name(of: cell.key, in: language) { return name }
    guard let dataset, let row = dataset.row(withKey: cell.key) else { return cell.key }
    let parts = cell.key.split(separator: "/").map { names.name(of: String($0), in: language) ?? String($0) }
    return dataset.column(named: "name")?.text(row) ?? parts.joined(separator: language.isChinese ? "，" : ", ")
  }

  /// The facts and cells behind a computed number; of many, the first ones: the formula has them all.
  private func inputs(of value: ResolvedValue) -> [(value: String, name: String)] {
    let separator = language.isChinese ? "，" : ", "
    let facts = value.facts.map { fact in
      (written(fact), [name(fact), fact.period.text(language: language)].joined(separator: separator))
    }
    return Array(facts.prefix(4))
  }

  private func sources(of value: ResolvedValue) -> [(title: String, place: String?)] {
    var result: [(title: String, place: String?)] = []
    func add(_ title: String, _ place: String?) {
      if !result.contains(where: { $0.title == title && $0.place == place }) { result.append((title, place)) }
    }
    for fact in value.facts { add(sourceTitle(fact.source), place(fact.locator)) }
    for cell in value.cells { if let source = cell.source { add(sourceTitle(source), cellPlace(cell)) } }
    return result
  }

  private func cellPlace(_ cell: DatasetCell) -> String? {
    guard let text = cell.locator else { return nil }
    return Locator(text).map { place($0) } ?? text
  }

  private func href(of value: ResolvedValue) -> String {
    let data = edition.route("data")
    if let fact = value.facts.first { return route.link(to: data, anchor: "fact-\(fact.id)") }
    if let cell = value.cells.first { return route.link(to: data, anchor: "dataset-\(cell.dataset)") }
    return route.link(to: data)
  }
}

// MARK: - Formulas

extension ValueDescriber {
  /// Writes how a number is computed, with the numbers it is computed from: "5.15亿 − 2.66亿".
  func formula(_ expression: ValueExpression) -> String { formula(expression, inside: false) }

  private func formula(_ expression: ValueExpression, inside isOperand: Bool) -> String {
    switch expression.content {
    case .number(let number): return formatQuantity(number, unit: .count, language: edition.language)
    case .fact, .cell:
      guard let value = resolveValue(expression, in: site.data).value else { return "?" }
      return formatQuantity(
        value.value, unit: site.data.names.measure(value.unit) ?? .count,
        style: QuantityStyle(significantDigits: value.significantDigits), language: edition.language)
    case .negation(let operand): return "−" + formula(operand, inside: true)
    case .operation(let sign, let left, let right):
      let symbol =
        switch sign {
        case .plus: "+"
        case .minus: "−"
        case .times: "×"
        case .divided: "÷"
        }
      let text = "\(formula(left, inside: true)) \(symbol) \(formula(right, inside: true))"
      return isOperand ? "(\(text))" : text
    case .call(let function, let arguments):
      let values = arguments.map { formula($0, inside: true) }
      let text =
        switch function {
        case .growth: values.joined(separator: " → ")
        case .diff: values.reversed().joined(separator: " − ")
        case .share: values.joined(separator: " ÷ ")
        case .cagr: "\(values[0]) → \(values[1]), \(values[2])"
        case .sum: values.joined(separator: " + ")
        case .mean: "(\(values.joined(separator: " + "))) ÷ \(values.count)"
        case .abs: "|\(values[0])|"
        case .round, .min, .max: "\(function.rawValue)(\(values.joined(separator: ", ")))"
        }
      return isOperand && values.count > 1 ? "(\(text))" : text
    }
  }
}
