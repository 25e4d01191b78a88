/// Writes marks as a whole SVG document, for pictures that are laid out elsewhere: diagrams.
///
/// - Parameters:
///   - width: of the picture, as its height in pixels.
///   - title: the name for assistive technology.
package func writeScene(
  _ marks: [SceneMarks], width: Double, height: Double, idPrefix: String, title: String, description: String,
  language: String
) -> [UInt8] {
  let root = SceneGroup(role: "frame")
  root.nodes = marks.filter { !$0.items.isEmpty }.map { .marks($0) }
  var writer = SVGWriter(prefix: idPrefix)
  return writer.document(
    root, width: width, height: height, origin: (0, 0), background: nil, title: title, description: description,
    language: language, gradients: [])
}
