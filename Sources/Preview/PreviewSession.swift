import AlmanacCore
package import BuildEngine

/// What outlives a build while an author writes: the last outcome, and the browsers that wait for the next.
package actor PreviewSession {
  /// Counts builds; a browser asks for what is newer than what it shows.
  private(set) var version = 1
  private(set) var outcome = BuildOutcome()
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var nextWaiter = 0

  package init() {}

  /// Takes in a build and wakes every browser.
  package func publish(_ outcome: BuildOutcome) {
    self.outcome = outcome
    version += 1
    wakeAll()
  }

  /// Wakes every browser without news, so that nothing is left waiting when the server ends.
  func wakeAll() {
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  /// Waits until there is a newer build than `version`, for some seconds at most; returns the current one.
  func version(after version: Int, seconds: Double) async -> Int {
    guard self.version <= version else { return self.version }
    let number = nextWaiter
    nextWaiter += 1
    let timer = Task {
      try? await Task.sleep(for: .seconds(seconds))
      self.wake(number)
    }
    await withCheckedContinuation { waiting[number] = $0 }
    timer.cancel()
    return self.version
  }

  private func wake(_ number: Int) { waiting.removeValue(forKey: number)?.resume() }
}
