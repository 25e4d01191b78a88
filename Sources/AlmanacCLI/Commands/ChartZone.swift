import BuildEngine
import Localization

/// Finds a zone by what a person calls it: `UTC`, an offset such as `+08:00`, or a place such as `Asia/Shanghai`.
///
/// Places are looked up in the system's zone files, so that a picture with a place's zone depends on them; UTC and offsets
/// depend on nothing.
///
/// - Returns: `nil` for what names no zone.
func zoneRules(named name: String, _ files: any FileSystem) -> TimeZoneRules? {
  if ["UTC", "GMT", "Z"].contains(name.uppercased()) { return .utc }
  if let minutes = offsetMinutes(name) { return TimeZoneRules(offsetMinutes: minutes) }
  let parts = name.split(separator: "/", omittingEmptySubsequences: false)
  // Only names of places: nothing that leads out of the folder.
  let isPlace = parts.allSatisfy { part in
    part.first?.isLetter == true && part.utf8.allSatisfy { $0 < 0x80 && $0 != 0x2E }
  }
  guard isPlace else { return nil }
  for folder in ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo"] {
    if let bytes = try? files.read(folder + "/" + name, atMost: 1 << 20), let rules = TimeZoneRules(tzif: bytes) {
      return rules
    }
  }
  return nil
}

/// Minutes east of UTC of `+08:00`, `-0330` and `+8`; at most 14 hours.
private func offsetMinutes(_ text: String) -> Int? {
  guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
  let digits = text.dropFirst().filter { $0 != ":" }
  guard (1...4).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits)
  else { return nil }
  let minutes = digits.count > 2 ? number / 100 * 60 + number % 100 : number * 60
  guard number % 100 < 60 || digits.count <= 2, minutes <= 14 * 60 else { return nil }
  return sign == "-" ? -minutes : minutes
}
