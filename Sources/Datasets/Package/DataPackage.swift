package import AlmanacCore
package import Notation

/// What `data/datapackage.yaml` says about the datasets: a Frictionless Data Package.
/// https://datapackage.org/standard/data-package/
package struct DataPackage: Sendable {
  package var name: String?
  /// Text, or a map from language to text.
  package var title: NotationValue?
  package var description: NotationValue?
  package var resources: [DataResource] = []

  package init() {}
}

/// One dataset: where it lies, where it comes from, and what its columns mean.
package struct DataResource: Sendable {
  /// The name of its table in queries: `[a-z][a-z0-9_]*`.
  package var name: String
  package var nameSpan: SourceSpan
  /// Relative to the data folder.
  package var path: String
  package var pathSpan: SourceSpan
  /// Texts, or maps from language to text.
  package var title: NotationValue?
  package var description: NotationValue?
  /// Ids of references, with where they stand.
  package var sources: [(id: String, span: SourceSpan)] = []
  package var locator: String?
  package var separator = UInt8(ascii: ",")
  package var fields: [DataField] = []
  package var primaryKey: [String] = []
  package var missingValues: [String] = [""]
}

/// One column of a dataset.
package struct DataField: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case string, number, integer, boolean, date, year, yearmonth, any
  }

  package var name: String
  package var nameSpan: SourceSpan
  package var kind: Kind = .any
  package var unit: String?
  /// Text, or a map from language to text.
  package var title: NotationValue?
  package var description: NotationValue?
  /// Whether the values are keys of `names.yaml`.
  package var areNames = false
  package var constraints = DataConstraints()
}

package struct DataConstraints: Sendable {
  package var isRequired = false
  package var isUnique = false
  package var minimum: Double?
  package var maximum: Double?
  package var allowed: [String]?
}
