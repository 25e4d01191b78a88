/// The five kinds of callout that GitHub knows: `> [!NOTE]`.
package enum CalloutKind: UInt8, Hashable, Sendable, CaseIterable {
  case note, tip, important, warning, caution

  /// As written in a text (in any case of letters) and as the end of a class name.
  package var name: String {
    switch self {
    case .note: "note"
    case .tip: "tip"
    case .important: "important"
    case .warning: "warning"
    case .caution: "caution"
    }
  }
}
