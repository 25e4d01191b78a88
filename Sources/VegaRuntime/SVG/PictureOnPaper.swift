internal import Markup

/// A picture as it leaves its page: plain colours, a light ground below it and a margin around it.
///
/// A page gives a picture its ground. Elsewhere its dark letters may come to stand on anything, and a viewer without the fonts
/// that texts were measured by draws wider ones, which must not be cut off at the edge.
package func pictureOnPaper(_ svg: [UInt8]) -> [UInt8] {
  let text = String(decoding: withLiteralPaints(svg), as: UTF8.self)
  guard let end = text.firstIndex(of: ">"), let box = text[..<end].firstRange(of: "viewBox=\"0 0 ") else {
    return Array(text.utf8)
  }
  let sides = text[box.upperBound..<end].prefix { $0 != "\"" }.split(separator: " ")
  guard sides.count == 2, let plainWidth = Double(sides[0]), let plainHeight = Double(sides[1]) else {
    return Array(text.utf8)
  }
  let (x, y) = (written(-margin.x), written(-margin.y))
  let (width, height) = (written(plainWidth + 2 * margin.x), written(plainHeight + 2 * margin.y))
  let head = text[..<end]
    .replacing("viewBox=\"0 0 \(sides[0]) \(sides[1])\"", with: "viewBox=\"\(x) \(y) \(width) \(height)\"")
    .replacing(" width=\"\(sides[0])\"", with: " width=\"\(width)\"")
    .replacing(" height=\"\(sides[1])\"", with: " height=\"\(height)\"")
  let ground = "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"#fcfbf8\"/>"
  // What a picture says in words comes first in it.
  let body = text[end...].dropFirst()
  let start = body.firstRange(of: "</desc>")?.upperBound ?? body.startIndex
  return Array((head + ">" + body[..<start] + ground + body[start...]).utf8)
}

/// Pixels of ground around a picture.
private let margin = (x: 30.0, y: 14.0)

private func written(_ number: Double) -> String {
  var writer = MarkupWriter()
  writer.number(number)
  return writer.string
}
