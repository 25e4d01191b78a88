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

  /// A picture that has left its page as PNG; `nil` where the program fails.
  package func png(_ svg: [UInt8]) -> [UInt8]? {
    guard let source = TemporaryFile(), let target = TemporaryFile() else { return nil }
    defer {
      source.remove()
      target.remove()
    }
    guard source.write(svg) else { return nil }
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
