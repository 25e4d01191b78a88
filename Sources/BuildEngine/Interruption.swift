private import Synchronization

/// Lets Ctrl-C end the program at once, but never in the middle of changing `Output`.
///
/// Whoever changes files brackets it with ``begin()`` and ``end()``; whoever hears the signal calls ``request()`` and may
/// exit when it returns `true`. Between the two there is nothing to clean up.
package final class Interruption: Sendable {
  private enum State {
    static let idle = 0
    static let changing = 1
    static let requested = 2
    static let requestedWhileChanging = 3
  }

  private let state = Atomic<Int>(State.idle)

  package init() {}

  /// Returns `false` when the program is about to end, so that nothing may be begun.
  package func begin() -> Bool {
    state.compareExchange(expected: State.idle, desired: State.changing, ordering: .sequentiallyConsistent).exchanged
  }

  package func end() {
    if state.compareExchange(expected: State.changing, desired: State.idle, ordering: .sequentiallyConsistent).exchanged
    {
      return
    }
    state.store(State.requested, ordering: .sequentiallyConsistent)
  }

  /// Asks to end; returns whether that is possible now. Otherwise ask again in a moment.
  package func request() -> Bool {
    if state.compareExchange(expected: State.idle, desired: State.requested, ordering: .sequentiallyConsistent)
      .exchanged
    {
      return true
    }
    _ = state.compareExchange(
      expected: State.changing, desired: State.requestedWhileChanging, ordering: .sequentiallyConsistent)
    return state.load(ordering: .sequentiallyConsistent) == State.requested
  }
}
