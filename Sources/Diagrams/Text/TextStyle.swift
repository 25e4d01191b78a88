/// A step of the type scale of diagrams. Nothing is smaller than 12 px.
struct TextStyle: Hashable, Sendable {
  var size: Double
  var isBold = false
  var color = Ink.text
  /// Baseline to baseline as a multiple of the size; Han needs more than Latin.
  var leading = 1.3

  /// The heading of a picture that stands alone.
  static let heading = TextStyle(size: 17, isBold: true, leading: 1.3)
  /// The title of a region: a quadrant, a lane, a layer.
  static let title = TextStyle(size: 14, isBold: true)
  /// The name of a thing.
  static let label = TextStyle(size: 13, isBold: true)
  /// What is said of it.
  static let body = TextStyle(size: 13, color: Ink.quiet)
  /// Dates, axis words, values, notes.
  static let small = TextStyle(size: 12, color: Ink.quiet)
  static let smallLabel = TextStyle(size: 12, isBold: true)
  /// The name of a frame around things.
  static let frame = TextStyle(size: 12, isBold: true, color: Ink.quiet)

  func colored(_ color: String) -> TextStyle {
    var copy = self
    copy.color = color
    return copy
  }
}
