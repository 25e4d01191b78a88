internal import AlmanacCore
internal import Notation

extension OverlayReader {
  /// `forecast`: the field that says what a row is, or a map with it and with the values that are no observations.
  mutating func forecast(_ value: NotationValue, _ path: String) -> ForecastPlan? {
    if let name = value.string {
      return ForecastPlan(field: FieldPath(name), kinds: usualKinds, showsKey: true, span: value.span)
    }
    guard value.object != nil else {
      wrongType(value, path, "the name of a field or a map")
      return nil
    }
    checkKeys(value, path, ["field", "values", "legend"])
    guard let field = field(value["field"], "\(path).field") else {
      if value["field"] == nil {
        missing("field", in: value, path, hint: "the field that holds 'observed', 'forecast' or 'target'")
      }
      return nil
    }
    var plan = ForecastPlan(field: field, kinds: usualKinds, showsKey: true, span: value.span)
    plan.showsKey = flag(value["legend"], "\(path).legend") ?? true
    if let values = value["values"] {
      plan.kinds = []
      if let members = values.object {
        for member in members {
          plan.kinds.append(.init(value: member.key, label: text(member.value, "\(path).values.\(member.key)")))
        }
      } else {
        for item in list(values, "\(path).values") {
          guard let name = item.scalarText else {
            wrongType(item, "\(path).values", "a list of values")
            continue
          }
          plan.kinds.append(.init(value: name))
        }
      }
    }
    return plan
  }

  /// What the ledger calls rows that nobody observed.
  private var usualKinds: [ForecastPlan.Kind] { [.init(value: "forecast"), .init(value: "target")] }
}
