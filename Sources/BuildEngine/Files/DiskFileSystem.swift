#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// The real disk, by system calls: a thousand small files are read in some ten milliseconds.
package struct DiskFileSystem: FileSystem {
  package init() {}

  package func kind(of path: String, followingLinks: Bool) throws(FileError) -> FileKind? {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last(path)
    }
    return FileKind(status)
  }

  package func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { throw .last(folder) }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          Array(
            UnsafeBufferPointer(
              start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))))
        }
      }
      if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
      let name = String(decoding: bytes, as: UTF8.self)
      let isValid = Array(name.utf8) == bytes
      // Gone since the folder was opened: as if it had never been there.
      guard let kind = isValid ? try kind(of: entry, joinPath(folder, name)) : .other else { continue }
      entries.append(FolderEntry(name: name, kind: kind, isNameValid: isValid))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What the folder itself says of an entry, so that a thousand files need no thousand calls.
  private func kind(of entry: UnsafePointer<dirent>, _ path: String) throws(FileError) -> FileKind? {
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): .file(size: 0)
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): try kind(of: path, followingLinks: false)
    default: .other
    }
  }

  package func resolvedPath(of path: String) throws(FileError) -> String {
    guard let resolved = realpath(path.isEmpty ? "." : path, nil) else { throw .last(path) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  package func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    // Without O_NONBLOCK, opening a pipe would wait for a writer for ever.
    let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
    guard case .file(let size) = try file.kind() else { throw FileError(path, .notRegular) }
    guard size <= limit else { throw FileError(path, .tooLarge) }
    return try file.read(expecting: size, at: 0, limit: limit)
  }

  package func read(_ path: String, range: Range<Int>) throws(FileError) -> [UInt8] {
    let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
    guard case .file(let size) = try file.kind() else { throw FileError(path, .notRegular) }
    let count = max(0, min(range.count, size - range.lowerBound))
    return try file.read(expecting: count, at: range.lowerBound, limit: count)
  }

  package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try Descriptor(path, O_WRONLY | O_CREAT | O_TRUNC).write(bytes)
  }

  package func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    try Descriptor(path, O_WRONLY | O_CREAT | O_APPEND).write(bytes)
  }

  package func makeFolder(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 || path.isEmpty { return }
    switch errno {
    case EEXIST:
      guard try kind(of: path, followingLinks: true) == .folder else { throw FileError(path, .exists) }
    case ENOENT:
      let parent = folderPath(of: path)
      guard !parent.isEmpty, parent != path else { throw .last(path) }
      try makeFolder(parent)
      if mkdir(path, 0o777) != 0, errno != EEXIST { throw .last(path) }
    default: throw .last(path)
    }
  }

  package func move(_ path: String, to newPath: String) throws(FileError) {
    guard rename(path, newPath) == 0 else { throw .last(newPath) }
  }

  package func copyPermissions(of path: String, to newPath: String) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last(path) }
    guard chmod(newPath, status.st_mode & 0o7777) == 0 else { throw .last(newPath) }
  }

  package func link(_ path: String, to newPath: String) throws(FileError) {
    guard linkat(AT_FDCWD, path, AT_FDCWD, newPath, 0) == 0 else { throw .last(newPath) }
  }

  package func removeFile(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw .last(path) }
  }

  package func removeFolder(_ path: String) throws(FileError) {
    guard rmdir(path) == 0 else { throw .last(path) }
  }

  package func lock(_ folder: String) throws(FileError) -> (any FileLock)? {
    let descriptor = try Descriptor(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY)
    guard descriptor.lock() else {
      if errno == EWOULDBLOCK { return nil }
      throw .last(folder)
    }
    return descriptor
  }
}

// MARK: - An open file

/// A file descriptor that is closed when the value is dropped.
private final class Descriptor: FileLock {
  let number: Int32
  let path: String

  init(_ path: String, _ flags: Int32) throws(FileError) {
    self.path = path
    var opened: Int32
    repeat { opened = open(path, flags | O_CLOEXEC, 0o666) } while opened < 0 && errno == EINTR
    number = opened
    if opened < 0 { throw .last(path) }
  }

  deinit { if number >= 0 { close(number) } }

  func kind() throws(FileError) -> FileKind {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .last(path) }
    return FileKind(status)
  }

  func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

  /// Reads to the end or to `limit`. A file that grows while it is read is read as long as it was found to be.
  func read(expecting size: Int, at offset: Int, limit: Int) throws(FileError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = pread(number, buffer.baseAddress! + filled, size - filled, off_t(offset + filled))
        if count > 0 {
          filled += count
        } else if count == 0 {
          return
        } else if errno != EINTR {
          failed = true
          return
        }
      }
    }
    if failed { throw .last(path) }
    return bytes
  }

  func write(_ bytes: [UInt8]) throws(FileError) {
    var failed = false
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        #if canImport(Glibc)
          let count = Glibc.write(number, buffer.baseAddress! + written, buffer.count - written)
        #else
          let count = Darwin.write(number, buffer.baseAddress! + written, buffer.count - written)
        #endif
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          failed = true
          return
        }
      }
    }
    if failed { throw .last(path) }
  }
}

extension FileKind {
  fileprivate init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file(size: Int(status.st_size))
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

extension FileError {
  /// The error of the system call that has just failed.
  fileprivate static func last(_ path: String) -> FileError {
    let number = errno
    let reason: Reason =
      switch number {
      case ENOENT: .absent
      case EACCES, EPERM: .denied
      case EEXIST: .exists
      case EISDIR: .isFolder
      case ENOTDIR: .notFolder
      case ENOTEMPTY: .notEmpty
      case EFBIG: .tooLarge
      case ENOSPC, EDQUOT: .diskFull
      case EROFS: .readOnly
      case ELOOP: .linkLoop
      case EXDEV: .otherDevice
      case ENAMETOOLONG: .nameTooLong
      default: .system(String(cString: strerror(number)).lowercased())
      }
    return FileError(path, reason)
  }
}
