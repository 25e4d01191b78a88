internal import Notation

/// The words of a configuration: https://vega.github.io/vega-lite/docs/config.html
private enum ConfigWords {
  static let groups = words(
    """
    arc area aria autosize axis axisBand axisBottom axisDiscrete axisLeft axisPoint axisQuantitative axisRight axisTemporal axisTop \
    axisX axisXBand axisXDiscrete axisXPoint axisXQuantitative axisXTemporal axisY axisYBand axisYDiscrete axisYPoint \
    axisYQuantitative axisYTemporal background bar boxplot circle color concat countTitle customFormatTypes errorband errorbar facet \
    fieldTitle font fontSize geoshape header headerColumn headerFacet headerRow image legend line lineBreak locale mark \
    normalizedNumberFormat normalizedNumberFormatType numberFormat numberFormatType padding params point projection range rect \
    rule scale selection square style text tick timeFormat timeFormatType title tooltipFormat trail view
    """)
  static let marks = words(
    "arc area bar boxplot circle errorband errorbar geoshape image line mark point rect rule square text tick trail")
  static let scale = words(
    """
    animationDuration bandPaddingInner bandPaddingOuter bandWithNestedOffsetPaddingInner bandWithNestedOffsetPaddingOuter \
    barBandPaddingInner clamp continuousPadding framesPerSecond invalid maxAngle maxBandSize maxFontSize maxOpacity maxSize \
    maxStrokeWidth minAngle minBandSize minFontSize minOpacity minSize minStrokeWidth offsetBandPaddingInner offsetBandPaddingOuter \
    pointPadding quantileCount quantizeCount rectBandPaddingInner round tickBandPaddingInner useUnaggregatedDomain xReverse zero
    """)
  static let view = words(
    """
    clip continuousHeight continuousWidth cornerRadius cursor discreteHeight discreteWidth fill fillOpacity height opacity step \
    stroke strokeCap strokeDash strokeDashOffset strokeJoin strokeMiterLimit strokeOpacity strokeWidth width
    """)
  static let legend = words(
    """
    disable gradientHorizontalMaxLength gradientHorizontalMinLength gradientLabelLimit gradientLabelOffset gradientVerticalMaxLength \
    gradientVerticalMinLength gradientDirection layout symbolBaseFillColor symbolBaseStrokeColor symbolDirection unselectedOpacity
    """)
  static let spacing = words("columns spacing")
}

extension SpecDecoder {
  /// Notes the keys of a configuration that mean nothing: a misspelt one would leave the default in place without a word.
  mutating func checkConfig(_ config: NotationValue?) {
    guard let config else { return }
    check(config, "config", allowed: ConfigWords.groups, .config)
    for group in config.object ?? [] {
      if let kinds = kindsOfGroup(group.key) { checkValues(group.value, "config.\(group.key)", kinds) }
      guard let allowed = wordsOfGroup(group.key) else { continue }
      checkKeys(group.value, "config.\(group.key)", allowed: allowed)
    }
  }

  /// The keys that a group of a configuration may have; `nil` where it may have any, as `range` may name ranges, or none at all.
  private func wordsOfGroup(_ group: String) -> [String]? {
    if group.hasPrefix("axis") { return words.axis + ["disable"] }
    if group.hasPrefix("header") { return words.header }
    if ConfigWords.marks.contains(group) { return words.mark }
    switch group {
    case "legend": return words.legend + ConfigWords.legend
    case "title": return words.title
    case "scale": return ConfigWords.scale
    case "view": return ConfigWords.view
    case "projection": return words.projection
    case "concat", "facet": return ConfigWords.spacing
    default: return nil
    }
  }

  private func kindsOfGroup(_ group: String) -> PropertyKinds? {
    if group.hasPrefix("axis") { return .axis }
    if group.hasPrefix("header") { return .header }
    if ConfigWords.marks.contains(group) { return .mark }
    return switch group {
    case "legend": .legend
    case "title": .title
    case "scale": .scaleConfig
    case "view": .view
    case "projection": .projection
    case "autosize": .autosize
    default: nil
    }
  }
}
