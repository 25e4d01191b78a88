import AlmanacCore
import Notation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How long one chart takes, from reading its files to the bytes of its picture: medians of several drawings.
struct ChartTiming {
  var path: String
  /// Microseconds by the clock on the wall and on the processor.
  var wall: Double
  var processor: Double
  /// The picture's size; 0 where none was drawn.
  var bytes: Int
  /// Microseconds on the processor of each stage, if they were measured.
  var stages: [(stage: String, time: Double)] = []

  /// Draws once to warm up, then `count` times, one after another on this thread.
  static func measure(
    _ path: String, _ count: Int, _ draw: () -> DrawnSpec
  ) -> ChartTiming {
    var timing = ChartTiming(path: path, wall: 0, processor: 0, bytes: draw().svg?.count ?? 0)
    var (walls, processors): ([Double], [Double]) = ([], [])
    var stages: [[Double]] = []
    for _ in 0..<count {
      let start = (microseconds(CLOCK_MONOTONIC), microseconds(CLOCK_THREAD_CPUTIME_ID))
      let drawn = draw()
      walls.append(microseconds(CLOCK_MONOTONIC) - start.0)
      processors.append(microseconds(CLOCK_THREAD_CPUTIME_ID) - start.1)
      timing.bytes = drawn.svg?.count ?? 0
      timing.stages = drawn.times
      stages.append(drawn.times.map(\.time))
    }
    for index in timing.stages.indices { timing.stages[index].time = stages.map { $0[index] }.sorted()[count / 2] }
    timing.wall = walls.sorted()[count / 2]
    timing.processor = processors.sorted()[count / 2]
    return timing
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("spec", path)
    writer.member("wall", wall)
    writer.member("processor", processor)
    writer.member("bytes", Double(bytes))
    if !stages.isEmpty {
      writer.key("stages")
      writer.beginObject()
      for stage in stages { writer.member(stage.stage, stage.time) }
      writer.endObject()
    }
    writer.endObject()
    return writer.bytes + [0x0A]
  }

}

/// Microseconds of a clock.
func microseconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}
