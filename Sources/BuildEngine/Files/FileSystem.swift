/// All that Almanac does with a disk; nothing else in the program opens a file.
///
/// Stages get values, so they can be tested in a line; what writes is tested on ``MemoryFileSystem``, where every step
/// can be made to fail. Paths have `/` between parts and are absolute or relative to the working directory.
package protocol FileSystem: Sendable {
  /// What stands at a path; `nil` when nothing does. A link is followed only when asked.
  func kind(of path: String, followingLinks: Bool) throws(FileError) -> FileKind?

  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  func entries(of folder: String) throws(FileError) -> [FolderEntry]

  /// The path without links, `.` and `..`.
  func resolvedPath(of path: String) throws(FileError) -> String

  /// The bytes of a regular file. Anything else (a pipe, a device) and a file above the limit is an error.
  func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8]

  /// A part of a file; shorter when the file ends before.
  func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8]

  /// Creates or replaces a file, in place: whoever wants a whole file or none writes a sibling and moves it.
  func write(_ bytes: [UInt8], to path: String) throws(FileError)

  /// Adds to the end of a file, which is created when absent.
  func append(_ bytes: [UInt8], to path: String) throws(FileError)

  /// Creates a folder and those above it; no error when it is there.
  func makeFolder(_ path: String) throws(FileError)

  /// Renames, replacing a file at the new path in one step.
  func move(_ path: String, to newPath: String) throws(FileError)

  /// Lets whoever may use a file use another as well.
  func copyPermissions(of path: String, to newPath: String) throws(FileError)

  /// Gives a file a second name.
  func link(_ path: String, to newPath: String) throws(FileError)

  func removeFile(_ path: String) throws(FileError)

  /// Removes a folder that is empty.
  func removeFolder(_ path: String) throws(FileError)

  /// Locks a folder against other builds; `nil` when another holds it. The lock ends when the value is dropped.
  func lock(_ folder: String) throws(FileError) -> (any FileLock)?
}

package enum FileKind: Hashable, Sendable {
  case file(size: Int)
  case folder
  case link
  /// A pipe, a socket, a device.
  case other
}

package struct FolderEntry: Hashable, Sendable {
  package var name: String
  /// A file's size is not looked up for this: 0.
  package var kind: FileKind
  /// `false` for a name that is not UTF-8; `name` then has replacement characters and opens nothing.
  package var isNameValid = true
}

/// Held as long as the value lives.
package protocol FileLock: AnyObject, Sendable {}

/// What went wrong with a file, as the system says it.
package struct FileError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case absent, denied, exists, isFolder, notFolder, notRegular, notEmpty, tooLarge, diskFull, readOnly, linkLoop
    case otherDevice, nameTooLong
    case system(String)
  }

  package var path: String
  package var reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// A phrase for the end of a message: "cannot write X: no space left on the disk".
  package var phrase: String {
    switch reason {
    case .absent: "no such file or folder"
    case .denied: "permission denied"
    case .exists: "it exists already"
    case .isFolder: "it is a folder"
    case .notFolder: "a part of its path is not a folder"
    case .notRegular: "it is not a regular file"
    case .notEmpty: "the folder is not empty"
    case .tooLarge: "it is too large"
    case .diskFull: "no space left on the disk"
    case .readOnly: "the disk is read-only"
    case .linkLoop: "its symbolic links form a loop"
    case .otherDevice: "it is on another disk"
    case .nameTooLong: "its name is too long"
    case .system(let text): text
    }
  }
}

extension FileSystem {
  /// Whether anything stands at the path, not following a last link.
  package func exists(_ path: String) -> Bool { (try? kind(of: path, followingLinks: false)) != nil }

  /// Removes a file or a folder with all in it; links are removed, not followed. What cannot be removed stays.
  package func removeTree(_ path: String) {
    guard let kind = try? kind(of: path, followingLinks: false) else { return }
    guard kind == .folder else { return _ = try? removeFile(path) }
    for entry in (try? entries(of: path)) ?? [] where entry.isNameValid { removeTree(joinPath(path, entry.name)) }
    try? removeFolder(path)
  }
}

/// Joins two parts with one `/`; an absolute second part stands for itself, an empty one adds nothing.
package func joinPath(_ folder: String, _ name: String) -> String {
  if folder.isEmpty || name.utf8.first == UInt8(ascii: "/") { return name }
  if name.isEmpty { return folder }
  return folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
}

/// Returns the folder part of a path: `en` of `en/a.html`, empty for a bare name.
package func folderPath(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Returns whether a relative path stays below where it starts and can be a file name anywhere: no `..`, no `.`, no
/// empty part, no control character, no backslash.
package func isSafeRelativePath(_ path: String) -> Bool {
  guard !path.isEmpty, path.utf8.count < 1024,
    path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" })
  else { return false }
  return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
    !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255
  }
}
