import AlmanacCore

/// A spec on the gallery page: its text, and the picture or what is wrong with it.
struct GalleryExample: Sendable {
  /// The heading under which it stands: a folder, or a chapter of the guide.
  var group: String
  var name: String
  /// The spec as its author wrote it.
  var text: String
  var svg: [UInt8]?
  var diagnostics: [Diagnostic] = []
}

/// An example with the addresses that the page gives it.
struct PlacedExample: Sendable {
  var example: GalleryExample
  /// The id of its place on the page; no other element has it.
  var anchor: String
}

/// The examples of one heading.
struct GalleryGroup: Sendable {
  var name: String
  var anchor: String
  var examples: [PlacedExample]
}

/// Gathers examples under their headings, in the order in which headings first come, and gives each an address.
func galleryGroups(_ examples: [GalleryExample]) -> [GalleryGroup] {
  var groups: [GalleryGroup] = []
  var taken: Set<String> = []
  func address(_ words: String) -> String {
    // Letters and digits of any script, anything else a hyphen: what may stand behind # as it is.
    var plain = words.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    if plain.isEmpty { plain = "chart" }
    var address = plain
    var number = 2
    while !taken.insert(address).inserted {
      address = "\(plain)-\(number)"
      number += 1
    }
    return address
  }
  for example in examples {
    let place: Int
    if let known = groups.firstIndex(where: { $0.name == example.group }) {
      place = known
    } else {
      place = groups.count
      groups.append(GalleryGroup(name: example.group, anchor: address("group \(example.group)"), examples: []))
    }
    groups[place].examples.append(PlacedExample(example: example, anchor: address(example.name)))
  }
  return groups
}

/// The parts of a spec's path that stand for its group and its name: the folder below what all specs share.
func galleryGroup(of path: String, among paths: [String]) -> String {
  let folders = paths.map { Array($0.split(separator: "/").dropLast()) }
  guard let first = folders.first else { return "" }
  let shared = first.indices.first { index in folders.contains { $0.count <= index || $0[index] != first[index] } }
  let own = path.split(separator: "/").dropLast()
  // Where all lie in one folder that one's name is the heading.
  let group = own.dropFirst(shared ?? max(0, first.count - 1)).joined(separator: "/")
  return group.isEmpty ? own.last.map(String.init) ?? "Charts" : group
}
