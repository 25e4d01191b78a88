/// A part of the work of drawing a chart.
public enum DrawingStage: String, CaseIterable, Sendable {
  /// Reading and parsing what the spec's sources name.
  case data
  case transforms
  /// Domains and ranges.
  case scales
  case marks
  /// Axes, legends, headers, titles, and the layout of them all.
  case guides
  /// The scene as SVG, and the description.
  case print
}

/// Says where the time of a drawing goes; each moment counts for the innermost stage.
final class StageMeter {
  private let clock: @Sendable () -> Double
  private var stage = DrawingStage.guides
  private var since: Double
  private var spent: [DrawingStage: Double] = [:]

  init(_ clock: @escaping @Sendable () -> Double) {
    self.clock = clock
    since = clock()
  }

  /// Begins a stage and returns the one that it interrupts.
  func begin(_ next: DrawingStage) -> DrawingStage {
    let now = clock()
    spent[stage, default: 0] += now - since
    since = now
    defer { stage = next }
    return stage
  }

  /// The time of each stage so far, in the clock's unit.
  var times: [(stage: DrawingStage, time: Double)] {
    _ = begin(stage)
    return DrawingStage.allCases.map { ($0, spent[$0, default: 0]) }
  }
}

extension ChartRun {
  /// Does the work of a stage, and measures it if somebody asked for that.
  @inline(__always) func measured<Result>(_ stage: DrawingStage, _ work: () -> Result) -> Result {
    guard let meter else { return work() }
    let outer = meter.begin(stage)
    defer { _ = meter.begin(outer) }
    return work()
  }
}
