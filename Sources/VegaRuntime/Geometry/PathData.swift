package import Markup

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The outline of a shape: moves, lines, curves and arcs, as SVG has them.
package struct PathData: Hashable, Sendable {
  package enum Operation: UInt8, Hashable, Sendable {
    /// x, y
    case move
    /// x, y
    case line
    /// x1, y1, x2, y2, x, y
    case cubic
    /// x1, y1, x, y
    case quadratic
    /// rx, ry, rotation in degrees, large (0 or 1), sweep (0 or 1), x, y
    case arc
    case close

    package var count: Int {
      switch self {
      case .move, .line: 2
      case .cubic: 6
      case .quadratic: 4
      case .arc: 7
      case .close: 0
      }
    }
  }

  package private(set) var operations: [Operation] = []
  /// The operations' numbers, one behind the other.
  package private(set) var numbers: [Double] = []
  /// The pen, and where the open outline began.
  private var x = 0.0
  private var y = 0.0
  private var startX = 0.0
  private var startY = 0.0

  package init() {}

  package var isEmpty: Bool { operations.isEmpty }
}

// MARK: - Drawing

extension PathData {
  package mutating func reserveCapacity(_ points: Int) {
    operations.reserveCapacity(points)
    numbers.reserveCapacity(points * 2)
  }

  @inline(__always) private mutating func to(_ x: Double, _ y: Double) {
    numbers.append(x)
    numbers.append(y)
    self.x = x
    self.y = y
  }

  package mutating func move(_ x: Double, _ y: Double) {
    operations.append(.move)
    to(x, y)
    startX = x
    startY = y
  }

  package mutating func line(_ x: Double, _ y: Double) {
    operations.append(.line)
    to(x, y)
  }

  package mutating func cubic(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
    operations.append(.cubic)
    numbers.append(x1)
    numbers.append(y1)
    numbers.append(x2)
    numbers.append(y2)
    to(x, y)
  }

  package mutating func quadratic(_ x1: Double, _ y1: Double, _ x: Double, _ y: Double) {
    operations.append(.quadratic)
    numbers.append(x1)
    numbers.append(y1)
    to(x, y)
  }

  package mutating func ellipticArc(
    _ rx: Double, _ ry: Double, rotation: Double = 0, large: Bool, sweep: Bool, _ x: Double, _ y: Double
  ) {
    operations.append(.arc)
    numbers.append(rx)
    numbers.append(ry)
    numbers.append(rotation)
    numbers.append(large ? 1 : 0)
    numbers.append(sweep ? 1 : 0)
    to(x, y)
  }

  package mutating func close() {
    guard !operations.isEmpty else { return }
    operations.append(.close)
    x = startX
    y = startY
  }

  /// A closed outline of straight lines.
  mutating func ring(_ points: ArraySlice<SIMD2<Double>>) {
    guard let first = points.first else { return }
    // Later rings grow the arrays by doubling.
    if operations.isEmpty { reserveCapacity(points.count + 1) }
    move(first.x, first.y)
    for point in points.dropFirst() { line(point.x, point.y) }
    close()
  }

  package mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    move(x, y)
    line(x + width, y)
    line(x + width, y + height)
    line(x, y + height)
    close()
  }

  /// An arc of a circle as a canvas draws it: a line leads to its start, angles run clockwise from the x axis.
  package mutating func arc(
    _ cx: Double, _ cy: Double, radius: Double, from start: Double, to end: Double, counterclockwise: Bool = false
  ) {
    let epsilon = 1e-6
    let radius = max(0, radius)
    let (dx, dy) = (radius * cos(start), radius * sin(start))
    let (x0, y0) = (cx + dx, cy + dy)
    if operations.isEmpty {
      move(x0, y0)
    } else if (x - x0).magnitude > epsilon || (y - y0).magnitude > epsilon {
      line(x0, y0)
    }
    guard radius > 0 else { return }
    var angle = counterclockwise ? start - end : end - start
    if angle < 0 { angle = fmod(angle, 2 * .pi) + 2 * .pi }
    if angle > 2 * .pi - epsilon {
      ellipticArc(radius, radius, large: true, sweep: !counterclockwise, cx - dx, cy - dy)
      ellipticArc(radius, radius, large: true, sweep: !counterclockwise, x0, y0)
    } else if angle > epsilon {
      ellipticArc(
        radius, radius, large: angle >= .pi, sweep: !counterclockwise, cx + radius * cos(end), cy + radius * sin(end))
    }
  }

  package mutating func append(_ other: PathData) {
    operations.append(contentsOf: other.operations)
    numbers.append(contentsOf: other.numbers)
    (x, y, startX, startY) = (other.x, other.y, other.startX, other.startY)
  }
}

// MARK: - Moving and scaling

extension PathData {
  package func scaled(by scale: Double) -> PathData { mapped(scale: scale, dx: 0, dy: 0) }

  package func translated(_ dx: Double, _ dy: Double) -> PathData { mapped(scale: 1, dx: dx, dy: dy) }

  private func mapped(scale: Double, dx: Double, dy: Double) -> PathData {
    var result = self
    var index = 0
    for operation in operations {
      if operation == .arc {
        result.numbers[index] *= scale.magnitude
        result.numbers[index + 1] *= scale.magnitude
        result.numbers[index + 5] = numbers[index + 5] * scale + dx
        result.numbers[index + 6] = numbers[index + 6] * scale + dy
      } else {
        for offset in stride(from: 0, to: operation.count, by: 2) {
          result.numbers[index + offset] = numbers[index + offset] * scale + dx
          result.numbers[index + offset + 1] = numbers[index + offset + 1] * scale + dy
        }
      }
      index += operation.count
    }
    result.x = x * scale + dx
    result.y = y * scale + dy
    result.startX = startX * scale + dx
    result.startY = startY * scale + dy
    return result
  }
}

// MARK: - Writing

extension PathData {
  /// Appends the path as SVG's `d` has it, with at most three decimals.
  package func append(to writer: inout MarkupWriter, dx: Double = 0, dy: Double = 0) {
    // Borders and long lines are nothing but points, and their numbers are most of a picture.
    if operations.count > 3, let letters = pointLetters() {
      return writer.points(letters: letters, numbers: numbers, dx: dx, dy: dy)
    }
    var index = 0
    for operation in operations {
      switch operation {
      case .move: writer.byte(UInt8(ascii: "M"))
      case .line: writer.byte(UInt8(ascii: "L"))
      case .cubic: writer.byte(UInt8(ascii: "C"))
      case .quadratic: writer.byte(UInt8(ascii: "Q"))
      case .arc: writer.byte(UInt8(ascii: "A"))
      case .close: writer.byte(UInt8(ascii: "Z"))
      }
      let count = operation.count
      let absolute = operation == .arc ? 5 : 0
      for offset in 0..<count {
        if offset > 0 { writer.byte(UInt8(ascii: ",")) }
        let shift = offset < absolute ? 0 : (offset - absolute) & 1 == 0 ? dx : dy
        writer.number(numbers[index + offset] + shift)
      }
      index += count
    }
  }

  /// For each point the letter before it, with the highest bit where the outline closes behind it; `nil` for curves.
  private func pointLetters() -> [UInt8]? {
    var letters: [UInt8] = []
    letters.reserveCapacity(operations.count)
    for operation in operations {
      switch operation {
      case .move: letters.append(UInt8(ascii: "M"))
      case .line: letters.append(UInt8(ascii: "L"))
      case .close where !letters.isEmpty && letters[letters.count - 1] < 0x80: letters[letters.count - 1] |= 0x80
      default: return nil
      }
    }
    return letters
  }

  package var svg: String {
    var writer = MarkupWriter()
    append(to: &writer)
    return writer.string
  }
}
