package import AlmanacCore
private import Synchronization

/// Keeps what stages made, by the fingerprint of what they made it from, so that the next build need not make it again.
///
/// Two files in `.almanac/cache`: `data-N`, to which kept bytes are appended, and `index`, which says where each lies.
/// An artifact depends on its key alone and never changes. A damaged cache is one that holds less: every artifact is
/// checked against its own fingerprint when it is taken out. What was not asked for in the last builds is dropped.
package final class ArtifactStore: Sendable {
  private struct Entry: Sendable {
    /// Where the bytes lie in the data file; `nil` for what was added since.
    var range: Range<Int>
    var fingerprint: Fingerprint
    /// The build that last asked for it, counted from the store's first.
    var lastUsed: UInt32
  }

  private struct State: Sendable {
    var entries: [Fingerprint: Entry] = [:]
    var added: [Fingerprint: [UInt8]] = [:]
    var generation: UInt32 = 1
    var dataNumber: UInt32 = 0
    var dataSize = 0
    var isChanged = false
  }

  private let folder: String
  private let files: any FileSystem
  private let version: Fingerprint
  private let limit: Int
  private let state: Mutex<State>

  /// Opens the store of a report; an absent, damaged or older one opens empty.
  package init(_ environment: BuildEnvironment) {
    folder = environment.path(".almanac/cache")
    files = environment.files
    version = Fingerprint("artifact store 1 " + environment.toolVersion)
    limit = environment.limits.cacheBytes
    let bytes = (try? files.read(joinPath(folder, "index"), atMost: limit)) ?? []
    state = Mutex(Self.readIndex(bytes, version: version) ?? State())
  }
}

// MARK: - Use

extension ArtifactStore {
  /// Returns the bytes kept under a key.
  package func artifact(for key: Fingerprint) -> [UInt8]? {
    enum Place {
      case memory([UInt8])
      case disk(Entry, UInt32)
    }
    let place: Place? = state.withLock { state in
      if let bytes = state.added[key] { return .memory(bytes) }
      guard var entry = state.entries[key] else { return nil }
      if entry.lastUsed != state.generation {
        entry.lastUsed = state.generation
        state.entries[key] = entry
      }
      return .disk(entry, state.dataNumber)
    }
    switch place {
    case nil: return nil
    case .memory(let bytes): return bytes
    case .disk(let entry, let number):
      if let bytes = try? files.read(dataPath(number), range: entry.range), Fingerprint(bytes) == entry.fingerprint {
        return bytes
      }
      state.withLock {
        $0.entries[key] = nil
        $0.isChanged = true
      }
      return nil
    }
  }

  /// Keeps bytes under a key until ``save()`` writes them down.
  package func keep(_ bytes: [UInt8], for key: Fingerprint) {
    state.withLock { state in
      guard state.entries[key] == nil else { return }
      state.added[key] = bytes
      state.isChanged = true
    }
  }

  /// Returns the artifact of a key, made now if it is not kept.
  package func artifact(for key: Fingerprint, orMake make: () throws -> [UInt8]) rethrows -> [UInt8] {
    if let kept = artifact(for: key) { return kept }
    let bytes = try make()
    keep(bytes, for: key)
    return bytes
  }

  /// Writes down what was added. To be called once, at the end of a build and under its lock.
  ///
  /// A cache that cannot be written costs time and nothing else, so there is no diagnostic.
  package func save() {
    state.withLock { state in
      // Uses alone are worth writing only now and then: an unchanged build touches nothing.
      guard state.isChanged else { return }
      do {
        try files.makeFolder(folder)
        try Self.isWasteful(state, limit: limit) ? rewrite(&state) : append(&state)
        state.generation += 1
        let index = joinPath(folder, "index")
        try files.write(Self.index(state, version: version), to: index + ".new")
        try files.move(index + ".new", to: index)
        state.isChanged = false
      } catch {}
    }
  }
}

// MARK: - The data file

extension ArtifactStore {
  private func dataPath(_ number: UInt32) -> String { joinPath(folder, "data-\(number)") }

  /// Whether more than half of the data file, and more than a little, is of no use any more.
  private static func isWasteful(_ state: State, limit: Int) -> Bool {
    let used = state.entries.values.reduce(0) { $0 + ($1.lastUsed + 8 >= state.generation ? $1.range.count : 0) }
    return state.dataSize > limit || state.dataSize > 1 << 20 && used * 2 < state.dataSize
  }

  private func append(_ state: inout State) throws(FileError) {
    let path = dataPath(state.dataNumber)
    // The real end: a build that was cut off may have left more than the index knows.
    var end = 0
    if case .file(let size)? = try files.kind(of: path, followingLinks: false) { end = size }
    let (bytes, entries) = Self.layOut(state.added, from: end, generation: state.generation)
    try files.append(bytes, to: path)
    state.entries.merge(entries) { _, new in new }
    state.added = [:]
    state.dataSize = end + bytes.count
  }

  /// Starts a new data file with what was used in the last builds, newest first, up to half of the limit.
  private func rewrite(_ state: inout State) throws(FileError) {
    let old = dataPath(state.dataNumber)
    var kept = state.added
    var size = kept.values.reduce(0) { $0 + $1.count }
    let recent = state.entries.sorted { ($1.value.lastUsed, $0.key) < ($0.value.lastUsed, $1.key) }
    for (key, entry) in recent where entry.lastUsed + 8 >= state.generation && size + entry.range.count <= limit / 2 {
      guard let bytes = try? files.read(old, range: entry.range), Fingerprint(bytes) == entry.fingerprint else {
        continue
      }
      kept[key] = bytes
      size += bytes.count
    }
    let (bytes, entries) = Self.layOut(kept, from: 0, generation: state.generation)
    try files.write(bytes, to: dataPath(state.dataNumber + 1))
    state.dataNumber += 1
    (state.entries, state.added, state.dataSize) = (entries, [:], bytes.count)
    try? files.removeFile(old)
  }

  private static func layOut(
    _ added: [Fingerprint: [UInt8]], from start: Int, generation: UInt32
  ) -> (bytes: [UInt8], entries: [Fingerprint: Entry]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(added.values.reduce(0) { $0 + $1.count })
    var entries: [Fingerprint: Entry] = [:]
    for (key, artifact) in added.sorted(by: { $0.key < $1.key }) {
      let offset = start + bytes.count
      bytes += artifact
      entries[key] = Entry(
        range: offset..<(offset + artifact.count), fingerprint: Fingerprint(artifact), lastUsed: generation)
    }
    return (bytes, entries)
  }
}

// MARK: - The index

extension ArtifactStore {
  /// Version, checksum of the rest, generation, number of the data file; then 48 bytes for each entry. Little-endian.
  private static func index(_ state: State, version: Fingerprint) -> [UInt8] {
    var body = ByteWriter()
    body.add(UInt64(state.generation))
    body.add(UInt64(state.dataNumber))
    for (key, entry) in state.entries.sorted(by: { $0.key < $1.key }) {
      body.add(key)
      body.add(entry.fingerprint)
      body.add(UInt64(entry.range.lowerBound))
      body.add(UInt64(entry.range.count) << 32 | UInt64(entry.lastUsed))
    }
    var whole = ByteWriter()
    whole.add(version)
    whole.add(Fingerprint(body.bytes))
    return whole.bytes + body.bytes
  }

  private static func readIndex(_ bytes: [UInt8], version: Fingerprint) -> State? {
    var reader = ByteReader(bytes: bytes)
    guard reader.fingerprint() == version, let checksum = reader.fingerprint(),
      Fingerprint(Array(bytes.dropFirst(32))) == checksum, let generation = reader.word(), let number = reader.word()
    else { return nil }
    var state = State()
    state.generation = UInt32(truncatingIfNeeded: generation)
    state.dataNumber = UInt32(truncatingIfNeeded: number)
    while let key = reader.fingerprint(), let fingerprint = reader.fingerprint(), let offset = reader.word(),
      let packed = reader.word()
    {
      guard offset < 1 << 48 else { return nil }
      let range = Int(offset)..<(Int(offset) + Int(packed >> 32))
      state.entries[key] = Entry(
        range: range, fingerprint: fingerprint, lastUsed: UInt32(truncatingIfNeeded: packed))
      state.dataSize = max(state.dataSize, range.upperBound)
    }
    return state
  }
}

private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ word: UInt64) { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }

  mutating func add(_ fingerprint: Fingerprint) {
    add(fingerprint.high)
    add(fingerprint.low)
  }
}

private struct ByteReader {
  let bytes: [UInt8]
  private var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func word() -> UInt64? {
    guard offset + 8 <= bytes.count else { return nil }
    defer { offset += 8 }
    return UInt64(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) })
  }

  mutating func fingerprint() -> Fingerprint? {
    guard let high = word(), let low = word() else { return nil }
    return Fingerprint(high: high, low: low)
  }
}
