import AlmanacCore
import BuildEngine

/// The charts of the guide that `almanac init` writes, drawn as a report draws them, from the guide's own data.
///
/// The guide is built in memory, so what the gallery shows is what a reader of the guide sees.
func guideExamples(language: LanguageTag, jobs: Int) async -> [GalleryExample] {
  let edition = language.isChinese ? "zh-Hans" : "en"
  let sources = starterFiles()
  let files = MemoryFileSystem(
    Dictionary(uniqueKeysWithValues: sources.map { ("guide/" + $0.path, String(decoding: $0.bytes, as: UTF8.self)) }))
  _ = await buildReport(BuildEnvironment(files: files, root: "guide", jobs: jobs), BuildOptions())
  var examples: [GalleryExample] = []
  for source in sources.sorted(by: { $0.path < $1.path })
  where source.path.hasPrefix("Content/\(edition)/") && source.path.hasSuffix(".md") {
    let text = String(decoding: source.bytes, as: UTF8.self)
    let chapter = chapterTitle(text) ?? source.path
    let name = source.path.split(separator: "/").last?.dropLast(3) ?? ""
    let page = (try? files.read("guide/Output/\(edition)/\(name).html", atMost: 1 << 26)).map {
      String(decoding: $0, as: UTF8.self)
    }
    for fence in chartFences(text) {
      var body = fence.body
      if let own = fence.value(of: "spec"), let spec = sources.first(where: { $0.path == "Content/" + own }) {
        body += "\n# \(own)\n" + String(decoding: spec.bytes, as: UTF8.self)
      }
      examples.append(
        GalleryExample(
          group: chapter, name: fence.value(of: "caption") ?? fence.id, text: body,
          svg: page.flatMap { picture(of: fence.id, in: $0) }))
    }
  }
  return examples
}

/// The wide drawing of a figure on a page: it follows the page's colours, as the file for download does not.
private func picture(of id: String, in page: String) -> [UInt8]? {
  guard let frame = page.firstRange(of: " id=\"\(id)\">"),
    let box = page[frame.upperBound...].firstRange(of: "<div class=\"chart chart-wide\">"),
    let end = page[box.upperBound...].firstRange(of: "</svg>")
  else { return nil }
  return Array(page[box.upperBound..<end.upperBound].utf8)
}

/// A `vega-lite` fence of a chapter.
struct ChartFence: Equatable {
  var id: String
  var body: String

  /// The text behind a key at the start of a line.
  func value(of key: String) -> String? {
    for line in body.split(separator: "\n") where line.hasPrefix(key + ": ") {
      let value = line.dropFirst(key.count + 2)
      return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
        ? String(value.dropFirst().dropLast()) : String(value)
    }
    return nil
  }
}

/// The fences that draw a chart with an id; those that only show how one is written stand in longer fences.
func chartFences(_ chapter: String) -> [ChartFence] {
  var fences: [ChartFence] = []
  var open: (length: Int, id: String?, lines: [Substring])?
  for line in chapter.split(separator: "\n", omittingEmptySubsequences: false) {
    let ticks = line.prefix { $0 == "`" }.count
    if let fence = open {
      if ticks >= fence.length, line.allSatisfy({ $0 == "`" }) {
        if let id = fence.id { fences.append(ChartFence(id: id, body: fence.lines.joined(separator: "\n") + "\n")) }
        open = nil
      } else {
        open?.lines.append(line)
      }
    } else if ticks >= 3 {
      let words = line.dropFirst(ticks).split(separator: " ")
      let id = words.first == "vega-lite" ? words.first { $0.hasPrefix("#") }.map { String($0.dropFirst()) } : nil
      open = (ticks, id, [])
    }
  }
  return fences
}

/// The title in a chapter's front matter.
private func chapterTitle(_ chapter: String) -> String? {
  guard chapter.hasPrefix("---\n") else { return nil }
  for line in chapter.dropFirst(4).split(separator: "\n") {
    if line == "---" { return nil }
    if line.hasPrefix("title: ") { return String(line.dropFirst(7)) }
  }
  return nil
}
