internal import AlmanacCore
internal import Datasets
internal import Localization
internal import Notation
internal import ReportModel

/// What a page says of itself to programs that look for data: JSON-LD in the words of https://schema.org.
///
/// A chapter names the facts and datasets that it shows; the data page describes all data. Addresses are absolute where the
/// report has a base URL, else relative to the page, as JSON-LD allows. The writer escapes what could end the script
/// element, and a `Content-Security-Policy` lets blocks of data be, for they are not run.
struct StructuredData {
  let site: Site
  let edition: EditionSite
  /// The page that carries the description.
  let route: Route

  private let describer: ValueDescriber

  init(site: Site, edition: EditionSite, route: Route) {
    self.site = site
    self.edition = edition
    self.route = route
    describer = ValueDescriber(site: site, edition: edition, route: route)
  }

  private var language: LanguageTag { edition.language }
  private var names: NameTable { site.data.names }

  // MARK: - Pages

  /// A chapter: a part of the report, based on the ledger's facts and on datasets.
  /// - Parameters:
  ///   - facts: ids of the facts that the page shows.
  ///   - datasets: names of the datasets that it shows.
  func chapter(_ outline: ChapterOutline, facts: Set<String>, datasets: Set<String>) -> String {
    script { json in
      json.member("@type", "Chapter")
      json.member("name", outline.title)
      json.member("description", ifPresent: outline.description)
      json.member("inLanguage", language.rawValue)
      json.member("url", address(route))
      json.object("isPartOf") { json in
        json.member("@type", "Report")
        json.member("name", site.configuration.title[language])
        json.member("url", address(edition.route("index")))
        json.member("datePublished", ifPresent: site.configuration.date)
        json.member("creditText", ifPresent: site.configuration.author?[language])
      }
      let used = site.data.ledger.facts.filter { facts.contains($0.id) }
      let tables = site.data.datasets.filter { datasets.contains($0.name) }
      guard !used.isEmpty || !tables.isEmpty else { return }
      json.array("isBasedOn") { json in
        if !used.isEmpty {
          json.object { ledger(used, in: &$0) }
        }
        for table in tables { json.object { dataset(table.resource, in: &$0) } }
      }
    }
  }

  /// All data: the ledger with what it measures, every dataset, the files, and the sources.
  func wholeDataset() -> String {
    script { json in
      json.member("@type", "Dataset")
      json.member("@id", address(edition.route("data")))
      json.member("name", title)
      json.member("description", description)
      json.member("identifier", ifPresent: site.data.package.name)
      json.member("url", address(edition.route("data")))
      json.member("inLanguage", language.rawValue)
      json.member("isAccessibleForFree", true)
      json.member("datePublished", ifPresent: site.configuration.date)
      json.member("creditText", ifPresent: site.configuration.author?[language])
      license(&json)
      json.member("temporalCoverage", ifPresent: temporalCoverage)
      json.array("spatialCoverage") { json in
        for place in regions {
          json.object { json in
            json.member("@type", "Place")
            json.member("name", names.name(of: place, in: language) ?? place)
          }
        }
      }
      json.array("variableMeasured") { json in
        for metric in metrics {
          json.object { json in
            json.member("@type", "PropertyValue")
            json.member("name", names.name(of: metric.key, in: language) ?? metric.key)
            json.member("unitText", ifPresent: metric.unit.flatMap { unitText($0) })
            json.member("url", address(edition.route("data"), anchor: "metric-\(metric.key)"))
          }
        }
      }
      json.array("distribution") { json in
        download("data/facts.csv", "text/csv", edition.words["ledgerCSV"], in: &json)
        download("datapackage.json", "application/json", edition.words["dataPackage"], in: &json)
      }
      json.array("hasPart") { json in
        for table in site.data.datasets { json.object { dataset(table.resource, in: &$0) } }
      }
      sources(Set(site.data.ledger.sourceIDs + site.data.package.resources.flatMap { $0.sources.map(\.id) }), in: &json)
    }
  }

  // MARK: - Parts

  /// Some facts of the ledger, each with its value and the address of its card.
  private func ledger(_ facts: [Fact], in json: inout JSONWriter) {
    json.member("@type", "Dataset")
    json.member("name", title)
    json.member("description", description)
    json.member("url", address(edition.route("data")))
    license(&json)
    json.array("variableMeasured") { json in
      for fact in facts {
        json.object { json in
          json.member("@type", "PropertyValue")
          json.member("name", describer.name(fact))
          json.member("description", fact.period.text(language: language))
          json.member("value", fact.value)
          json.member("unitText", ifPresent: unitText(fact.unit))
          json.member("url", address(edition.route("data"), anchor: "fact-\(fact.id)"))
        }
      }
    }
  }

  private func dataset(_ resource: DataResource, in json: inout JSONWriter) {
    json.member("@type", "Dataset")
    let title = text(resource.title) ?? resource.name
    json.member("name", title)
    json.member("description", text(resource.description) ?? title)
    json.member("url", address(edition.route("data"), anchor: "dataset-\(resource.name)"))
    license(&json)
    json.array("variableMeasured") { json in
      for field in resource.fields where field.unit != nil {
        json.object { json in
          json.member("@type", "PropertyValue")
          json.member("name", text(field.title) ?? field.name)
          json.member("unitText", ifPresent: field.unit.flatMap { unitText($0) })
        }
      }
    }
    json.array("distribution") { json in
      download(
        "data/\(resource.path)", resource.path.hasSuffix(".json") ? "application/json" : "text/csv", title, in: &json)
    }
    sources(Set(resource.sources.map(\.id)), in: &json)
  }

  private func download(_ path: String, _ type: String, _ title: String, in json: inout JSONWriter) {
    json.object { json in
      json.member("@type", "DataDownload")
      json.member("name", title)
      json.member("encodingFormat", type)
      json.member("contentUrl", address(Route(path)))
    }
  }

  private func sources(_ ids: Set<String>, in json: inout JSONWriter) {
    json.array("isBasedOn") { json in
      for reference in site.references where ids.contains(reference.id) {
        json.object { json in
          json.member("@type", reference.schemaType)
          json.member("name", reference.title[language])
          json.member("creditText", ifPresent: reference.credit(in: language))
          if let publisher = reference.publisher?[language] {
            json.object("publisher") { json in
              json.member("@type", "Organization")
              json.member("name", publisher)
            }
          }
          json.member("datePublished", ifPresent: reference.issued)
          json.member("inLanguage", ifPresent: reference.language)
          json.member("url", reference.url ?? address(edition.route("references"), anchor: "ref-\(reference.id)"))
        }
      }
    }
  }

  private func license(_ json: inout JSONWriter) {
    guard let license = site.data.package.licenses.first else { return }
    json.member("license", license.path ?? license.name)
  }

  // MARK: - Values

  private var title: String { text(site.data.package.title) ?? site.configuration.title[language] }

  private var description: String {
    text(site.data.package.description) ?? site.configuration.description?[language] ?? title
  }

  private func text(_ value: NotationValue?) -> String? {
    value?.text(in: language)
      .map { LineText(text: $0, span: SourceSpan(path: "", line: 1, column: 1)).plainText }
  }

  private func unitText(_ unit: String) -> String? {
    describer.unitWord(unit)
  }

  private func address(_ other: Route, anchor: String? = nil) -> String {
    guard let base = site.configuration.baseURL else { return route.link(to: other, anchor: anchor) }
    return base + Route("").link(to: other, anchor: anchor)
  }

  /// Each metric once, in the order of the ledger, with its unit if all its facts share one.
  private var metrics: [(key: String, unit: String?)] {
    var metrics: [(key: String, unit: String?)] = []
    var places: [String: Int] = [:]
    for fact in site.data.ledger.facts {
      if let place = places[fact.metric] {
        if metrics[place].unit != fact.unit { metrics[place].unit = nil }
      } else {
        places[fact.metric] = metrics.count
        metrics.append((fact.metric, fact.unit))
      }
    }
    return metrics
  }

  private var regions: [String] {
    var seen: Set<String> = []
    return site.data.ledger.facts.map(\.region).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// From the first day to the last that any fact is about: `2014-01-01/2035-12-31`.
  private var temporalCoverage: String? {
    let periods = site.data.ledger.facts.map(\.period)
    guard let first = periods.map(\.firstDay).min(), let end = periods.map(\.dayAfter).max() else { return nil }
    return "\(isoDay(first))/\(isoDay(end - 1))"
  }
}

/// A day counted from 1970-01-01, as `2025-06-30`.
private func isoDay(_ day: Int) -> String {
  let date = CivilTime(Double(day) * 86_400_000)
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  return "\(padded(date.year, 4))-\(padded(date.month + 1, 2))-\(padded(date.day, 2))"
}

extension Reference {
  /// The class of schema.org for a CSL type.
  fileprivate var schemaType: String {
    switch type {
    case "report": "Report"
    case "book": "Book"
    case "chapter": "Chapter"
    case "article-journal", "paper-conference": "ScholarlyArticle"
    case "article-newspaper", "article-magazine": "Article"
    case "webpage", "post", "post-weblog": "WebPage"
    // A dataset of ours has a description; of a source only its title is known.
    default: "CreativeWork"
    }
  }

  fileprivate func credit(in language: LanguageTag) -> String? {
    authors.isEmpty ? nil : authors.map { $0[language] }.joined(separator: language.isChinese ? "、" : ", ")
  }
}

// MARK: - JSON in a page

/// Returns a script element with an object whose context is schema.org.
private func script(_ write: (inout JSONWriter) -> Void) -> String {
  var json = JSONWriter()
  json.beginObject()
  json.member("@context", "https://schema.org")
  write(&json)
  json.endObject()
  return "<script type=\"application/ld+json\">\(json.string)</script>"
}

extension JSONWriter {
  fileprivate mutating func object(_ key: String? = nil, _ write: (inout JSONWriter) -> Void) {
    if let key { self.key(key) }
    beginObject()
    write(&self)
    endObject()
  }

  /// Appends a list, and nothing when it would be empty.
  fileprivate mutating func array(_ key: String, _ write: (inout JSONWriter) -> Void) {
    var list = JSONWriter()
    list.beginArray()
    write(&list)
    list.endArray()
    guard list.bytes.count > 2 else { return }
    self.key(key)
    raw(list.bytes)
  }
}
