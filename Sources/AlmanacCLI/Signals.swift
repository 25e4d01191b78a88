import BuildEngine

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Ends the process on Ctrl-C and on a polite request to end, with code 130, but never in the middle of changing `Output`.
///
/// A second signal ends it at once: the next build carries through what was cut off. A thread of its own waits for
/// signals, so that it works whatever the others are doing.
func exitOnSignals(_ interruption: Interruption) {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGINT)
  sigaddset(&signals, SIGTERM)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  let waiter = SignalWaiter(signals: signals, interruption: interruption)
  var thread = pthread_t()
  let context = Unmanaged.passRetained(waiter).toOpaque()
  let result = pthread_create(
    &thread, nil,
    { context in
      Unmanaged<SignalWaiter>.fromOpaque(context!).takeRetainedValue().run()
      return nil
    }, context)
  if result == 0 { pthread_detach(thread) }
}

private final class SignalWaiter: Sendable {
  let signals: sigset_t
  let interruption: Interruption

  init(signals: sigset_t, interruption: Interruption) {
    self.signals = signals
    self.interruption = interruption
  }

  func run() {
    var signals = signals
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    while !interruption.request() {
      var moment = timespec(tv_sec: 0, tv_nsec: 2_000_000)
      // A second signal while the output is being changed.
      if sigtimedwait(&signals, nil, &moment) > 0 { break }
    }
    _exit(130)
  }
}
