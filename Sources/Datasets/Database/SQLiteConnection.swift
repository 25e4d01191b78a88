private import CSQLite

/// A problem that SQLite reports.
struct SQLiteError: Error {
  /// The primary result code, such as `SQLITE_ERROR`.
  var code: Int32
  var message: String
  /// Byte offset in the statement's text, if SQLite knows it.
  var offset: Int?
}

/// An in-memory SQLite database, used inside the function that opens it.
///
/// The only C of SQL: no pointer leaves this folder.
struct SQLiteConnection: ~Copyable {
  let handle: OpaquePointer

  init() throws(SQLiteError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(":memory:", &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw SQLiteError(code: code, message: "the database cannot be opened")
    }
    handle = opened
  }

  deinit { sqlite3_close_v2(handle) }

  /// The problem of the last call.
  func lastError(_ code: Int32) -> SQLiteError {
    let offset = sqlite3_error_offset(handle)
    return SQLiteError(
      code: code & 0xFF, message: String(cString: sqlite3_errmsg(handle)), offset: offset >= 0 ? Int(offset) : nil)
  }

  /// Runs statements that give no rows; for our own SQL.
  func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw lastError(code) }
  }

  /// Compiles the first statement of a text.
  func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    var sql = sql
    var prepared: OpaquePointer?
    var end = 0
    let code = sql.withUTF8 { text -> Int32 in
      text.withMemoryRebound(to: CChar.self) { text in
        var tail: UnsafePointer<CChar>?
        // An empty text has no address; an empty statement is none.
        guard let start = text.baseAddress else { return SQLITE_OK }
        let code = sqlite3_prepare_v3(handle, start, Int32(clamping: text.count), 0, &prepared, &tail)
        end = tail.map { $0 - start } ?? text.count
        return code
      }
    }
    guard code == SQLITE_OK else { throw lastError(code) }
    guard let prepared else { throw SQLiteError(code: SQLITE_ERROR, message: "incomplete input", offset: 0) }
    return SQLiteStatement(handle: prepared, textEnd: end)
  }

  /// The whole database as bytes, for ``restore(_:)``.
  func serialize() -> [UInt8] {
    var size: sqlite3_int64 = 0
    guard let bytes = sqlite3_serialize(handle, "main", &size, 0) else { return [] }
    defer { sqlite3_free(bytes) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(size)))
  }

  /// Makes this the database that was serialized; it can only be read.
  func restore(_ image: [UInt8]) throws(SQLiteError) {
    guard !image.isEmpty else { return }
    guard let copy = sqlite3_malloc64(sqlite3_uint64(image.count)) else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "out of memory")
    }
    image.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: image.count) }
    let code = sqlite3_deserialize(
      handle, "main", copy.assumingMemoryBound(to: UInt8.self), sqlite3_int64(image.count), sqlite3_int64(image.count),
      UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY))
    guard code == SQLITE_OK else { throw lastError(code) }
  }
}

/// A compiled statement.
struct SQLiteStatement: ~Copyable {
  let handle: OpaquePointer
  /// The offset behind the statement in the text it was compiled from.
  let textEnd: Int

  deinit { sqlite3_finalize(handle) }

  // MARK: Giving values

  func bindNull(_ index: Int) { sqlite3_bind_null(handle, Int32(index)) }

  func bind(_ number: Double, at index: Int) { sqlite3_bind_double(handle, Int32(index), number) }

  func bind(_ number: Int, at index: Int) { sqlite3_bind_int64(handle, Int32(index), Int64(number)) }

  func bind(_ text: String, at index: Int) {
    // As a C string: the address of an empty buffer may be nil, which SQLite would take for null. SQLite copies the bytes.
    text.withCString {
      _ = sqlite3_bind_text64(
        handle, Int32(index), $0, sqlite3_uint64(text.utf8.count), copyingDestructor, UInt8(SQLITE_UTF8))
    }
  }

  /// Runs a statement that gives no rows, and makes it ready for the next values.
  func run() -> Bool {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    return code == SQLITE_DONE
  }

  // MARK: Taking rows

  /// Returns `true` when there is a row, `false` behind the last one.
  func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let message = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) } ?? ""
    throw SQLiteError(code: code & 0xFF, message: message, offset: nil)
  }

  func value(_ column: Int) -> QueryValue {
    let column = Int32(column)
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .number(Double(sqlite3_column_int64(handle, column)))
    case SQLITE_FLOAT:
      let number = sqlite3_column_double(handle, column)
      return number.isFinite ? .number(number) : .null
    case SQLITE_TEXT, SQLITE_BLOB:
      let isText = sqlite3_column_type(handle, column) == SQLITE_TEXT
      let start = isText ? UnsafeRawPointer(sqlite3_column_text(handle, column)) : sqlite3_column_blob(handle, column)
      let count = Int(sqlite3_column_bytes(handle, column))
      return .text(
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self))
    default: return .null
    }
  }

  var columnCount: Int { Int(sqlite3_column_count(handle)) }
  var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }

  /// Whether it reads rows and does nothing else.
  var isQuery: Bool { sqlite3_stmt_readonly(handle) != 0 && sqlite3_stmt_isexplain(handle) == 0 && columnCount > 0 }

  func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// The table and column that a result column repeats unchanged, also through views.
  func columnOrigin(_ column: Int) -> (table: String, column: String)? {
    guard let table = sqlite3_column_table_name(handle, Int32(column)),
      let origin = sqlite3_column_origin_name(handle, Int32(column))
    else { return nil }
    return (String(cString: table), String(cString: origin))
  }
}

/// SQLITE_TRANSIENT, a C macro that Swift does not see.
private var copyingDestructor: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
