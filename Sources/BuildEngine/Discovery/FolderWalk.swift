import AlmanacCore

/// A walk over a folder of the report that cannot be led out of it or go on for ever.
struct FolderWalk {
  /// Paths of files, relative to the report's root, in the order of their bytes.
  private(set) var found: [String] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let environment: BuildEnvironment
  private let resolvedRoot: String?
  /// Where the folders being visited really are, outermost first: one that comes again is a loop.
  private var trail: [String] = []
  private var isOverLimit = false

  init(_ environment: BuildEnvironment) {
    self.environment = environment
    resolvedRoot = try? environment.files.resolvedPath(of: environment.root)
  }

  /// Visits a folder of the report, if there is one.
  mutating func visit(_ folder: String) {
    do {
      guard let kind = try environment.files.kind(of: environment.path(folder), followingLinks: false) else { return }
      visit(folder, kind)
    } catch { diagnostics.append(.unreadable(folder, error)) }
    found.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func visit(_ path: String, _ kind: FileKind) {
    switch kind {
    case .file:
      guard found.count < environment.limits.fileCount else {
        return tellOnce(.tooManyFiles(environment.limits.fileCount))
      }
      found.append(path)
    case .folder: visitFolder(path)
    case .link: visitLink(path)
    case .other: diagnostics.append(.notRegular(path))
    }
  }

  private mutating func visitFolder(_ path: String) {
    guard trail.count < environment.limits.depth else {
      return tellOnce(.tooDeep(path, limit: environment.limits.depth))
    }
    do {
      let resolved = try environment.files.resolvedPath(of: environment.path(path))
      guard !trail.contains(resolved) else { return diagnostics.append(.linkLoop(path)) }
      trail.append(resolved)
      defer { trail.removeLast() }
      for entry in try environment.files.entries(of: environment.path(path)) {
        let inner = path + "/" + entry.name
        if !entry.isNameValid || !isSafeRelativePath(entry.name) {
          diagnostics.append(.unusableName(inner))
        } else if !entry.name.hasPrefix("."), !entry.name.hasSuffix("~") {
          visit(inner, entry.kind)
        }
      }
    } catch { diagnostics.append(.unreadable(path, error)) }
  }

  private mutating func visitLink(_ path: String) {
    do {
      let resolved = try environment.files.resolvedPath(of: environment.path(path))
      guard let resolvedRoot, resolved == resolvedRoot || resolved.hasPrefix(resolvedRoot + "/") else {
        return diagnostics.append(.linkLeaves(path))
      }
      guard let kind = try environment.files.kind(of: resolved, followingLinks: true) else {
        return diagnostics.append(.danglingLink(path))
      }
      visit(path, kind)
    } catch {
      switch error.reason {
      case .linkLoop: diagnostics.append(.linkLoop(path))
      case .absent: diagnostics.append(.danglingLink(path))
      default: diagnostics.append(.unreadable(path, error))
      }
    }
  }

  private mutating func tellOnce(_ diagnostic: Diagnostic) {
    if !isOverLimit { diagnostics.append(diagnostic) }
    isOverLimit = true
  }
}
