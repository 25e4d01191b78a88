/// The place of a value in a row: `a`, `a.b`, `a[0]`, `a\.b`, as Vega-Lite writes fields.
public struct FieldPath: Sendable, Hashable {
  /// As the author wrote it.
  public var text: String
  /// Keys from the row inwards; `a\.b` is one key, `a.b` two.
  public var keys: [String]

  public init(_ text: String) {
    self.text = text
    keys = FieldPath.split(text)
  }

  /// A path that is one key, whatever characters it holds: a column that the compiler made.
  public init(column: String) {
    text = column
    keys = [column]
  }

  /// The name of the flat column that holds the value once a plan has taken it out of its object: keys joined by `.`.
  public var columnName: String { keys.count == 1 ? keys[0] : keys.joined(separator: ".") }

  private static func split(_ text: String) -> [String] {
    var plain = true
    for byte in text.utf8 where byte == 0x2E || byte == 0x5B || byte == 0x5C { plain = false; break }
    if plain { return [text] }
    var keys: [String] = []
    var current: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    func flush() {
      if !current.isEmpty { keys.append(String(decoding: current, as: UTF8.self)) }
      current.removeAll()
    }
    while index < bytes.count {
      switch bytes[index] {
      case 0x5C where index + 1 < bytes.count:
        current.append(bytes[index + 1])
        index += 1
      case 0x2E: flush()
      case 0x5B:
        flush()
        index += 1
        var quote: UInt8 = 0
        if index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 {
          quote = bytes[index]
          index += 1
        }
        while index < bytes.count, bytes[index] != (quote == 0 ? 0x5D : quote) {
          current.append(bytes[index])
          index += 1
        }
        if quote != 0 { index += 1 }
        flush()
      default: current.append(bytes[index])
      }
      index += 1
    }
    flush()
    return keys.isEmpty ? [text] : keys
  }
}
