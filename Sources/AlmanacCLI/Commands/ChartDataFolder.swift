import AlmanacCore
import BuildEngine

/// The files that a spec may read: those below one folder, and below `data` beside it, where Vega's own examples keep them.
struct ChartDataFolder: Sendable {
  let folders: [String]
  let environment: BuildEnvironment

  init(spec: String, base: String?, _ environment: BuildEnvironment) {
    let own = spec == "-" ? "." : folderPath(of: spec)
    self.environment = environment
    folders = [own, base].compactMap { $0 }.map { $0.isEmpty ? "." : $0 }
  }

  /// Without links, so that none leads out. Only asked for by charts that read a file.
  private var allowed: [String] {
    let home = folders.last ?? "."
    return [home, joinPath(home, "../data")].compactMap { try? environment.files.resolvedPath(of: $0) }
  }

  func load(_ url: String) -> SourceFile? {
    guard !url.contains("://"), !url.hasPrefix("/") else { return nil }
    let allowed = allowed
    for folder in folders {
      let path = joinPath(folder, url)
      guard let resolved = try? environment.files.resolvedPath(of: path),
        allowed.contains(where: { resolved.hasPrefix($0 == "/" ? "/" : $0 + "/") })
      else { continue }
      let file = readFile(path, as: .rows, environment)
      if !file.hasErrors { return file.value.source }
    }
    return nil
  }
}
