private import Synchronization

/// Files in memory: a report as a revision has it, and for tests, where every step that changes something can be made to
/// fail.
///
/// Paths are taken as written, relative to an imagined root; `..` is resolved in ``resolvedPath(of:)`` alone.
package final class MemoryFileSystem: FileSystem {
  package enum Item: Hashable, Sendable {
    case file([UInt8])
    case folder
    case link(String)
    /// A file that cannot be read.
    case locked
  }

  fileprivate struct State: Sendable {
    var items: [String: Item] = [:]
    var lockedFolders: Set<String> = []
    /// How many changing steps are left before they fail; `nil` for no end.
    var stepsLeft: Int?
    /// Whether every later step fails too, as after a crash, or that one alone.
    var staysBroken = false
    var failure: FileError.Reason = .diskFull
    /// How many changing steps have been asked for.
    var steps = 0
  }

  fileprivate let state: Mutex<State>

  package init(_ files: [String: String] = [:]) {
    var items: [String: Item] = [:]
    for (path, text) in files {
      items[path] = .file(Array(text.utf8))
      var folder = folderPath(of: path)
      while !folder.isEmpty, folder != "/" {
        items[folder] = .folder
        folder = folderPath(of: folder)
      }
    }
    state = Mutex(State(items: items))
  }

  /// - Parameter items: by path, all folders among them.
  package init(items: [String: Item]) { state = Mutex(State(items: items)) }

  /// All files with their texts, for comparing whole trees.
  package func texts(under folder: String = "") -> [String: String] {
    state.withLock { state in
      var texts: [String: String] = [:]
      for case (let path, .file(let bytes)) in state.items where folder.isEmpty || path.hasPrefix(folder + "/") {
        texts[path] = String(decoding: bytes, as: UTF8.self)
      }
      return texts
    }
  }

  package var items: [String: Item] { state.withLock { $0.items } }

  package func set(_ path: String, _ item: Item?) { state.withLock { $0.items[path] = item } }

  /// How many changing steps have been asked for.
  package var steps: Int { state.withLock { $0.steps } }

  /// Makes a changing step fail after so many that succeed: that one alone, or as after a crash all that follow.
  package func fail(after steps: Int?, _ reason: FileError.Reason = .diskFull, staysBroken: Bool = false) {
    state.withLock { ($0.stepsLeft, $0.failure, $0.staysBroken) = (steps, reason, staysBroken) }
  }
}

// MARK: - Reading

extension MemoryFileSystem {
  package func kind(of path: String, followingLinks: Bool) throws(FileError) -> FileKind? {
    guard let path = followingLinks ? try? follow(path) : path else { throw FileError(path, .linkLoop) }
    switch state.withLock({ $0.items[path] }) {
    case .file(let bytes): return .file(size: bytes.count)
    case .locked: return .file(size: 1)
    case .folder: return .folder
    case .link: return .link
    case nil: return path.isEmpty || path == "." ? .folder : nil
    }
  }

  package func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    let folder = try follow(folder)
    guard try kind(of: folder, followingLinks: false) == .folder else { throw FileError(folder, .absent) }
    let prefix = folder.isEmpty || folder == "." ? "" : folder + "/"
    let names = state.withLock { state in
      state.items.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") }
        .map { String($0.dropFirst(prefix.count)) }
    }
    var entries: [FolderEntry] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      if let kind = try kind(of: prefix + name, followingLinks: false) {
        entries.append(FolderEntry(name: name, kind: kind))
      }
    }
    return entries
  }

  package func resolvedPath(of path: String) throws(FileError) -> String { try follow(path) }

  package func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    switch state.withLock({ [path = try? follow(path)] state in path.flatMap { state.items[$0] } }) {
    case .file(let bytes):
      if bytes.count > limit { throw FileError(path, .tooLarge) }
      return bytes
    case .locked: throw FileError(path, .denied)
    case .folder: throw FileError(path, .notRegular)
    case .link, nil: throw FileError(path, .absent)
    }
  }

  package func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] {
    Array(try read(path, atMost: .max).dropFirst(range.lowerBound).prefix(range.count))
  }

  /// Follows links in every part of the path.
  private func follow(_ path: String) throws(FileError) -> String {
    var done: [String] = []
    var rest = path.split(separator: "/").map(String.init)
    var hops = 0
    while !rest.isEmpty {
      let part = rest.removeFirst()
      if part == "." { continue }
      if part == ".." {
        _ = done.popLast()
        continue
      }
      done.append(part)
      let sofar = (path.hasPrefix("/") ? "/" : "") + done.joined(separator: "/")
      if case .link(let target)? = state.withLock({ $0.items[sofar] }) {
        hops += 1
        if hops > 40 { throw FileError(path, .linkLoop) }
        done = target.hasPrefix("/") ? [] : Array(done.dropLast())
        rest = target.split(separator: "/").map(String.init) + rest
        if target.hasPrefix("/") { return target }
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + done.joined(separator: "/")
  }
}

// MARK: - Changing

extension MemoryFileSystem {
  package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try change(path) { $0.items[path] = .file(bytes) }
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    try change(path) { state in
      if case .file(let old)? = state.items[path] {
        state.items[path] = .file(old + bytes)
      } else {
        state.items[path] = .file(bytes)
      }
    }
  }

  package func makeFolder(_ path: String) throws(FileError) {
    guard let kind = try kind(of: path, followingLinks: true) else {
      let parent = folderPath(of: path)
      if !parent.isEmpty { try makeFolder(parent) }
      return try change(path) { $0.items[path] = .folder }
    }
    guard kind == .folder else { throw FileError(path, .exists) }
  }

  package func move(_ path: String, to newPath: String) throws(FileError) {
    guard let item = state.withLock({ $0.items[path] }) else { throw FileError(newPath, .absent) }
    try change(newPath) { state in
      state.items[path] = nil
      state.items[newPath] = item
    }
  }

  package func copyPermissions(of path: String, to newPath: String) throws(FileError) {
    guard exists(path), exists(newPath) else { throw FileError(path, .absent) }
  }

  package func link(_ path: String, to newPath: String) throws(FileError) {
    guard let item = state.withLock({ $0.items[path] }) else { throw FileError(newPath, .absent) }
    guard !exists(newPath) else { throw FileError(newPath, .exists) }
    try change(newPath) { $0.items[newPath] = item }
  }

  package func removeFile(_ path: String) throws(FileError) {
    guard exists(path) else { throw FileError(path, .absent) }
    try change(path) { $0.items[path] = nil }
  }

  package func removeFolder(_ path: String) throws(FileError) {
    guard try entries(of: path).isEmpty else { throw FileError(path, .notEmpty) }
    try change(path) { $0.items[path] = nil }
  }

  package func lock(_ folder: String) throws(FileError) -> (any FileLock)? {
    guard state.withLock({ $0.lockedFolders.insert(folder).inserted }) else { return nil }
    return MemoryLock(folder, in: self)
  }

  private func change(_ path: String, _ body: (inout sending State) -> Void) throws(FileError) {
    try state.withLock { (state) throws(FileError) in
      state.steps += 1
      if let left = state.stepsLeft {
        if left == 0 {
          if !state.staysBroken { state.stepsLeft = nil }
          throw FileError(path, state.failure)
        }
        state.stepsLeft = left - 1
      }
      if !folderPath(of: path).isEmpty, folderPath(of: path) != "/", state.items[folderPath(of: path)] != .folder {
        throw FileError(path, .absent)
      }
      body(&state)
    }
  }
}

private final class MemoryLock: FileLock {
  let folder: String
  let files: MemoryFileSystem

  init(_ folder: String, in files: MemoryFileSystem) {
    self.folder = folder
    self.files = files
  }

  deinit { files.state.withLock { [folder] in _ = $0.lockedFolders.remove(folder) } }
}
