/// How a shape is painted. Paints are CSS: names, hex, `var(--x, #…)`, `url(#gradient)`.
package struct ItemStyle: Sendable, Hashable {
  package var fill: String?
  package var stroke: String?
  package var opacity: Double = 1
  package var fillOpacity: Double = 1
  package var strokeOpacity: Double = 1
  package var strokeWidth: Double = 1
  package var strokeDash: [Double] = []
  package var strokeDashOffset: Double = 0
  package var strokeCap: String?
  package var strokeJoin: String?
  package var strokeMiterLimit: Double?
  /// How the item's colours mix with those below it, as CSS names it.
  package var blend: String?
  /// Whether the stroke is painted below the fill: a halo around text.
  package var strokesBehind = false
  package init() {}

  /// How far the stroke counts beyond the outline: its whole width, as Vega measures, so that joins have room.
  var reach: Double {
    guard let stroke, stroke != "none", opacity > 0, strokeOpacity > 0 else { return 0 }
    return strokeWidth
  }
}

/// One style for many items: neighbours are painted alike nearly always, and a reference is cheaper to hand on than a style.
final class SharedStyle: Sendable {
  let style: ItemStyle
  init(_ style: ItemStyle) { self.style = style }
}

/// Lines of text at a place.
package struct TextShape: Sendable, Hashable {
  package var lines: [String]
  package var x: Double
  package var y: Double
  package var dx: Double = 0
  package var dy: Double = 0
  /// Degrees, clockwise.
  package var angle: Double = 0
  package var align: String = "left"
  package var baseline: String = "alphabetic"
  package var font: String = "sans-serif"
  package var size: Double = 11
  package var weight: String?
  package var fontStyle: String?
  package var lineHeight: Double?
  package init(lines: [String], x: Double, y: Double) {
    self.lines = lines
    self.x = x
    self.y = y
  }
}

package struct SceneItem: Sendable {
  package enum Shape: Sendable, Hashable {
    case rect(x: Double, y: Double, width: Double, height: Double, CornerRadii)
    /// A path moved to a place and turned by degrees.
    case path(PathData, x: Double, y: Double, angle: Double)
    case line(x1: Double, y1: Double, x2: Double, y2: Double)
    indirect case text(TextShape)
    indirect case image(url: String, x: Double, y: Double, width: Double, height: Double, keepsAspect: Bool)
  }
  package var shape: Shape
  private(set) var sharedStyle: SharedStyle
  package var style: ItemStyle {
    get { sharedStyle.style }
    set { sharedStyle = SharedStyle(newValue) }
  }
  /// The row of the mark's table that this item shows; the first one for a path.
  package var row: Int32 = -1
  package var href: String?
  package init(_ shape: Shape, _ style: ItemStyle, row: Int32 = -1) {
    self.init(shape, SharedStyle(style), row: row)
  }

  init(_ shape: Shape, _ style: SharedStyle, row: Int32 = -1) {
    self.shape = shape
    sharedStyle = style
    self.row = row
  }
}

/// Items of one kind: a `mark-… role-…` group of the picture.
package struct SceneMarks: Sendable {
  package var kind: String
  package var role: String
  package var name: String?
  package var items: [SceneItem]
  /// The rectangle outside of which nothing is drawn.
  package var clip: Bounds?
  /// Round corners of that rectangle.
  package var clipCorners = CornerRadii()
  package var bounds = Bounds()
  /// Whether the items stand in groups of their own, one for each series, which guides keep clear of.
  var isGrouped = false

  package init(kind: String, role: String, items: [SceneItem], name: String? = nil) {
    self.kind = kind
    self.role = role
    self.items = items
    self.name = name
    var outline = MeasuredOutline()
    for index in items.indices { bounds.formUnion(items[index].bounds(&outline)) }
  }
}

package enum SceneNode {
  case marks(SceneMarks)
  case group(SceneGroup)

  var zindex: Int { if case .group(let group) = self { group.zindex } else { 0 } }

  var bounds: Bounds {
    switch self {
    case .marks(let marks): marks.clip.map { marks.bounds.intersection($0) } ?? marks.bounds
    case .group(let group): group.bounds
    }
  }
}

/// A group of marks and groups with an origin of its own. A class while layout moves it about.
package final class SceneGroup {
  var classes: String
  var role: String
  /// Origin in the parent's pixels.
  var x: Double = 0
  var y: Double = 0
  var width: Double?
  var height: Double?
  var background: ItemStyle?
  var cornerRadius: Double = 0
  var nodes: [SceneNode] = []
  /// What it covers, in the parent's pixels.
  var bounds = Bounds()
  /// What it covers without its frame, in its own pixels.
  var content = Bounds()
  /// Groups of a higher number lie above those of a lower one.
  var zindex = 0
  /// A sentence for assistive technology.
  var label: String?
  /// `x` or `y` of an axis.
  var axis: String?
  var isHidden = false
  /// Whether nothing outside its own rectangle is drawn.
  var clips = false
  /// Whether an axis stands along y.
  var isVertical = false
  /// How far a legend stands from what it explains.
  var padding: Double?

  init(role: String, classes: String = "") {
    self.role = role
    self.classes = classes
  }

  /// Moves the group and what it covers.
  func move(to newX: Double, _ newY: Double) {
    bounds = bounds.isEmpty ? bounds : bounds.translated(newX - x, newY - y)
    x = newX
    y = newY
  }
}

extension Bounds {
  /// What both cover; nothing where one is empty or they lie apart.
  func intersection(_ other: Bounds) -> Bounds {
    var common = Bounds()
    (common.x1, common.y1) = (max(x1, other.x1), max(y1, other.y1))
    (common.x2, common.y2) = (min(x2, other.x2), min(y2, other.y2))
    return common.isEmpty ? Bounds() : common
  }
}
