package import AlmanacCore
private import Notation

/// Reads `data/datapackage.yaml`.
///
/// Diagnoses `data-package.bad-locator`, `data-package.bad-name`, `data-package.bad-printed`, `data-package.duplicate-name`, `data-package.duplicate-field`,
/// `data-package.path-outside`, `data-package.unknown-field`, `data-package.unknown-unit`, and the keys that are missing, of
/// the wrong type or unknown.
package func readDataPackage(_ file: SourceFile, names: NameTable) -> Diagnosed<DataPackage> {
  var diagnostics: [Diagnostic] = []
  var reader = ObjectReader(parseYAML(file).value(reportingTo: &diagnostics), area: "data-package")
  var package = DataPackage()
  package.name = reader.text("name")
  package.title = reader.value("title")
  package.description = reader.value("description")
  reader.allow([
    "$schema", "profile", "id", "homepage", "version", "created", "keywords", "contributors",
    "sources", "image",
  ])
  for value in reader.list("licenses") ?? [] {
    var license = ObjectReader(value, area: "data-package")
    let path = license.text("path")
    let title = license.text("title")
    if let name = license.text("name", required: path == nil) ?? path {
      package.licenses.append(DataLicense(name: name, path: path, title: title))
    }
    reader.diagnostics += license.finish()
  }
  for value in reader.list("resources", required: true) ?? [] {
    guard let resource = readResource(value, names: names).value(reportingTo: &diagnostics) else { continue }
    if let first = package.resources.first(where: { $0.name == resource.name }) {
      diagnostics.append(.packageDuplicateName(resource.name, at: resource.nameSpan, first: first.nameSpan))
    } else {
      package.resources.append(resource)
    }
  }
  return Diagnosed(package, diagnostics + reader.finish())
}

private func readResource(_ value: NotationValue, names: NameTable) -> Diagnosed<DataResource?> {
  var reader = ObjectReader(value, area: "data-package")
  let name = reader.text("name", required: true)
  let nameSpan = value["name"]?.span ?? value.span
  let path = reader.text("path") ?? (name ?? "") + ".csv"
  var resource = DataResource(
    name: name ?? "", nameSpan: nameSpan, path: path, pathSpan: value["path"]?.span ?? nameSpan)
  resource.title = reader.value("title")
  resource.description = reader.value("description")
  resource.sources = reader.texts("source").map { (id: $0.text, span: $0.span) }
  resource.locator = reader.text("locator")
  resource.rowSource = reader.text("rowSource")
  resource.rowLocator = reader.text("rowLocator")
  resource.derivation = reader.value("derived").flatMap {
    reader.diagnostics += $0.string == nil ? [.wrongType(of: $0, "a query", area: "data-package")] : []
    return QueryText($0)
  }
  if var dialect = reader.reader("dialect") {
    if let delimiter = dialect.text("delimiter"), let byte = delimiter.utf8.first, delimiter.utf8.count == 1 {
      resource.separator = byte
    }
    reader.diagnostics += dialect.finish()
  }
  reader.allow([
    "profile", "format", "mediatype", "encoding", "bytes", "hash", "licenses", "sources", "homepage", "type", "note",
  ])
  if let name, !isTableName(name) { reader.diagnostics.append(.packageBadName(name, at: nameSpan)) }
  if !isInside(path) { reader.diagnostics.append(.packagePathOutside(path, at: resource.pathSpan)) }
  if var schema = reader.reader("schema", required: true) {
    readSchema(&schema, into: &resource, names: names)
    reader.diagnostics += schema.finish()
  }
  for key in ["rowSource", "rowLocator"] {
    guard let value = value[key], let name = value.scalarText, !resource.fields.contains(where: { $0.name == name })
    else { continue }
    reader.diagnostics.append(.packageUnknownField(name, at: value.span, known: resource.fields.map(\.name)))
  }
  let diagnostics = reader.finish()
  guard let name, isTableName(name), isInside(path) else { return Diagnosed(nil, diagnostics) }
  return Diagnosed(resource, diagnostics)
}

private func readSchema(_ schema: inout ObjectReader, into resource: inout DataResource, names: NameTable) {
  for value in schema.list("fields", required: true) ?? [] {
    var reader = ObjectReader(value, area: "data-package")
    guard let name = reader.text("name", required: true) else {
      schema.diagnostics += reader.diagnostics
      continue
    }
    var field = DataField(name: name, nameSpan: value["name"]?.span ?? value.span)
    field.kind = reader.word("type") ?? .any
    field.unit = reader.text("unit")
    field.title = reader.value("title")
    field.description = reader.value("description")
    field.areNames = reader.bool("names") ?? false
    field.printed = reader.value("printed").flatMap { readPrintedForm($0).value(reportingTo: &reader.diagnostics) }
    reader.allow(["format", "example", "rdfType"])
    if let unit = field.unit, !names.isUnit(unit) {
      reader.diagnostics.append(
        .packageUnknownUnit(unit, at: value["unit"]?.span ?? value.span, known: names.unitKeys))
    }
    if var constraints = reader.reader("constraints") {
      field.constraints.isRequired = constraints.bool("required") ?? false
      field.constraints.isUnique = constraints.bool("unique") ?? false
      field.constraints.minimum = constraints.number("minimum")
      field.constraints.maximum = constraints.number("maximum")
      if constraints.value("enum") != nil { field.constraints.allowed = constraints.texts("enum").map(\.text) }
      reader.diagnostics += constraints.finish()
    }
    schema.diagnostics += reader.finish()
    if let first = resource.fields.first(where: { $0.name.lowercased() == name.lowercased() }) {
      schema.diagnostics.append(.packageDuplicateField(name, at: field.nameSpan, first: first.nameSpan))
    } else {
      resource.fields.append(field)
    }
  }
  for field in resource.fields {
    // A place is a column when there is one of that name.
    guard case .column(let name)? = field.printed?.place, !resource.fields.contains(where: { $0.name == name })
    else { continue }
    schema.diagnostics.append(.packageBadLocator(name, at: field.nameSpan))
  }
  for (key, span) in schema.texts("primaryKey") {
    if resource.fields.contains(where: { $0.name == key }) {
      resource.primaryKey.append(key)
    } else {
      schema.diagnostics.append(.packageUnknownField(key, at: span, known: resource.fields.map(\.name)))
    }
  }
  if schema.value("missingValues") != nil { resource.missingValues = schema.texts("missingValues").map(\.text) }
}

/// Tells whether a name can stand in a query without quotes; `facts` is the ledger's.
private func isTableName(_ name: String) -> Bool {
  guard let first = name.utf8.first, first >= 0x61, first <= 0x7A, name != "facts", name.utf8.count <= 64,
    !name.hasPrefix("sqlite_")
  else { return false }
  return name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 &- 0x30 < 10 || $0 == 0x5F }
}

/// Tells whether a path stays in the data folder.
private func isInside(_ path: String) -> Bool {
  !path.isEmpty && !path.hasPrefix("/") && !path.contains(":") && !path.contains("\\")
    && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0 != ".." && $0 != "."
    }
}
