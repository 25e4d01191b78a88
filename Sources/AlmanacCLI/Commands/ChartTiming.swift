import AlmanacCore
import Notation

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How long one chart takes, from reading its files to the bytes of its picture: medians of several drawings.
struct ChartTiming {
  var path: String
  /// Microseconds by the clock on the wall and on the processor.
  var wall: Double
  var processor: Double
  /// The picture's size; 0 where none was drawn.
  var bytes: Int

  /// Draws once to warm up, then `count` times, one after another on this thread.
  static func measure(
    _ path: String, _ count: Int, _ draw: () -> (spec: Diagnosed<SourceFile>, svg: [UInt8]?)
  ) -> ChartTiming {
    var timing = ChartTiming(path: path, wall: 0, processor: 0, bytes: draw().svg?.count ?? 0)
    var (walls, processors): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let start = (now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID))
      timing.bytes = draw().svg?.count ?? 0
      walls.append(now(CLOCK_MONOTONIC) - start.0)
      processors.append(now(CLOCK_THREAD_CPUTIME_ID) - start.1)
    }
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
    writer.endObject()
    return writer.bytes + [0x0A]
  }

  /// Microseconds of a clock.
  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
