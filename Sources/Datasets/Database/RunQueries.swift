package import AlmanacCore
private import CSQLite

/// What some queries gave.
package struct QueryRun: Sendable {
  /// One for each query, in their order; no value when the query cannot be run.
  package var results: [Diagnosed<QueryResult?>]
  /// What is wrong with the named queries, used or not.
  package var viewDiagnostics: [Diagnostic]
}

/// Runs queries on a report's data.
///
/// Queries can read, and nothing else; each has a budget of steps, rows and bytes. A query that is one word gives the
/// table or view of that name. The same data and texts give the same rows on every machine.
///
/// Diagnoses `query.syntax`, `query.unknown-table`, `query.unknown-column`, `query.unknown-function`,
/// `query.not-allowed`, `query.several-statements`, `query.parameter`, `query.too-slow`, `query.too-many-rows`,
/// `query.too-large`, `query.duplicate-column`, `query.unknown-fact`, `query.unknown-name`, `query.failed`, and for views
/// `query.bad-view-name`, `query.duplicate-view` and `query.cyclic-view`.
/// - Parameters:
///   - views: the named queries that these may use, in any order.
///   - language: the edition in whose language `name(key)` and `unit(key)` answer.
package func runQueries(
  _ queries: [QueryText], views: [NamedQuery], in image: DatabaseImage, language: LanguageTag,
  limits: QueryLimits = QueryLimits()
) -> QueryRun {
  let watch = QueryGuard(names: image.names, language: language, limits: limits)
  do {
    let database = try SQLiteConnection()
    try database.restore(image.bytes)
    try database.execute("PRAGMA temp_store=MEMORY")
    database.protect(with: watch, limits: limits)
    var session = QuerySession(image: image, watch: watch, limits: limits, views: views)
    session.defineAll(in: database)
    let results = queries.map { session.run($0, in: database) }
    return QueryRun(results: results, viewDiagnostics: session.diagnostics)
  } catch {
    let failure = Diagnostic.queryFailed(error.message, at: queries.first?.span(0..<0))
    return QueryRun(results: queries.map { _ in Diagnosed(nil) }, viewDiagnostics: [failure])
  }
}

/// The views and problems of one run.
private struct QuerySession {
  enum ViewState { case waiting, defining, defined, broken }

  let image: DatabaseImage
  let watch: QueryGuard
  let limits: QueryLimits
  let views: [NamedQuery]
  var states: [ViewState]
  var diagnostics: [Diagnostic] = []
  /// The values of the tables' columns that results were held against.
  private var stored: [QueryColumn.Origin: Set<QueryValue>] = [:]

  init(image: DatabaseImage, watch: QueryGuard, limits: QueryLimits, views: [NamedQuery]) {
    self.image = image
    self.watch = watch
    self.limits = limits
    self.views = views
    states = views.map { _ in .waiting }
    for (index, view) in views.enumerated() {
      let name = view.name.lowercased()
      if !isViewName(view.name) {
        diagnostics.append(.queryBadViewName(view.name, at: view.nameSpan))
        states[index] = .broken
      } else if image.tables.contains(where: { $0.name == name }) {
        diagnostics.append(.queryDuplicateView(view.name, at: view.nameSpan, first: nil))
        states[index] = .broken
      } else if let first = views[..<index].first(where: { $0.name.lowercased() == name }) {
        diagnostics.append(.queryDuplicateView(view.name, at: view.nameSpan, first: first.nameSpan))
        states[index] = .broken
      }
    }
  }

  // MARK: Views

  mutating func defineAll(in database: borrowing SQLiteConnection) {
    for index in views.indices { define(index, through: [], in: database) }
  }

  /// Defines a view, and first the views that it uses.
  private mutating func define(_ index: Int, through path: [Int], in database: borrowing SQLiteConnection) {
    guard states[index] == .waiting else { return }
    states[index] = .defining
    let text = views[index].text
    switch prepare(text, through: path + [index], in: database) {
    case .ready(let statement):
      let end = statement.textEnd
      do {
        try database.defineView(
          views[index].name, as: String(decoding: Array(text.sql.utf8)[..<end], as: UTF8.self), watch: watch)
        states[index] = .defined
      } catch {
        diagnostics.append(explain(error, in: text))
        states[index] = .broken
      }
    case .failed(let diagnostic):
      if let diagnostic { diagnostics.append(diagnostic) }
      states[index] = .broken
    }
  }

  /// A statement that is one query; or what is wrong, `nil` when it was told at the view that is broken.
  private enum Preparation: ~Copyable {
    case ready(SQLiteStatement)
    case failed(Diagnostic?)
  }

  /// Compiles a query, defining the views that it uses on the way: SQLite itself says which those are.
  private mutating func prepare(
    _ text: QueryText, through path: [Int], in database: borrowing SQLiteConnection
  ) -> Preparation {
    if let place = currentTimeLiteral(in: text.sql) {
      return .failed(.queryNotAllowed("'now'", at: text.span(place)))
    }
    while true {
      watch.reset()
      do {
        let statement = try database.prepare(text.sql)
        guard statement.isQuery else {
          return .failed(.queryNotAllowed("this statement", at: text.span(0..<firstWord(text.sql))))
        }
        let rest = Array(text.sql.utf8)[statement.textEnd...]
        if let second = rest.firstIndex(where: { $0 > 0x20 && $0 != UInt8(ascii: ";") }), !isComment(rest[second...]) {
          return .failed(.querySeveralStatements(at: text.span(second..<second + 1)))
        }
        guard statement.parameterCount == 0 else {
          return .failed(.queryParameter(at: text.span(0..<firstWord(text.sql))))
        }
        return .ready(statement)
      } catch {
        guard let table = missingTable(error),
          let index = views.firstIndex(where: { $0.name.lowercased() == table.lowercased() })
        else { return .failed(explain(error, in: text)) }
        switch states[index] {
        case .waiting: define(index, through: path, in: database)
        case .defining:
          let cycle = (path.firstIndex(of: index).map { Array(path[$0...]) } ?? [index]).map { views[$0] }
          return .failed(.queryCyclicView(cycle, at: text.span(wordRange(table, in: text.sql) ?? 0..<1)))
        case .broken: return .failed(nil)
        case .defined: return .failed(explain(error, in: text))
        }
        if states[index] == .broken { return .failed(nil) }
      }
    }
  }

  // MARK: Queries

  mutating func run(_ text: QueryText, in database: borrowing SQLiteConnection) -> Diagnosed<QueryResult?> {
    var text = text
    let space = text.sql.utf8.prefix { $0 <= 0x20 }.count
    let end = wordEnd(from: space, in: text.sql)
    if end > space, text.sql.utf8.dropFirst(end).allSatisfy({ $0 <= 0x20 }) {
      // The name of a table or view; the words in front of it stand nowhere.
      text = QueryText("SELECT * FROM \(text.sql)", at: text.span(space..<end))
    }
    switch prepare(text, through: [], in: database) {
    case .failed(let diagnostic): return Diagnosed(nil, diagnostic.map { [$0] } ?? [])
    case .ready(let statement):
      var result = readRows(of: statement, text)
      if result.value != nil { dropWrongOrigins(&result.value!, in: database) }
      return result
    }
  }

  /// Forgets where a column comes from when it does not repeat that column: of a union SQLite names the column of one part.
  private mutating func dropWrongOrigins(_ result: inout QueryResult, in database: borrowing SQLiteConnection) {
    for index in result.columns.indices {
      guard let origin = result.columns[index].origin else { continue }
      let known = storedValues(of: origin, in: database)
      if !result.columns[index].values.allSatisfy({ $0 == .null || known.contains($0) }) {
        result.columns[index].origin = nil
        result.columns[index].unit = nil
      }
    }
  }

  private mutating func storedValues(
    of origin: QueryColumn.Origin, in database: borrowing SQLiteConnection
  ) -> Set<QueryValue> {
    if let values = stored[origin] { return values }
    func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
    var values: Set<QueryValue> = []
    do {
      let statement = try database.prepare("SELECT DISTINCT \(quoted(origin.column)) FROM \(quoted(origin.table))")
      while try statement.step() { values.insert(statement.value(0)) }
    } catch { values = [] }
    stored[origin] = values
    return values
  }

  private func readRows(of statement: borrowing SQLiteStatement, _ text: QueryText) -> Diagnosed<QueryResult?> {
    var columns = (0..<statement.columnCount).map { makeColumn($0, of: statement) }
    var diagnostics: [Diagnostic] = []
    for (index, column) in columns.enumerated() where columns[..<index].contains(where: { $0.name == column.name }) {
      diagnostics.append(.queryDuplicateColumn(column.name, at: text.span(0..<firstWord(text.sql))))
    }
    var rowCount = 0
    var byteCount = 0
    do {
      while try statement.step() {
        guard rowCount < limits.rows else {
          return Diagnosed(nil, [.queryTooManyRows(limit: limits.rows, at: text.span(0..<firstWord(text.sql)))])
        }
        for index in columns.indices {
          let value = statement.value(index)
          if case .text(let text) = value { byteCount += text.utf8.count }
          columns[index].values.append(value)
        }
        rowCount += 1
        guard byteCount <= limits.resultBytes else {
          return Diagnosed(
            nil, [.queryTooLarge("the query gives too much text", at: text.span(0..<firstWord(text.sql)))])
        }
      }
    } catch {
      return Diagnosed(nil, diagnostics + [explain(error, in: text)])
    }
    for key in watch.unnamed {
      diagnostics.append(
        .queryUnknownName(
          key, at: text.span(wordRange(key, in: text.sql) ?? 0..<firstWord(text.sql)), known: image.names.keys))
    }
    let facts = factIDs(of: columns, rowCount: rowCount, text, &diagnostics)
    var result = QueryResult(columns: columns, rowCount: rowCount, facts: facts)
    result.datasets = image.tables.map(\.name).filter { $0 != "facts" && watch.tables.contains($0) }.sorted()
    return Diagnosed(result, diagnostics)
  }

  private func makeColumn(_ index: Int, of statement: borrowing SQLiteStatement) -> QueryColumn {
    var column = QueryColumn(name: statement.columnName(index), values: [], origin: nil, unit: nil)
    guard let origin = statement.columnOrigin(index) else { return column }
    column.origin = QueryColumn.Origin(table: origin.table, column: origin.column)
    column.unit = image.tables.first { $0.name == origin.table }?.columns.first { $0.name == origin.column }?.unit
    return column
  }

  /// Reads the column `fact`, or `id` when all of it are facts. A cell may name several, parted by commas or spaces.
  private func factIDs(
    of columns: [QueryColumn], rowCount: Int, _ text: QueryText, _ diagnostics: inout [Diagnostic]
  ) -> [[String]] {
    let isExplicit = columns.contains { $0.name == "fact" }
    guard let column = columns.first(where: { $0.name == (isExplicit ? "fact" : "id") }) else {
      return [[String]](repeating: [], count: rowCount)
    }
    let ids = column.values.map { value -> [String] in
      guard case .text(let text) = value else { return [] }
      return text.split { $0 == "," || $0 == " " }.map(String.init)
    }
    if let unknown = ids.lazy.flatMap({ $0 }).first(where: { !image.factIDs.contains($0) }) {
      guard isExplicit else { return [[String]](repeating: [], count: rowCount) }
      diagnostics.append(
        .queryUnknownFact(unknown, at: text.span(0..<firstWord(text.sql)), known: image.factIDs.sorted()))
    }
    return ids.map { $0.filter(image.factIDs.contains) }
  }

  // MARK: Problems

  private func missingTable(_ error: SQLiteError) -> String? {
    guard error.message.hasPrefix("no such table: ") else { return nil }
    let name = error.message.dropFirst("no such table: ".count)
    return name.split(separator: ".").last.map(String.init)
  }

  private func explain(_ error: SQLiteError, in text: QueryText) -> Diagnostic {
    func behind(_ prefix: String) -> String? {
      error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : nil
    }
    func span(_ word: String? = nil) -> SourceSpan {
      if let offset = error.offset { return text.span(offset..<max(offset + 1, wordEnd(from: offset, in: text.sql))) }
      return text.span(word.flatMap { wordRange($0, in: text.sql) } ?? 0..<firstWord(text.sql))
    }
    if let denied = watch.denied {
      return .queryNotAllowed(denied, at: span(denied.split(separator: "'").last.map(String.init)))
    }
    if watch.isOutOfMemory { return .queryTooLarge("the query needs too much memory", at: span()) }
    if error.code == SQLITE_INTERRUPT { return .queryTooSlow(at: span()) }
    if error.code == SQLITE_TOOBIG { return .queryTooLarge("a text of the query is too large", at: span()) }
    if let table = missingTable(error) {
      let known = image.tables.map(\.name) + views.map(\.name)
      return .queryUnknownTable(
        table, at: text.span(wordRange(table, in: text.sql) ?? 0..<firstWord(text.sql)), known: known)
    }
    if let column = behind("no such column: ") {
      let used = image.tables.filter { wordRange($0.name, in: text.sql) != nil }
      let known = (used.isEmpty ? image.tables : used).flatMap { $0.columns.map(\.name) }
      return .queryUnknownColumn(column, at: span(column), known: known)
    }
    if let function = behind("no such function: ") { return .queryUnknownFunction(function, at: span(function)) }
    if error.message == "incomplete input" {
      let end = text.sql.utf8.count
      return .querySyntax("the query ends too early", at: text.span(max(0, end - 1)..<end))
    }
    if let near = behind("near \"") {
      return .querySyntax("unexpected '\(near.prefix { $0 != "\"" })' in the query", at: span())
    }
    if error.offset != nil { return .querySyntax(error.message, at: span()) }
    return .queryFailed(error.message, at: span())
  }
}
