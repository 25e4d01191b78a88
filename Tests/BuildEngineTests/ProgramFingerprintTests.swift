import Testing

@testable import BuildEngine

@Suite struct ProgramFingerprintTests {
  /// A 64-bit ELF file with one segment of notes.
  private static func program(type: UInt8 = 4, noteOffset: UInt8 = 120, name: String = "GNU\0", kind: UInt8 = 3)
    -> [UInt8]
  {
    var file = [UInt8](repeating: 0, count: 120)
    file.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    (file[32], file[54], file[56]) = (64, 56, 1)
    (file[64], file[72], file[96]) = (type, noteOffset, 20)
    return file + [4, 0, 0, 0, 4, 0, 0, 0, kind, 0, 0, 0] + Array(name.utf8) + [0xDE, 0xAD, 0x00, 0x01]
  }

  @Test(arguments: [
    (program(), "dead0001"), (program(type: 1), nil), (program(name: "XYZ\0"), nil), (program(kind: 1), nil),
    (program(noteOffset: 255), nil), (Array(program().dropLast()), nil), (Array(program().prefix(70)), nil), ([], nil),
    ([0x7F, 0x45, 0x4C, 0x46, 1, 1], nil), ([UInt8](repeating: 0xFF, count: 4096), nil),
    ([0x7F, 0x45, 0x4C, 0x46, 2, 1] + [UInt8](repeating: 0xFF, count: 4090), nil),
  ])
  func findsTheLinkersHash(file: [UInt8], expected: String?) { #expect(linkerIdentifier(file) == expected) }
}
