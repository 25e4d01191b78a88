/// The words of the grammar, by the kind of object they may stand in.
///
/// Kept as text and split when first needed; order is that of the documentation where a hint lists them.
package struct Vocabulary: Sendable {
  package let common = words(
    "$schema name description data transform title params config usermeta width height background padding autosize bounds spacing datasets view projection resolve"
  )
  package let unit = words("mark encoding")
  package let layer = words("layer encoding")
  package let facet = words("facet spec columns align center row column")
  package let repeated = words("repeat spec columns align center")
  package let concat = words("concat hconcat vconcat columns align center")

  package let mark = words(
    """
    type align angle aria ariaRole ariaRoleDescription aspect bandSize baseline binSpacing blend box center clip color continuousBandSize \
    cornerRadius cornerRadiusBottomLeft cornerRadiusBottomRight cornerRadiusEnd cornerRadiusTopLeft cornerRadiusTopRight cursor \
    description dir discreteBandSize dx dy ellipsis endAngle extent fill fillOpacity filled font fontSize fontStyle fontWeight \
    height href innerRadius interpolate invalid limit line lineBreak lineHeight median minBandSize oddeven opacity order orient \
    outerRadius outliers padAngle point radius radius2 radius2Offset radiusOffset rule shape size smooth startAngle stroke strokeCap \
    strokeDash strokeDashOffset strokeJoin strokeMiterLimit strokeOffset strokeOpacity strokeWidth style tension text theta theta2 \
    theta2Offset thetaOffset thickness ticks time timeUnitBandPosition timeUnitBandSize tooltip url width x x2 x2Offset xOffset y y2 \
    y2Offset yOffset borders band
    """)
  package let channelDefinition = words(
    """
    field datum value aggregate bin timeUnit type title bandPosition stack sort scale axis legend header impute format \
    formatType condition spacing align bounds center columns band rescale labelAngle
    """)
  package let condition = words("test param empty selection value")
  package let scale = words(
    """
    type domain domainMax domainMin domainMid domainRaw range rangeMax rangeMin scheme reverse round clamp interpolate nice padding \
    paddingInner paddingOuter align zero base exponent constant bins
    """)
  package let axis = words(
    """
    aria bandPosition description domain domainCap domainColor domainDash domainDashOffset domainOpacity domainWidth format formatType \
    grid gridCap gridColor gridDash gridDashOffset gridOpacity gridWidth labelAlign labelAngle labelBaseline labelBound labelColor \
    labelExpr labelFlush labelFlushOffset labelFont labelFontSize labelFontStyle labelFontWeight labelLimit labelLineHeight labelOffset \
    labelOpacity labelOverlap labelPadding labelSeparation labels maxExtent minExtent offset orient position style tickBand tickCap \
    tickColor tickCount tickDash tickDashOffset tickExtra tickMinStep tickOffset tickOpacity tickRound tickSize tickWidth ticks title \
    titleAlign titleAnchor titleAngle titleBaseline titleColor titleFont titleFontSize titleFontStyle titleFontWeight titleLimit \
    titleLineHeight titleOpacity titlePadding titleX titleY translate values zindex encoding
    """)
  package let legend = words(
    """
    aria clipHeight columnPadding columns cornerRadius description direction encoding fillColor format formatType gradientLength \
    gradientOpacity gradientStrokeColor gradientStrokeWidth gradientThickness gridAlign labelAlign labelBaseline labelColor labelExpr \
    labelFont labelFontSize labelFontStyle labelFontWeight labelLimit labelOffset labelOpacity labelOverlap labelPadding \
    labelSeparation legendX legendY offset orient padding rowPadding strokeColor strokeDash strokeWidth symbolDash symbolDashOffset \
    symbolFillColor symbolLimit symbolOffset symbolOpacity symbolSize symbolStrokeColor symbolStrokeWidth symbolType tickCount \
    tickMinStep title titleAlign titleAnchor titleBaseline titleColor titleFont titleFontSize titleFontStyle titleFontWeight titleLimit \
    titleLineHeight titleOpacity titleOrient titlePadding type values zindex
    """)
  package let header = words(
    """
    align format formatType labelAlign labelAnchor labelAngle labelBaseline labelColor labelExpr labelFont labelFontSize labelFontStyle \
    labelFontWeight labelLimit labelLineHeight labelOrient labelPadding labels orient title titleAlign titleAnchor titleAngle \
    titleBaseline titleColor titleFont titleFontSize titleFontStyle titleFontWeight titleLimit titleLineHeight titleOrient titlePadding
    """)
  package let title = words(
    """
    text align anchor angle aria baseline color dx dy font fontSize fontStyle fontWeight frame limit lineHeight offset orient style \
    subtitle subtitleColor subtitleFont subtitleFontSize subtitleFontStyle subtitleFontWeight subtitleLineHeight subtitlePadding zindex
    """)
  package let view = words(
    "cornerRadius cursor fill fillOpacity opacity stroke strokeCap strokeDash strokeDashOffset strokeJoin strokeMiterLimit strokeOpacity strokeWidth style"
  )
  package let projection = words(
    """
    center clipAngle clipExtent coefficient distance extent fit fraction lobes parallel parallels pointRadius precision radius ratio \
    reflectX reflectY rotate scale size spacing tilt translate type
    """)
  package let data = words("url values name format sequence sphere graticule")

  package let timeUnitParts = [
    "year", "quarter", "month", "week", "dayofyear", "day", "date", "hours", "minutes", "seconds", "milliseconds",
  ]
  package let stackOffsets = ["zero", "center", "normalize"]

  package init() {}

  /// Whether `unit` is one or more parts, greatest first, perhaps after `utc` or `binned`.
  package func isTimeUnit(_ unit: String) -> Bool {
    var rest = Substring(unit)
    if rest.hasPrefix("binned") { rest = rest.dropFirst(6) }
    if rest.hasPrefix("utc") { rest = rest.dropFirst(3) }
    guard !rest.isEmpty else { return false }
    for part in timeUnitParts {
      if part == "day" && (rest.hasPrefix("dayofyear")) { continue }
      if rest.hasPrefix(part) { rest = rest.dropFirst(part.utf8.count) }
    }
    return rest.isEmpty
  }
}

/// Split on bytes: asking every character whether it is a space took longer than drawing a small chart.
func words(_ text: String) -> [String] {
  text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { String(Substring($0)) }
}

/// The vocabulary, taken apart once for all charts.
let grammarWords = Vocabulary()
