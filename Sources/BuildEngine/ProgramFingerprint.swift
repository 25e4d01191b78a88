internal import AlmanacCore

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What the running program was made of, behind a space; empty where the system does not show it.
///
/// A program that was changed and built again makes everything anew, although its version is the same. The linker's hash is
/// taken where it left one, as it does in release; without it the file is read.
func programFingerprint() -> String {
  #if os(Linux)
    let program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard program >= 0 else { return "" }
    defer { close(program) }
    let head = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, pread(program, buffer.baseAddress, 4096, 0))
    }
    if let identifier = linkerIdentifier(head) { return " \(identifier)" }
    var status = stat()
    guard fstat(program, &status) == 0, status.st_size > 0 else { return "" }
    let size = Int(status.st_size)
    guard let bytes = mmap(nil, size, PROT_READ, MAP_PRIVATE, program, 0), bytes != MAP_FAILED else { return "" }
    defer { munmap(bytes, size) }
    return " \(Fingerprint(UnsafeRawBufferPointer(start: bytes, count: size)))"
  #else
    return ""
  #endif
}

/// The build identifier in the head of an ELF file, in hexadecimal; `nil` without one in its first page.
///
/// https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html
func linkerIdentifier(_ file: [UInt8]) -> String? {
  func number(_ place: Int, _ size: Int) -> Int? {
    guard place >= 0, place <= file.count - size else { return nil }
    return Int(truncatingIfNeeded: file[place..<place + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
  // 64 bits, the lowest byte first.
  guard file.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), let table = number(32, 8), let size = number(54, 2),
    let count = number(56, 2)
  else { return nil }
  for segment in 0..<count {
    let place = table &+ segment * size
    guard let type = number(place, 4), let start = number(place + 8, 8), let length = number(place + 32, 8) else {
      return nil
    }
    guard type == 4, (0...file.count).contains(start), (0...file.count).contains(length) else { continue }
    var note = start
    while note < min(start + length, file.count),
      let nameLength = number(note, 4), let valueLength = number(note + 4, 4), let kind = number(note + 8, 4)
    {
      let value = note + 12 + (nameLength + 3) & ~3
      if kind == 3, nameLength == 4, value + valueLength <= file.count,
        file[note + 12..<note + 16].elementsEqual("GNU\0".utf8)
      {
        return file[value..<value + valueLength].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
      note = value + (valueLength + 3) & ~3
    }
  }
  return nil
}
