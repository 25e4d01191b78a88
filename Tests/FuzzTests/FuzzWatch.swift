import Foundation
import Synchronization

/// Watches over files that are being drawn: one that takes too long, or makes the process grow too large, ends the run and
/// is left in a file to be tried again.
///
/// What never ends cannot be made to fail from within, so the process ends: with the seed and the file's place as its last
/// words.
final class FuzzWatch: Sendable {
  private struct State: Sendable {
    var round: UInt64 = 0
    var spec: [UInt8] = []
    var start: Date?
    var isOver = false
  }
  private let state = Mutex(State())
  private let file: URL
  /// Seconds that one file may take, and megabytes that the process may have taken at its largest.
  private let patience: Double
  private let megabytes: Int

  init(keepingIn file: URL, patience: Double = 30, megabytes: Int = 4_096) {
    self.file = file
    self.patience = patience
    self.megabytes = megabytes
    Thread.detachNewThread { [weak self] in
      while let self, self.look() { Thread.sleep(forTimeInterval: 0.5) }
    }
  }

  deinit { state.withLock { $0.isOver = true } }

  /// Begins with a file.
  func begin(_ round: UInt64, _ spec: [UInt8]) {
    state.withLock { state in
      (state.round, state.spec, state.start) = (round, spec, Date())
    }
  }

  /// Is done with the file; returns the seconds that it took.
  func end() -> Double {
    state.withLock { state in
      defer { state.start = nil }
      return state.start.map { Date().timeIntervalSince($0) } ?? 0
    }
  }

  /// The most that the process has had in memory so far, in megabytes.
  static var peakMegabytes: Int {
    var usage = rusage()
    // The number of RUSAGE_SELF, whose type differs between systems.
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
  }

  private func look() -> Bool {
    let state = state.withLock { $0 }
    guard !state.isOver else { return false }
    guard let start = state.start else { return true }
    let spent = Date().timeIntervalSince(start)
    let peak = Self.peakMegabytes
    guard spent > patience || peak > megabytes else { return true }
    try? Data(state.spec).write(to: file)
    fatalError(
      "round \(state.round) has taken \(Int(spent)) s and the process \(peak) MB; its spec is kept in \(file.path), try it again with ALMANAC_FUZZ_SEED=\(state.round)"
    )
  }
}
