extension Collection where Self: Sendable, Index == Int, Element: Sendable {
  /// Transforms every element, on all cores, and returns the results in the elements' order.
  ///
  /// Work is handed out in runs of neighbours: chapters are many and small, and a task for each costs more than it gains.
  /// - Parameters:
  ///   - width: how many tasks run at once; the machine decides when they really do.
  ///   - transform: must not depend on the order in which elements are taken.
  /// - Throws: the first error thrown, in the elements' order of completion; the other tasks are cancelled.
  public func concurrentMap<Result: Sendable>(
    width: Int = 4, _ transform: @Sendable @escaping (Element) async throws -> Result
  ) async throws -> [Result] {
    let total = count
    if total <= 1 || width <= 1 {
      var results: [Result] = []
      results.reserveCapacity(total)
      for element in self {
        try Task.checkCancellation()
        results.append(try await transform(element))
      }
      return results
    }
    // Four runs for each task even out pages of different length.
    let runLength = Swift.max(1, total / (width * 4))
    let runs = stride(from: startIndex, to: endIndex, by: runLength).map { $0..<Swift.min($0 + runLength, endIndex) }
    return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
      var next = 0
      func addNext() {
        guard next < runs.count else { return }
        let (number, run) = (next, runs[next])
        next += 1
        group.addTask {
          var results: [Result] = []
          results.reserveCapacity(run.count)
          for index in run {
            try Task.checkCancellation()
            results.append(try await transform(self[index]))
          }
          return (number, results)
        }
      }
      for _ in 0..<Swift.min(width, runs.count) { addNext() }
      var gathered = [[Result]](repeating: [], count: runs.count)
      while let (number, results) = try await group.next() {
        gathered[number] = results
        addNext()
      }
      return Array(gathered.joined())
    }
  }
}
