import AlmanacCore
import BuildEngine
import Testing

@Suite struct ArtifactStoreTests {
  private let files = MemoryFileSystem()
  private var environment: BuildEnvironment { BuildEnvironment(files: files, root: "") }

  @Test func keepsFromBuildToBuildInFewFiles() {
    let first = ArtifactStore(environment)
    for number in 0..<500 { first.keep(bytes(number), for: key(number)) }
    first.save()
    let second = ArtifactStore(environment)
    #expect((0..<500).allSatisfy { second.artifact(for: key($0)) == bytes($0) })
    #expect(second.artifact(for: key(501)) == nil)
    second.keep(bytes(501), for: key(501))
    second.save()
    let third = ArtifactStore(environment)
    #expect(third.artifact(for: key(501)) == bytes(501) && third.artifact(for: key(7)) == bytes(7))
    #expect(files.texts().count == 2)
  }

  @Test func savesNothingWhenNothingIsNew() {
    let first = ArtifactStore(environment)
    first.keep(bytes(1), for: key(1))
    first.save()
    let before = files.steps
    let second = ArtifactStore(environment)
    _ = second.artifact(for: key(1))
    second.save()
    #expect(files.steps == before)
  }

  @Test func aDamagedOrOlderStoreHoldsLessAndNeverWrongBytes() {
    let first = ArtifactStore(environment)
    for number in 0..<9 { first.keep(bytes(number), for: key(number)) }
    first.save()
    let state = files.items
    for (path, item) in state {
      guard case .file(let whole) = item else { continue }
      for position in stride(from: 0, to: whole.count, by: 7) {
        var damaged = whole
        damaged[position] ^= 0x55
        files.set(path, .file(damaged))
        let store = ArtifactStore(environment)
        #expect(
          (0..<9).allSatisfy {
            store.artifact(for: key($0)).map { [$0] } ?? [] == [bytes($0)] || store.artifact(for: key($0)) == nil
          })
        files.set(path, .file(Array(whole.prefix(position))))
        let cut = ArtifactStore(environment)
        #expect((0..<9).allSatisfy { cut.artifact(for: key($0)) == nil || cut.artifact(for: key($0)) == bytes($0) })
      }
      files.set(path, item)
    }
    var other = environment
    other.toolVersion = "other"
    #expect(ArtifactStore(other).artifact(for: key(1)) == nil)
  }

  @Test func staysBoundedAndDropsWhatNoBuildAsksFor() throws {
    for round in 0..<40 {
      let store = ArtifactStore(environment)
      _ = store.artifact(for: key(0))
      store.keep(round == 0 ? bytes(0) : Array(repeating: UInt8(round), count: 200_000), for: key(round))
      store.save()
    }
    let sizes = files.texts().values.map(\.utf8.count)
    #expect(sizes.reduce(0, +) < 5_000_000)
    #expect(ArtifactStore(environment).artifact(for: key(0)) == bytes(0))
    #expect(ArtifactStore(environment).artifact(for: key(3)) == nil)
  }

  @Test func aCacheThatCannotBeWrittenIsNoError() {
    files.fail(after: 0, .readOnly, staysBroken: true)
    let store = ArtifactStore(environment)
    store.keep(bytes(1), for: key(1))
    store.save()
    #expect(store.artifact(for: key(1)) == bytes(1))
  }

  private func key(_ number: Int) -> Fingerprint { Fingerprint("key \(number)") }
  private func bytes(_ number: Int) -> [UInt8] { Array("artifact \(number)".utf8) }
}
