private import Synchronization

/// What the expressions of one drawing may cost altogether: a spec may come from anywhere, and must neither keep a build busy
/// for ever nor fill the memory.
package final class ExpressionBudget: Sendable {
  package let steps: Int
  package let textBytes: Int
  private let spent = Atomic(0)
  private let longText = Atomic(false)
  private let search = Atomic(false)

  /// - Parameters:
  ///   - steps: parts of expressions evaluated, rows looked at, positions of a search tried.
  ///   - textBytes: of one text that an expression makes.
  package init(steps: Int = 1_000_000_000, textBytes: Int = 1 << 20) {
    self.steps = steps
    self.textBytes = textBytes
  }

  package var isSpent: Bool { spent.load(ordering: .relaxed) > steps }
  /// Whether an expression would have made a text that is too long; it got an empty one.
  package var refusedText: Bool { longText.load(ordering: .relaxed) }
  /// Whether a regular expression was given up; it counts as finding nothing.
  package var gaveUpSearch: Bool { search.load(ordering: .relaxed) }

  /// Counts work; false when more than the budget is used up.
  @discardableResult func spend(_ count: Int) -> Bool {
    let count = min(max(0, count), 1 << 50)
    // Far from the largest integer, however often it is exceeded.
    guard !isSpent else { return false }
    return spent.add(count, ordering: .relaxed).newValue <= steps
  }

  /// Whether a text may be so long.
  func allows(bytes: Int) -> Bool {
    if bytes <= textBytes { return true }
    longText.store(true, ordering: .relaxed)
    return false
  }

  func noteSearch() { search.store(true, ordering: .relaxed) }
}
