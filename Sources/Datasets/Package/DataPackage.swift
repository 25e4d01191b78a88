package import AlmanacCore
package import Notation

/// What `data/datapackage.yaml` says about the datasets: a Frictionless Data Package.
/// https://datapackage.org/standard/data-package/
package struct DataPackage: Sendable {
  package var name: String?
  /// Text, or a map from language to text.
  package var title: NotationValue?
  package var description: NotationValue?
  package var licenses: [DataLicense] = []
  package var resources: [DataResource] = []

  package init() {}
}

/// Under which terms the data may be used.
package struct DataLicense: Hashable, Sendable {
  /// An identifier of the Open Definition or SPDX: `CC-BY-4.0`.
  package var name: String
  package var path: String?
  package var title: String?
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
  /// Where the source prints the whole of it; free text, or lines such as `L112-L132`.
  package var locator: String?
  /// The column that names the source of each row, when rows have different ones.
  package var rowSource: String?
  /// The column with the place of each row: a line as a number, or `L112-L132`.
  package var rowLocator: String?
  /// The query that gives the rows again, for what is counted or computed from other data.
  package var derivation: QueryText?
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
  /// How the source prints the cells; `nil` for a column that is not printed there.
  package var printed: PrintedForm?
}

/// How a source prints the cells of a column, so that they can be looked up there.
package struct PrintedForm: Hashable, Sendable {
  /// Where the cells stand, if not at the row's place.
  package enum Place: Hashable, Sendable {
    case column(String)
    case lines(Locator)
  }

  /// The power of ten in whose units figures stand there: 4 under a head that says 万.
  package var power = 0
  /// What stands before and behind each figure: 分 in `6分`.
  package var before = ""
  package var behind = ""
  package var place: Place?

  package init() {}
}

package struct DataConstraints: Sendable {
  package var isRequired = false
  package var isUnique = false
  package var minimum: Double?
  package var maximum: Double?
  package var allowed: [String]?
}
