/// Names of the columns that a channel's field goes through, and its title; as Vega-Lite's `vgField` and `fieldDefTitle`.
extension ChannelDefinition {
  /// The column that holds this field after binning, time units and aggregation.
  package func column(_ suffix: String = "") -> String {
    if case .argmin(let argument)? = aggregate { return "argmin_\(argument.columnName)" }
    if case .argmax(let argument)? = aggregate { return "argmax_\(argument.columnName)" }
    if isCount { return "__count" + joined(suffix) }
    let name = field?.columnName ?? ""
    if let unit = timeUnit, !unit.binned { return unit.columnPrefix + "_" + name + joined(suffix) }
    if case .parameters(let parameters)? = bin { return binName(parameters) + "_" + name + joined(suffix) }
    if case .operation(let operation)? = aggregate { return operation.rawValue + "_" + name + joined(suffix) }
    return name + joined(suffix)
  }

  private func joined(_ suffix: String) -> String { suffix.isEmpty ? "" : "_" + suffix }

  /// Where a row keeps the value: the flat column, or inside an object for `argmin`, `argmax` and nested fields.
  package func path(_ suffix: String = "") -> FieldPath {
    if isArgument, let field { return FieldPath(keys: [column()] + field.keys) ?? field }
    if suffix.isEmpty, aggregate == nil, timeUnit == nil || timeUnit!.binned, !isBinning, let field { return field }
    return FieldPath(column: column(suffix))
  }

  /// A title made of the field: "Mean of x", "x (binned)", "date (year-month)".
  package func derivedTitle(_ config: Config) -> String {
    // A count has no field to be named by.
    if isCount, config["fieldTitle"] == .string("plain") { return "" }
    if isCount { return config["countTitle"]?.stringValue ?? "Count of Records" }
    let field = field?.text ?? ""
    let name = config.fieldTitles[field] ?? field
    switch config["fieldTitle"]?.stringValue {
    case "plain": return name
    case "functional": return functionalTitle(name)
    default: break
    }
    if isBinning { return "\(name) (binned)" }
    if let unit = timeUnit, !unit.binned {
      let words = unit.parts.joined(separator: "-")
      if !words.isEmpty { return "\(name) (\(words))" }
    }
    switch aggregate {
    case .operation(let operation)?:
      let word = operation.rawValue
      return word.prefix(1).uppercased() + word.dropFirst() + " of " + name
    case .argmin(let argument)?: return "\(name) for min \(argument.text)"
    case .argmax(let argument)?: return "\(name) for max \(argument.text)"
    case nil: return name
    }
  }
}

extension ChannelDefinition {
  /// "MEAN(x)", "YEARMONTH(date)", "BIN(x)".
  private func functionalTitle(_ name: String) -> String {
    switch aggregate {
    case .argmin(let argument)?: return "\(name) for argmin(\(argument.text))"
    case .argmax(let argument)?: return "\(name) for argmax(\(argument.text))"
    case .operation(let operation)?: return "\(operation.rawValue.uppercased())(\(name))"
    case nil: break
    }
    if let unit = timeUnit, !unit.binned { return "\(unit.parts.joined(separator: "-").uppercased())(\(name))" }
    return isBinning ? "BIN(\(name))" : name
  }
}

/// `bin_maxbins_10`, from the parameters in their written order.
package func binName(_ parameters: ValueObject) -> String {
  var name = "bin"
  for member in parameters.members {
    switch member.value {
    case .object(let object):
      if let parameter = object["param"]?.stringValue {
        name += "_\(member.key)_\(parameter)"
      } else {
        name += "_\(member.key)"
      }
    default:
      name +=
        "_\(member.key)_"
        + member.value.asString.map { $0.isLetter || $0.isNumber || $0 == "_" ? String($0) : "_" }.joined()
    }
  }
  return name
}

extension TimeUnitDefinition {
  package var columnPrefix: String {
    let base = unit.isEmpty ? "auto" : unit
    return base + (step.map { "_step_\(Value.format($0))" } ?? "")
      + (unit.isEmpty || unit == "utc" ? "_maxbins_\(Value.format(maxbins ?? 40))" : "")
  }

  /// `["year", "month"]` of `yearmonth`.
  package var parts: [String] {
    var rest = Substring(localUnit)
    var result: [String] = []
    for part in [
      "year", "quarter", "month", "week", "dayofyear", "day", "date", "hours", "minutes", "seconds", "milliseconds",
    ]
    where rest.hasPrefix(part) && !(part == "day" && rest.hasPrefix("dayofyear")) {
      result.append(part)
      rest = rest.dropFirst(part.utf8.count)
    }
    return result
  }
}
