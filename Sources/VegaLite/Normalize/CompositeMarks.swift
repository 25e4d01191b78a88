internal import AlmanacCore

extension Normalizer {
  mutating func compositeMark(_ common: ViewCommon, _ mark: MarkDefinition, _ encoding: Encoding) -> ViewSpecification {
    .unit(common, mark, encoding)
  }
}
