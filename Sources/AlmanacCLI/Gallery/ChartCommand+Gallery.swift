import AlmanacCore
import BuildEngine
import Localization

extension ChartCommand {
  /// Draws all specs, or the guide's charts, onto a page; returns the exit code.
  func writeGallery(
    to folder: String, _ zone: TimeZoneRules, _ environment: BuildEnvironment, _ telling: Telling
  ) async throws -> Int32 {
    let language = LanguageTag(lang) ?? .english
    var (examples, sources): ([GalleryExample], [SourceFile]) = ([], [])
    if specs.isEmpty {
      examples = await guideExamples(language: language, jobs: environment.jobs)
    } else {
      let drawn = try await Array(specs.enumerated()).concurrentMap(width: environment.jobs) { number, path in
        // A prefix of its own for each picture: all of them stand on one page.
        let drawn = draw(path, zone, environment, idPrefix: "chart-\(number)-")
        let example = GalleryExample(
          group: galleryGroup(of: path, among: specs), name: chartName(path),
          text: String(decoding: drawn.spec.value.bytes, as: UTF8.self), svg: drawn.svg,
          diagnostics: drawn.spec.diagnostics)
        return (example, drawn.spec.value)
      }
      (examples, sources) = (drawn.map(\.0), drawn.map(\.1))
    }
    do {
      try AlmanacCLI.writeGallery(
        examples, to: folder, language: language, isThemed: config == .almanac, environment)
    } catch {
      telling.tell([.error("chart.unwritable", "cannot write '\(error.path)': \(error.phrase)")])
      return 2
    }
    let diagnostics = examples.flatMap(\.diagnostics)
    telling.tell(diagnostics, sources: sources)
    let count = examples.count { $0.svg != nil }
    telling.sayDone("\(joinPath(folder, "index.html")): \(counted(count, "chart")) drawn")
    return diagnostics.contains { $0.severity == .error || strict } ? 1 : 0
  }
}
