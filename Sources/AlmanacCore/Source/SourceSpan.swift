/// A place in a text: line and column, both from 1.
///
/// Columns count Unicode scalars, so a Han character is one column and so is an emoji without modifiers.
public struct SourceLocation: Hashable, Comparable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (lhs: SourceLocation, rhs: SourceLocation) -> Bool {
    (lhs.line, lhs.column) < (rhs.line, rhs.column)
  }
}

/// A stretch of a file, for diagnostics and provenance. `end` is the place just behind the last character.
public struct SourceSpan: Hashable, Comparable, Sendable {
  /// The file's path relative to the report's root, with `/` between parts: `Content/en/adoption.md`.
  public var path: String
  public var start: SourceLocation
  public var end: SourceLocation

  public init(path: String, start: SourceLocation, end: SourceLocation) {
    self.path = path
    self.start = start
    self.end = end
  }

  /// A span of `length` columns on one line.
  public init(path: String, line: Int, column: Int, length: Int = 1) {
    self.path = path
    self.start = SourceLocation(line: line, column: column)
    self.end = SourceLocation(line: line, column: column + length)
  }

  public static func < (lhs: SourceSpan, rhs: SourceSpan) -> Bool {
    (lhs.path, lhs.start, lhs.end) < (rhs.path, rhs.start, rhs.end)
  }
}

extension SourceSpan {
  /// Returns the span as seen from the file that this text was taken out of.
  ///
  /// A fence's body is parsed on its own; its spans then move to where the body stands in the chapter.
  /// - Parameters:
  ///   - path: the containing file.
  ///   - origin: where the text's first character stands in it.
  ///   - indent: columns that were removed from the start of every later line.
  public func moved(to path: String, origin: SourceLocation, indent: Int = 0) -> SourceSpan {
    func move(_ place: SourceLocation) -> SourceLocation {
      SourceLocation(
        line: place.line + origin.line - 1,
        column: place.line == 1 ? place.column + origin.column - 1 : place.column + indent)
    }
    return SourceSpan(path: path, start: move(start), end: move(end))
  }
}
