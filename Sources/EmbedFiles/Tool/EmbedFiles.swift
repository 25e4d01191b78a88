import Foundation

/// Writes a Swift source that holds all files below a folder: `EmbedFiles FOLDER OUTPUT`.
///
/// Texts become string literals, which compile in no time; hidden files are left out. Sorted by path, so that the same
/// files give the same source.
@main
struct EmbedFiles {
  static func main() throws {
    let (folder, output) = (CommandLine.arguments[1], CommandLine.arguments[2])
    let paths = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
    var source = """
      /// The files below `\((folder as NSString).lastPathComponent)`, by path: made by EmbedFiles, not by hand.
      let embeddedFiles: [(path: String, text: String)] = [

      """
    for path in paths where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      var isFolder: ObjCBool = false
      let full = folder + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      guard let text = String(data: try Data(contentsOf: URL(filePath: full)), encoding: .utf8) else {
        fatalError("\(full) is not UTF-8 text; only texts can be embedded")
      }
      source += "  (path: \(literal(path)), text: \(literal(text))),\n"
    }
    try Data((source + "]\n").utf8).write(to: URL(filePath: output))
  }

  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value):
        literal += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
