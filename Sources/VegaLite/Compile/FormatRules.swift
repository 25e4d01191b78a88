/// How values of a field become text on axes, in legends and in text marks.
extension ChartCompiler {
  func formatPlan(
    _ definition: ChannelDefinition, format: Value?, formatType: String?, isGuide: Bool, scale: ScaleType? = nil,
    model: ViewModel? = nil, channel: Channel? = nil
  ) -> FormatPlan {
    if let formatType, formatType != "number", formatType != "time" {
      return FormatPlan(.custom(type: formatType, format: format))
    }
    if formatType == nil, format == nil, let type = configuredFormatType(definition, model, channel) { return type }
    let text = format?.stringValue
    if formatType == "number" { return FormatPlan(.number(text)) }
    if formatType == "time" || (definition.type == .temporal || definition.timeUnit != nil) && !(definition.isCount) {
      let utc = definition.timeUnit?.isUTC == true || scale == .utc
      if let object = format?.objectValue, isGuide {
        return FormatPlan(
          .times(
            Dictionary(
              object.members.compactMap { member in member.value.stringValue.map { (member.key, $0) } },
              uniquingKeysWith: { $1 }), utc: utc))
      }
      if definition.timeUnit == nil, text == nil, isGuide, scale?.isTime == true || formatType != nil {
        // An axis formats each label by itself; a legend's labels are alike.
        return FormatPlan(
          .time(channel?.isPosition == true ? nil : config["timeFormat"]?.stringValue, unit: nil, utc: utc))
      }
      if definition.timeUnit == nil, text == nil {
        return FormatPlan(.time(config["timeFormat"]?.stringValue, unit: nil, utc: utc))
      }
      return FormatPlan(.time(text, unit: definition.timeUnit, utc: utc))
    }
    if !isGuide, definition.isBinning {
      return FormatPlan(.bin(end: FieldPath(column: definition.column("end")), text))
    }
    // Whoever asks for shares gets percentages, stacked or not.
    if text == nil, isGuide, let channel, channel.isPosition, definition["stack"] == .string("normalize") {
      return FormatPlan(.number(config["normalizedNumberFormat"]?.stringValue ?? ".0%"))
    }
    if let text { return FormatPlan(.number(text)) }
    if definition.type == .quantitative { return FormatPlan(.number(config["numberFormat"]?.stringValue)) }
    return FormatPlan(.automatic)
  }

  /// The configuration's own kinds of formats, where it allows them.
  private func configuredFormatType(_ definition: ChannelDefinition, _ model: ViewModel?, _ channel: Channel?)
    -> FormatPlan?
  {
    guard config["customFormatTypes"] == .bool(true) else { return nil }
    func plan(_ kind: String) -> FormatPlan? {
      config[kind + "Type"]?.stringValue.map { FormatPlan(.custom(type: $0, format: config[kind])) }
    }
    if definition.type == .quantitative {
      let isNormalized = model?.stack?.offset == "normalize" && channel != nil && model?.stack?.fieldChannel == channel
      return (isNormalized ? plan("normalizedNumberFormat") : nil) ?? plan("numberFormat")
    }
    return definition.type == .temporal && definition.timeUnit == nil ? plan("timeFormat") : nil
  }
}
