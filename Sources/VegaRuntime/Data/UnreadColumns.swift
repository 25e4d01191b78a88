private import Synchronization

/// Columns of a file that were passed over because a chart's spec does not mention them.
///
/// Of a file with sixteen columns a chart shows two or three, and making the texts of the others costs more than all the
/// rest. Whether one is needed can't be known for certain before the chart is drawn, since an expression may put a name
/// together. So a table remembers what was left out, and whoever asks for that, or for a whole row, is noticed: then
/// the chart is drawn once more, from everything.
public final class UnreadColumns: Sendable {
  private let names: Set<String>
  private let asked = Atomic(false)

  init(_ names: Set<String>) { self.names = names }

  /// Whether somebody asked for a column that was not read.
  var wereAskedFor: Bool { asked.load(ordering: .relaxed) }

  /// To be told of each column that a table is asked for and lacks.
  func note(_ name: String) { if names.contains(name) { asked.store(true, ordering: .relaxed) } }

  /// To be told when a row is asked for as a whole.
  func noteWholeRow() { asked.store(true, ordering: .relaxed) }
}

extension UnreadColumns: Hashable {
  public static func == (a: UnreadColumns, b: UnreadColumns) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Says which columns of a file a spec may need: those whose names it mentions, and those it might reach without a name.
struct MentionedColumns: Sendable {
  /// All texts of the spec, in UTF-8.
  let words: [UInt8]

  func mayNeed(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { name in
      // What must be escaped to be written is written in more ways than one.
      for byte in name where !(byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x20) {
        return true
      }
      guard let first = name.first else { return true }
      return words.withUnsafeBufferPointer { words in
        var start = 0
        while start + name.count <= words.count {
          if words[start] == first {
            var offset = 1
            while offset < name.count, words[start + offset] == name[offset] { offset += 1 }
            if offset == name.count { return true }
          }
          start += 1
        }
        // Shapes on a map are known by the names that GeoJSON gives their parts.
        return ["type", "geometry", "properties", "id"].contains { $0.utf8.elementsEqual(name) }
      }
    }
  }
}
