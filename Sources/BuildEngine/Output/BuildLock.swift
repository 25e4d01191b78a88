package import AlmanacCore

/// Waits until no other build works on the same report, then keeps others out as long as the value lives.
///
/// The lock is on the report's folder itself and ends with the process, however that ends. Where a disk knows no
/// locks, there is none.
///
/// Diagnoses `build.locked` after ``Limits/lockSeconds``.
/// - Parameter onWait: called once when there is another build to wait for.
package func lockReport(
  _ environment: BuildEnvironment, onWait: @Sendable () -> Void = {}
) async throws -> Diagnosed<(any FileLock)?> {
  let step = 0.05
  var waited = 0.0
  while true {
    do {
      if let lock = try environment.files.lock(environment.root) { return Diagnosed(lock) }
    } catch { return Diagnosed(nil) }
    if waited == 0 { onWait() }
    guard waited < environment.limits.lockSeconds else { return Diagnosed(nil, [.locked(environment.root)]) }
    try await Task.sleep(for: .seconds(step))
    waited += step
  }
}
