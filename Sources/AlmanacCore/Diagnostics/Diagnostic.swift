/// One thing that is wrong with the content, told to its author.
///
/// An *error* means that a page would mislead or miss something; a *warning* leaves the page right but worse.
/// Messages are headlines: most specific words first, no full stop. Codes read `area.what` and keep their meaning.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Comparable, Sendable {
    case error, warning

    public static func < (lhs: Severity, rhs: Severity) -> Bool { lhs == .error && rhs == .warning }
  }

  /// A further place or fact that explains the problem: "first defined here".
  public struct Note: Hashable, Sendable {
    public var message: String
    public var span: SourceSpan?

    public init(_ message: String, at span: SourceSpan? = nil) {
      self.message = message
      self.span = span
    }
  }

  public var severity: Severity
  /// `area.what-is-wrong`, such as `figure.unknown-dataset`.
  public var code: String
  public var message: String
  /// The one wrong word; `nil` when no file is to blame.
  public var span: SourceSpan?
  public var notes: [Note]
  /// What to do, as a phrase: "did you mean 'energy'?"
  public var hint: String?

  public init(
    _ severity: Severity, _ code: String, _ message: String, at span: SourceSpan? = nil, notes: [Note] = [],
    hint: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.notes = notes
    self.hint = hint
  }

  public static func error(
    _ code: String, _ message: String, at span: SourceSpan? = nil, notes: [Note] = [], hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, code, message, at: span, notes: notes, hint: hint)
  }

  public static func warning(
    _ code: String, _ message: String, at span: SourceSpan? = nil, notes: [Note] = [], hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.warning, code, message, at: span, notes: notes, hint: hint)
  }
}

extension Diagnostic: Comparable {
  /// The order in which problems are told: by file, place, code; those without a place first.
  public static func < (lhs: Diagnostic, rhs: Diagnostic) -> Bool {
    switch (lhs.span, rhs.span) {
    case (nil, .some): return true
    case (.some, nil): return false
    case (let left?, let right?) where left != right: return left < right
    default: return (lhs.code, lhs.message) < (rhs.code, rhs.message)
    }
  }
}

/// A stage's result together with what it found wrong on the way.
///
/// Reading never fails: a stage goes on with a sensible value, so that all problems of a build are told at once.
public struct Diagnosed<Value> {
  public var value: Value
  public var diagnostics: [Diagnostic]

  public init(_ value: Value, _ diagnostics: [Diagnostic] = []) {
    self.value = value
    self.diagnostics = diagnostics
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Returns the value and hands the diagnostics on to the caller's list.
  public func value(reportingTo diagnostics: inout [Diagnostic]) -> Value {
    diagnostics += self.diagnostics
    return value
  }
}

extension Diagnosed: Sendable where Value: Sendable {}
extension Diagnosed: Equatable where Value: Equatable {}
