private import AlmanacCore
private import Datasets
private import Localization
private import Notation
private import ReportModel

/// Writes `datapackage.json`: a Data Package of the ledger, of every dataset and of the rows behind every figure, so that
/// other programs can read the report's data with their types and sources.
///
/// https://datapackage.org/standard/data-package/
package func dataPackageDescriptor(_ site: Site, figures: [FigureTable]) -> [UInt8] {
  let language = site.editions.first?.language ?? .english
  var json = JSONWriter(indent: 1)
  json.beginObject()
  json.member("profile", "data-package")
  json.member("name", packageName(site.data.package.name ?? "report"))
  json.member("title", site.data.package.title?.text(in: language) ?? site.configuration.title[language])
  json.member("description", ifPresent: site.data.package.description?.text(in: language))
  json.member("homepage", ifPresent: site.configuration.baseURL)
  if !site.data.package.licenses.isEmpty {
    json.key("licenses")
    json.beginArray()
    for license in site.data.package.licenses {
      json.beginObject()
      json.member("name", license.name)
      json.member("path", ifPresent: license.path)
      json.member("title", ifPresent: license.title)
      json.endObject()
    }
    json.endArray()
  }
  json.key("resources")
  json.beginArray()
  if !site.data.ledger.facts.isEmpty { json.ledger(site, language) }
  for dataset in site.data.datasets { json.resource(dataset.resource, site, language) }
  for table in figures.sorted(by: { $0.path < $1.path }) { json.figure(table) }
  json.endArray()
  json.endObject()
  return json.bytes + [0x0A]
}

/// The rows of a figure as a file.
package struct FigureTable: Hashable, Sendable {
  /// Relative to the output folder.
  package var path: String
  package var columns: [DrawnFigure.Column]
  /// The figure's caption.
  package var title: String

  package init(path: String, columns: [DrawnFigure.Column], title: String) {
    self.path = path
    self.columns = columns
    self.title = title
  }
}

/// Names are lowercase letters, digits and `-`, `_`, `.`.
private func packageName(_ text: String) -> String {
  String(
    decoding: text.lowercased().utf8.map { byte in
      0x61...0x7A ~= byte || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x5F || byte == 0x2E ? byte : 0x2D
    }, as: UTF8.self)
}

extension JSONWriter {
  fileprivate mutating func ledger(_ site: Site, _ language: LanguageTag) {
    beginObject()
    member("name", "facts")
    member("path", "data/facts.csv")
    format()
    key("schema")
    beginObject()
    key("fields")
    beginArray()
    for column in site.data.ledger.columns {
      beginObject()
      member("name", column)
      member("type", column == "value" ? "number" : "string")
      constraints(of: column)
      endObject()
    }
    endArray()
    member("primaryKey", "id")
    endObject()
    sources(site.data.ledger.sourceIDs, site, language)
    endObject()
  }

  private mutating func constraints(of column: String) {
    switch column {
    case "id":
      key("constraints")
      beginObject()
      member("required", true)
      member("unique", true)
      endObject()
    case "kind":
      key("constraints")
      beginObject()
      key("enum")
      beginArray()
      for kind in Fact.Kind.allCases { value(kind.rawValue) }
      endArray()
      endObject()
    default: break
    }
  }

  fileprivate mutating func resource(_ resource: DataResource, _ site: Site, _ language: LanguageTag) {
    let isJSON = resource.path.hasSuffix(".json")
    beginObject()
    member("name", resource.name)
    member("path", "data/\(resource.path)")
    if isJSON { member("format", "json") } else { format() }
    if resource.separator != UInt8(ascii: ",") {
      key("dialect")
      beginObject()
      member("delimiter", String(decoding: [resource.separator], as: UTF8.self))
      endObject()
    }
    member("title", ifPresent: resource.title?.text(in: language))
    member("description", ifPresent: resource.description?.text(in: language))
    key("schema")
    beginObject()
    key("fields")
    beginArray()
    for field in resource.fields { self.field(field, language) }
    endArray()
    if !resource.primaryKey.isEmpty { list("primaryKey", resource.primaryKey) }
    list("missingValues", resource.missingValues)
    endObject()
    sources(resource.sources.map(\.id), site, language)
    endObject()
  }

  private mutating func field(_ field: DataField, _ language: LanguageTag) {
    beginObject()
    member("name", field.name)
    member("type", field.kind.rawValue)
    member("title", ifPresent: field.title?.text(in: language))
    member("description", ifPresent: field.description?.text(in: language))
    member("unit", ifPresent: field.unit)
    let limits = field.constraints
    key("constraints")
    beginObject()
    if limits.isRequired { member("required", true) }
    if limits.isUnique { member("unique", true) }
    if let minimum = limits.minimum { member("minimum", minimum) }
    if let maximum = limits.maximum { member("maximum", maximum) }
    if let allowed = limits.allowed { list("enum", allowed) }
    endObject()
    endObject()
  }

  /// The rows of a figure; columns are named as its readers see them.
  fileprivate mutating func figure(_ table: FigureTable) {
    beginObject()
    member("name", packageName(table.path.dropLast(".csv".count).split(separator: "/").joined(separator: "-")))
    member("path", table.path)
    format()
    if !table.title.isEmpty { member("title", table.title) }
    key("schema")
    beginObject()
    key("fields")
    beginArray()
    for column in table.columns {
      beginObject()
      member("name", column.name)
      member("type", column.type)
      endObject()
    }
    endArray()
    list("missingValues", [""])
    endObject()
    endObject()
  }

  private mutating func format() {
    member("format", "csv")
    member("mediatype", "text/csv")
    member("encoding", "utf-8")
  }

  private mutating func sources(_ ids: [String], _ site: Site, _ language: LanguageTag) {
    let references = ids.compactMap { site.reference($0) }
    guard !references.isEmpty else { return }
    key("sources")
    beginArray()
    for reference in references {
      beginObject()
      member("title", reference.title[language])
      member("path", ifPresent: reference.url)
      endObject()
    }
    endArray()
  }

  private mutating func list(_ key: String, _ values: [String]) {
    self.key(key)
    beginArray()
    for value in values { self.value(value) }
    endArray()
  }
}
