internal import Datasets
private import ReportModel

/// A chapter's part of the page of all data: the metrics that it uses more than any other chapter does.
struct DataPart {
  var anchor: String
  var title: String
  var groups: [Group]

  /// The facts of one metric, in the order of the ledger.
  struct Group {
    var anchor: String
    var title: String
    var facts: [Fact]
  }

  var factCount: Int { groups.reduce(0) { $0 + $1.facts.count } }
}

/// Sorts the ledger's metrics into the chapters that use them, in the order of the chapters; what none uses comes last.
///
/// - Parameter uses: the names of the chapters that show a fact, by its id, in their order.
func dataParts(_ site: Site, _ edition: EditionSite, uses: [String: [String]]) -> [DataPart] {
  var groups: [DataPart.Group] = []
  var places: [String: Int] = [:]
  for fact in site.data.ledger.facts {
    if let place = places[fact.metric] {
      groups[place].facts.append(fact)
    } else {
      places[fact.metric] = groups.count
      let title = site.data.names.name(of: fact.metric, in: edition.language) ?? fact.metric
      groups.append(DataPart.Group(anchor: "metric-\(fact.metric)", title: title, facts: [fact]))
    }
  }
  var parts = edition.chapters.map { DataPart(anchor: "data-\($0.name)", title: $0.title, groups: []) }
  var unused = DataPart(anchor: "data-unused", title: edition.words["unusedData"], groups: [])
  for group in groups {
    if let chapter = mostFrequent(group.facts.flatMap { uses[$0.id] ?? [] }.compactMap { edition.position(of: $0) }) {
      parts[chapter].groups.append(group)
    } else {
      unused.groups.append(group)
    }
  }
  return (parts + [unused]).filter { !$0.groups.isEmpty }
}

/// The number that stands most often in a list; of several the smallest.
private func mostFrequent(_ numbers: [Int]) -> Int? {
  var counts: [Int: Int] = [:]
  for number in numbers { counts[number, default: 0] += 1 }
  return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
}
