#if canImport(Glibc)
  private import Glibc

  /// Hears of changes below some folders from the kernel: a thin wrapper over inotify(7).
  ///
  /// Watches every folder below the given ones, and folders that come later as soon as they are noticed. What exactly
  /// changed is not told: a build finds that out by fingerprints.
  struct WatchTree: ~Copyable {
    private let descriptor: Int32
    private let folders: [String]

    private static var mask: UInt32 {
      UInt32(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF)
    }

    /// - Parameter folders: absent ones are watched as soon as they are there.
    init(_ folders: [String]) {
      self.folders = folders
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      watchAll()
    }

    deinit { close(descriptor) }

    /// Takes what has been heard since the last call; returns whether there was anything that matters.
    func hasChanges() -> Bool {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      var isChanged = false
      while true {
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { break }
        if Self.matters(buffer[..<count]) { isChanged = true }
      }
      // New folders are watched from now on; adding a watch again does nothing.
      if isChanged { watchAll() }
      return isChanged
    }

    private func watchAll() {
      for folder in folders { watch(folder, depth: 0) }
    }

    private func watch(_ folder: String, depth: Int) {
      guard depth < 32, inotify_add_watch(descriptor, folder, Self.mask) >= 0, let stream = opendir(folder) else {
        return
      }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        guard entry.pointee.d_type == UInt8(DT_DIR) || entry.pointee.d_type == UInt8(DT_LNK) else { continue }
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { watch(folder + "/" + name, depth: depth + 1) }
      }
    }

    /// Whether one of these events is about a file that a report could have: not an editor's hidden or backup file.
    private static func matters(_ events: ArraySlice<UInt8>) -> Bool {
      events.withUnsafeBytes { buffer in
        var offset = 0
        let headerSize = MemoryLayout<inotify_event>.size
        while offset + headerSize <= buffer.count {
          let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
          let name = buffer[(offset + headerSize)..<min(buffer.count, offset + headerSize + length)].prefix { $0 != 0 }
          if name.isEmpty || name.first != UInt8(ascii: ".") && name.last != UInt8(ascii: "~") { return true }
          offset += headerSize + length
        }
        return false
      }
    }
  }
#else
  /// Without inotify: something may have changed at any time, and a build that finds nothing changed is cheap.
  struct WatchTree: ~Copyable {
    init(_ folders: [String]) {}
    func hasChanges() -> Bool { true }
  }
#endif
