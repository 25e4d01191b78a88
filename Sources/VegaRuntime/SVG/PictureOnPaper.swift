internal import AlmanacCore

/// A picture as it leaves its page: plain colours, a light ground below it and a margin around it.
///
/// A page gives a picture its ground. Elsewhere its dark letters may come to stand on anything, and a viewer without the fonts
/// that texts were measured by draws wider ones, which must not be cut off at the edge.
package func pictureOnPaper(_ svg: [UInt8]) -> [UInt8] {
  let text = String(decoding: withLiteralPaints(svg), as: UTF8.self)
  guard let end = text.firstIndex(of: ">") else { return svg }
  let head = text[..<end]
  guard let box = head.firstRange(of: "viewBox=\"0 0 ") else { return svg }
  let numbers = head[box.upperBound...].prefix { $0 != "\"" }.split(separator: " ").compactMap { Double($0) }
  guard numbers.count == 2 else { return svg }
  let (width, height) = (plain(numbers[0] + 2 * margin.x), plain(numbers[1] + 2 * margin.y))
  let corner = (x: plain(-margin.x), y: plain(-margin.y))
  let words = head.replacing(
    "viewBox=\"0 0 \(plain(numbers[0])) \(plain(numbers[1]))\"",
    with: "viewBox=\"\(corner.x) \(corner.y) \(width) \(height)\""
  )
  .replacing(" width=\"\(plain(numbers[0]))\"", with: " width=\"\(width)\"")
  .replacing(" height=\"\(plain(numbers[1]))\"", with: " height=\"\(height)\"")
  let ground = "<rect x=\"\(corner.x)\" y=\"\(corner.y)\" width=\"\(width)\" height=\"\(height)\" fill=\"#fcfbf8\"/>"
  // What a picture says in words comes first in it.
  let body = text[end...].dropFirst()
  let start = body.firstRange(of: "</desc>")?.upperBound ?? body.startIndex
  return Array((words + ">" + body[..<start] + ground + body[start...]).utf8)
}

/// Pixels of ground around a picture.
private let margin = (x: 30.0, y: 14.0)

private func plain(_ number: Double) -> String {
  number == number.rounded() ? String(Int(limited: number, to: 1_000_000)) : String(number)
}
