internal import VegaRuntime

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// `rsvg-convert` of librsvg, which makes pixels of pictures.
///
/// Looked for where a report asks for it with `png: true` in `report.yaml`. What it draws depends on the
/// fonts of the machine, so the bytes of PNG files may differ between machines, as no other file of the output does.
package struct PictureProgram: Sendable {
  /// Absolute.
  private let path: String
  /// Dots for each pixel of the picture.
  private let zoom = "2"

  /// - Returns: `nil` where it is not installed.
  init?(in environment: BuildEnvironment) {
    guard let path = environment.program(named: "rsvg-convert") else { return nil }
    self.path = path
  }

  /// A picture as PNG; `nil` where the program fails.
  package func png(_ svg: [UInt8]) -> [UInt8]? {
    guard let source = TemporaryFile(), let target = TemporaryFile() else { return nil }
    defer {
      source.remove()
      target.remove()
    }
    guard source.write(Self.withMargin(withLiteralPaints(svg))) else { return nil }
    let words = [path, "--zoom", zoom, "--background-color", "white", "--output", target.path, source.path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    guard posix_spawn(&process, path, nil, nil, &arguments, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    guard status == 0 else { return nil }
    let bytes = target.read()
    return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? bytes : nil
  }
}

extension PictureProgram {
  /// Pixels of white around a picture.
  private static let margin = (x: 30.0, y: 14.0)

  /// A picture with a margin. Texts are laid out with Arial's widths; where no such font is installed, a wider one stands in,
  /// and must not be cut off at the picture's edge.
  private static func withMargin(_ svg: [UInt8]) -> [UInt8] {
    let text = String(decoding: svg, as: UTF8.self)
    guard let head = text.firstIndex(of: ">").map({ text[...$0] }), let box = head.firstRange(of: "viewBox=\"0 0 ")
    else {
      return svg
    }
    let numbers = head[box.upperBound...].prefix { $0 != "\"" }.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 2 else { return svg }
    let (width, height) = (numbers[0] + 2 * margin.x, numbers[1] + 2 * margin.y)
    let sized = head.split(separator: " ").map { word in
      word.hasPrefix("width=")
        ? "width=\"\(width)\"" : word.hasPrefix("height=") ? "height=\"\(height)\"" : String(word)
    }.joined(separator: " ")
    let old = "viewBox=\"0 0 " + head[box.upperBound...].prefix { $0 != "\"" }
    let new = "viewBox=\"\(-margin.x) \(-margin.y) \(width) \(height)"
    return Array((sized.replacing(old, with: new) + text[head.endIndex...]).utf8)
  }
}
