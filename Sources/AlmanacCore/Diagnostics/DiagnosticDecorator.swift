/// Colours the parts of a diagnostic, or leaves them plain: layout knows nothing of it.
package struct DiagnosticDecorator: Sendable {
  package enum Role: Sendable, CaseIterable {
    case place, error, warning, message, code, gutter, caret
  }

  private var codes: @Sendable (Role) -> String?

  /// Returns the text as the role is shown.
  package func decorate(_ text: String, as role: Role) -> String {
    guard let code = codes(role) else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  package static var plain: DiagnosticDecorator { DiagnosticDecorator { _ in nil } }

  /// For terminals that know ECMA-48 colours, light and dark.
  package static var ansi: DiagnosticDecorator {
    DiagnosticDecorator { role in
      switch role {
      case .place, .message: "1"
      case .error, .caret: "1;31"
      case .warning: "1;33"
      case .code: "2"
      case .gutter: "36"
      }
    }
  }
}
