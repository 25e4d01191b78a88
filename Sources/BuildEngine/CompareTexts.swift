internal import AlmanacCore
internal import Notation
internal import ReportModel

/// Tells of numbers that texts outside of chapters bind in one edition and not in another: see `compareEditionTexts`.
///
/// Only files that bind a number are looked at.
func compareTexts(_ files: ReportFiles, _ parsed: ParsedFiles, _ setup: ReportSetup) -> [Diagnostic] {
  let configuration = setup.configuration
  guard configuration.gates.parity != .off, configuration.editions.count > 1 else { return [] }
  let endings = [".yaml", ".yml", ".json"]
  return files.content.flatMap { file -> [Diagnostic] in
    guard endings.contains(where: file.path.hasSuffix), !file.isBroken, bindsNumber(file.bytes),
      let value = parsed.value(file.path)
    else { return [] }
    return compareEditionTexts(
      in: value.value, of: file.source, editions: configuration.editions, configuration.gates.parity,
      isKnown: setup.data.hasValue)
  }
}

/// Whether a text holds `{v}`.
private func bindsNumber(_ bytes: [UInt8]) -> Bool {
  var rest = bytes[...]
  while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
    if bytes[brace...].starts(with: "{v}".utf8) { return true }
    rest = bytes[(brace + 1)...]
  }
  return false
}
