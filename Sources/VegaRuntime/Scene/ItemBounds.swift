#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

extension SceneItem {
  /// What the item covers, its stroke included.
  package var bounds: Bounds {
    var outline = MeasuredOutline()
    return bounds(&outline)
  }

  /// What the item covers; `outline` keeps what was measured last, since neighbours often share their outline.
  func bounds(_ outline: inout MeasuredOutline) -> Bounds {
    switch shape {
    case .rect(let x, let y, let width, let height, _):
      return Bounds(x1: min(x, x + width), y1: min(y, y + height), x2: max(x, x + width), y2: max(y, y + height))
        .expanded(by: sharedStyle.style.reach)
    case .path(let path, let x, let y, let angle):
      let box = outline.bounds(of: path)
      if box.isEmpty { return box }
      if angle != 0 {
        return box.turned(by: angle, around: 0, 0).translated(x, y).expanded(by: sharedStyle.style.reach)
      }
      return box.translated(x, y).expanded(by: sharedStyle.style.reach)
    case .line(let x1, let y1, let x2, let y2):
      return Bounds(x1: min(x1, x2), y1: min(y1, y2), x2: max(x1, x2), y2: max(y1, y2)).expanded(
        by: sharedStyle.style.reach)
    case .text(let text): return text.bounds
    case .image(_, let x, let y, let width, let height, _): return Bounds(x1: x, y1: y, x2: x + width, y2: y + height)
    }
  }
}

/// A path and the box around it.
struct MeasuredOutline {
  private var path = PathData()
  private var box = Bounds()

  mutating func bounds(of path: PathData) -> Bounds {
    if path != self.path { (self.path, box) = (path, path.bounds) }
    return box
  }
}

extension TextShape {
  /// The widest line, in pixels.
  package var width: Double {
    var most = 0.0
    let bold = weight.map { FontMetrics.isBold(weight: $0) } ?? false
    let mono = FontMetrics.isMonospace(family: font)
    for line in lines { most = max(most, FontMetrics.width(line, size: size, bold: bold, monospace: mono)) }
    return most
  }

  package var lineStep: Double { lineHeight ?? (size + 2) }

  /// How far the first line's letters stand below the anchor: whole pixels, as in Vega, so that text is sharp.
  package var baselineOffset: Double {
    switch baseline {
    case "top": roundHalfUp(0.79 * size)
    case "middle": roundHalfUp(0.30 * size)
    case "bottom": roundHalfUp(-0.21 * size)
    case "line-top": roundHalfUp(0.29 * size + 0.5 * lineStep)
    case "line-bottom": roundHalfUp(0.29 * size - 0.5 * lineStep)
    default: 0
    }
  }

  /// What the text covers; the height is that of the font, as Vega measures it.
  package var bounds: Bounds {
    let width = self.width
    var left = x + dx
    if align == "center" { left -= width / 2 } else if align == "right" { left -= width }
    let top = y + dy + baselineOffset - (0.8 * size).rounded()
    let height = size + lineStep * Double(max(0, lines.count - 1))
    let box = Bounds(x1: left, y1: top, x2: left + width, y2: top + height)
    return angle == 0 ? box : box.turned(by: angle, around: x, y)
  }
}

extension Bounds {
  /// The box around this box turned by degrees around a point.
  package func turned(by degrees: Double, around px: Double, _ py: Double) -> Bounds {
    let radians = degrees * .pi / 180
    let (c, s) = (cos(radians), sin(radians))
    var box = Bounds()
    for (x, y) in [(x1, y1), (x2, y1), (x1, y2), (x2, y2)] {
      box.add(px + (x - px) * c - (y - py) * s, py + (x - px) * s + (y - py) * c)
    }
    return box
  }
}
