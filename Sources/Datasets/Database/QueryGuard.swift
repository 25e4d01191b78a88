private import CSQLite
internal import AlmanacCore

/// What a query may cost.
package struct QueryLimits: Sendable {
  /// Steps of SQLite's virtual machine, about 20 million a second.
  package var steps = 20_000_000
  package var rows = 100_000
  package var columns = 200
  package var cellBytes = 1 << 20
  /// Text of all rows together.
  package var resultBytes = 64 << 20
  /// Memory that SQLite may hold, for all connections of the process.
  package var memoryBytes = 512 << 20
  package var textBytes = 100_000

  package init() {}
}

/// What SQLite's callbacks see and note while one connection is in use. Never leaves the function that opened it.
final class QueryGuard {
  let names: NameTable
  let language: LanguageTag
  private let stepsAllowed: Int
  private let memoryAllowed: Int64
  private var stepsLeft: Int
  /// What was not allowed, in the words of a diagnostic.
  private(set) var denied: String?
  /// Whether the query was stopped because it held too much memory.
  private(set) var isOutOfMemory = false
  /// Keys that `name()` and `unit()` found no name for, each once.
  private(set) var unnamed: [String] = []
  /// The tables that the statement reads.
  private(set) var tables: Set<String> = []
  fileprivate var isDefining = false

  init(names: NameTable, language: LanguageTag, limits: QueryLimits) {
    self.names = names
    self.language = language
    stepsAllowed = limits.steps
    memoryAllowed = Int64(limits.memoryBytes)
    stepsLeft = limits.steps
  }

  /// Begins with the next statement.
  func reset() {
    stepsLeft = stepsAllowed
    denied = nil
    isOutOfMemory = false
    unnamed = []
    tables = []
  }

  fileprivate func spend(_ steps: Int) -> Bool {
    stepsLeft -= steps
    isOutOfMemory = sqlite3_memory_used() > memoryAllowed
    return stepsLeft > 0 && !isOutOfMemory
  }

  fileprivate func allows(_ action: Int32, _ first: UnsafePointer<CChar>?, _ second: String?) -> Bool {
    if isDefining { return true }
    if action == SQLITE_READ, let first { tables.insert(String(cString: first)) }
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return true
    case SQLITE_FUNCTION:
      guard let function = second?.lowercased(), Self.refusedFunctions.contains(function) else { return true }
      denied = "the function '\(function)'"
      return false
    default:
      denied = Self.statements[action] ?? "this statement"
      return false
    }
  }

  fileprivate func name(of key: String) -> String {
    if let name = names.name(of: key, in: language) { return name }
    if !unnamed.contains(key), unnamed.count < 20 { unnamed.append(key) }
    return key
  }

  fileprivate func unitLabel(of key: String) -> String {
    names.unitLabel(of: key, in: language) ?? name(of: key)
  }

  /// Functions whose result is not the same every time, or that reach outside the database.
  private static let refusedFunctions: Set<String> = [
    "random", "randomblob", "load_extension", "fts3_tokenizer", "current_date", "current_time", "current_timestamp",
    "last_insert_rowid", "changes", "total_changes", "sqlite_version", "sqlite_source_id", "sqlite_log",
    "sqlite_compileoption_get", "sqlite_compileoption_used",
  ]

  private static let statements: [Int32: String] = [
    SQLITE_ATTACH: "ATTACH", SQLITE_DETACH: "DETACH", SQLITE_PRAGMA: "PRAGMA", SQLITE_INSERT: "INSERT",
    SQLITE_UPDATE: "UPDATE", SQLITE_DELETE: "DELETE", SQLITE_TRANSACTION: "a transaction",
    SQLITE_SAVEPOINT: "SAVEPOINT",
    SQLITE_CREATE_VIEW: "CREATE VIEW", SQLITE_CREATE_TEMP_VIEW: "CREATE VIEW", SQLITE_CREATE_TABLE: "CREATE TABLE",
    SQLITE_CREATE_TEMP_TABLE: "CREATE TABLE", SQLITE_CREATE_INDEX: "CREATE INDEX", SQLITE_DROP_TABLE: "DROP TABLE",
    SQLITE_DROP_VIEW: "DROP VIEW", SQLITE_ALTER_TABLE: "ALTER TABLE", SQLITE_REINDEX: "REINDEX",
    SQLITE_ANALYZE: "ANALYZE", SQLITE_CREATE_VTABLE: "CREATE VIRTUAL TABLE", SQLITE_CREATE_TRIGGER: "CREATE TRIGGER",
  ]
}

extension SQLiteConnection {
  /// Makes the connection read only, bounded and able to name keys. `watch` must outlive it.
  func protect(with watch: QueryGuard, limits: QueryLimits) {
    let context = Unmanaged.passUnretained(watch).toOpaque()
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(limits.cellBytes))
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(limits.textBytes))
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, Int32(limits.columns))
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 200)
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 100)
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000)
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0)
    sqlite3_progress_handler(handle, 1_000, { $0.map(queryGuard)?.spend(1_000) == true ? 0 : 1 }, context)
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        context.map(queryGuard)?.allows(action, first, second.map { String(cString: $0) }) == true
          ? SQLITE_OK : SQLITE_DENY
      }, context)
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
    sqlite3_create_function_v2(
      handle, "name", 1, flags, context, { replace($0, $2) { $0.name(of: $1) } }, nil, nil, nil)
    sqlite3_create_function_v2(
      handle, "unit", 1, flags, context, { replace($0, $2) { $0.unitLabel(of: $1) } }, nil, nil, nil)
  }

  /// Makes a view of a query that was prepared before, and so is one statement that only reads.
  func defineView(_ name: String, as sql: String, watch: QueryGuard) throws(SQLiteError) {
    watch.isDefining = true
    defer { watch.isDefining = false }
    try execute("CREATE TEMP VIEW \(quoted(name)) AS \(sql)")
  }
}

/// A name as SQL writes it.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// The guard behind a callback's context.
private func queryGuard(_ context: UnsafeMutableRawPointer) -> QueryGuard {
  Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue()
}

/// Gives an SQL function of one text its result; null stays null.
private func replace(
  _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?,
  _ transform: (QueryGuard, String) -> String
) {
  guard let argument = arguments?[0], let text = sqlite3_value_text(argument), let user = sqlite3_user_data(context)
  else {
    return sqlite3_result_null(context)
  }
  let result = transform(queryGuard(user), String(cString: text))
  sqlite3_result_text(context, result, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
}
