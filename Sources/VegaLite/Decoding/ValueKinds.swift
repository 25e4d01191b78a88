internal import Notation

/// What the value of a property may be, apart from `null` and from objects, such as `{"expr": …}`, which may stand anywhere.
struct ValueKind: Sendable {
  var takesNumber = false
  var takesFlag = false
  var takesText = false
  var takesList = false
  /// Colours of CSS: of those only bare names are looked up, what has digits, brackets or signs may be anything.
  var takesColor = false
  /// Texts that mean something, where not every text does.
  var words: [String] = []

  static let number = ValueKind(takesNumber: true)
  static let flag = ValueKind(takesFlag: true)
  static let text = ValueKind(takesText: true, takesList: true)
  static let list = ValueKind(takesList: true)
  static let color = ValueKind(takesColor: true, words: colorNames)

  static func oneOf(_ text: String, number: Bool = false, flag: Bool = false, list: Bool = false) -> ValueKind {
    ValueKind(takesNumber: number, takesFlag: flag, takesList: list, words: VegaLite.words(text))
  }

  func accepts(_ value: NotationValue) -> Bool {
    switch value.content {
    case .null, .object: true
    case .array: takesList
    case .bool: takesFlag
    case .string(let text): takesText || (takesColor ? !isUnknownColor(text) : words.contains(text))
    default: takesNumber
    }
  }

  /// `a number, true or false, or one of 'parity', 'greedy'`.
  var phrase: String {
    var parts: [String] = []
    if takesNumber { parts.append("a number") }
    if takesFlag { parts.append("true or false") }
    if takesText { parts.append("text") }
    if takesList, !takesText { parts.append("a list") }
    if takesColor { parts.append("a colour, such as '#1d5fa6' or 'steelblue'") }
    if !takesColor, !words.isEmpty {
      parts.append("one of " + words.prefix(24).map { "'\($0)'" }.joined(separator: ", "))
    }
    return parts.count < 2 ? parts.joined() : parts.dropLast().joined(separator: ", ") + " or " + parts[parts.count - 1]
  }
}

/// Properties and what their values may be: https://vega.github.io/vega-lite/docs/
///
/// A property that is not named here may be anything.
struct PropertyKinds: Sendable {
  private var kinds: [String: ValueKind] = [:]

  subscript(_ key: String) -> ValueKind? { kinds[key] }

  private init(_ groups: [(ValueKind, String)]) {
    for (kind, keys) in groups { for key in words(keys) { kinds[key] = kind } }
  }

  private func with(_ groups: [(ValueKind, String)]) -> PropertyKinds {
    var result = self
    result.kinds.merge(PropertyKinds(groups).kinds) { $1 }
    return result
  }

  private static let sides = ValueKind.oneOf("left right top bottom")
  private static let aligns = ValueKind.oneOf("left center right")
  private static let baselines = ValueKind.oneOf("alphabetic top middle bottom line-top line-bottom")
  private static let anchors = ValueKind.oneOf("start middle end")
  private static let caps = ValueKind.oneOf("butt round square")
  private static let directions = ValueKind.oneOf("horizontal vertical")
  static let gridAligns = ValueKind.oneOf("all each none")
  private static let weights = ValueKind.oneOf(
    "normal bold bolder lighter 100 200 300 400 500 600 700 800 900", number: true)
  private static let intervals = "millisecond second minute hour day week month year"

  /// Paint and text, of marks, views and the parts of composite marks.
  static let view = PropertyKinds([
    (.color, "color fill stroke"),
    (.number, "cornerRadius fillOpacity opacity strokeDashOffset strokeMiterLimit strokeOpacity strokeWidth"),
    (.list, "strokeDash"), (caps, "strokeCap"), (.oneOf("miter round bevel"), "strokeJoin"),
    (.number, "continuousHeight continuousWidth discreteHeight discreteWidth step"), (.flag, "clip"), (.text, "cursor"),
  ])

  static let mark = view.with([
    (
      .number,
      """
      angle cornerRadiusBottomLeft cornerRadiusBottomRight cornerRadiusEnd cornerRadiusTopLeft cornerRadiusTopRight dx dy endAngle \
      startAngle fontSize innerRadius outerRadius limit lineHeight padAngle radius radius2 radiusOffset radius2Offset size strokeOffset \
      tension theta theta2 thetaOffset theta2Offset thickness xOffset x2Offset yOffset y2Offset binSpacing continuousBandSize \
      discreteBandSize minBandSize bandSize timeUnitBandPosition timeUnitBandSize width height time
      """
    ),
    (.oneOf("width", number: true), "x x2"), (.oneOf("height", number: true), "y y2"),
    (.flag, "filled aspect smooth aria order"), (weights, "fontWeight"), (aligns, "align"), (baselines, "baseline"),
    (.oneOf("ltr rtl"), "dir"),
    (directions, "orient"),
    (
      .oneOf(
        """
        basis basis-open basis-closed bundle cardinal cardinal-open cardinal-closed catmull-rom linear linear-closed monotone natural \
        step step-before step-after
        """), "interpolate"
    ),
    (
      .oneOf("filter break-paths-filter-domains break-paths-show-domains break-paths-show-path-domains show"),
      "invalid"
    ),
    (
      .oneOf(
        """
        multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color \
        luminosity normal
        """), "blend"
    ),
    (.oneOf("transparent", flag: true), "point"), (.flag, "line box median outliers rule ticks band borders"),
    (.oneOf("ci iqr stderr stdev min-max", number: true), "extent"), (.oneOf("mean median"), "center"),
  ])

  /// Texts of guides: `label…` and `title…`.
  private static let texts = PropertyKinds([
    (.color, "labelColor titleColor"),
    (
      .number,
      """
      labelAngle labelFontSize labelLimit labelLineHeight labelOffset labelOpacity labelPadding labelSeparation titleAngle \
      titleFontSize titleLimit titleLineHeight titleOpacity titlePadding
      """
    ),
    (aligns, "labelAlign titleAlign"), (baselines, "labelBaseline titleBaseline"), (anchors, "titleAnchor labelAnchor"),
    (weights, "labelFontWeight titleFontWeight"), (.text, "labelExpr labelFont titleFont formatType"),
    (.flag, "labels"), (sides, "titleOrient labelOrient orient"),
    (.oneOf("parity greedy", flag: true), "labelOverlap"),
  ])
  static let header = texts

  static let axis = texts.with([
    (.color, "domainColor gridColor tickColor"),
    (
      .number,
      """
      bandPosition domainDashOffset domainOpacity domainWidth gridDashOffset gridOpacity gridWidth labelFlushOffset maxExtent minExtent \
      offset position tickDashOffset tickMinStep tickOffset tickOpacity tickSize tickWidth titleX titleY translate zindex
      """
    ),
    (.flag, "aria disable domain grid ticks tickExtra tickRound"), (.list, "domainDash gridDash tickDash"),
    (caps, "domainCap gridCap tickCap"), (.oneOf("center extent"), "tickBand"),
    (.oneOf(intervals, number: true), "tickCount"),
    (ValueKind(takesNumber: true, takesFlag: true), "labelFlush labelBound"), (.list, "values"),
  ])

  static let legend = texts.with([
    (.color, "fillColor gradientStrokeColor strokeColor symbolFillColor symbolStrokeColor"),
    (
      .number,
      """
      clipHeight columnPadding columns cornerRadius gradientLength gradientOpacity gradientStrokeWidth gradientThickness legendX legendY \
      offset padding rowPadding strokeWidth symbolDashOffset symbolLimit symbolOffset symbolOpacity symbolSize symbolStrokeWidth \
      tickMinStep zindex gradientHorizontalMaxLength gradientHorizontalMinLength gradientVerticalMaxLength gradientVerticalMinLength \
      gradientLabelLimit gradientLabelOffset unselectedOpacity
      """
    ),
    (.flag, "aria disable"), (.list, "strokeDash symbolDash values"),
    (directions, "direction symbolDirection gradientDirection"), (gridAligns, "gridAlign"),
    (.oneOf("none left right top bottom top-left top-right bottom-left bottom-right"), "orient"),
    (.oneOf("symbol gradient"), "type"), (.oneOf(intervals, number: true), "tickCount"),
  ])

  static let title = PropertyKinds([
    (.color, "color subtitleColor"),
    (
      .number,
      """
      angle dx dy fontSize limit lineHeight offset subtitleFontSize subtitleLineHeight subtitlePadding zindex
      """
    ),
    (aligns, "align"), (baselines, "baseline"), (anchors, "anchor"), (.flag, "aria"), (.text, "font subtitleFont"),
    (weights, "fontWeight subtitleFontWeight"),
    (.oneOf("none left right top bottom"), "orient"), (.oneOf("bounds group"), "frame"),
  ])

  static let scale = PropertyKinds([
    (.number, "align base constant domainMax domainMid domainMin exponent padding paddingInner paddingOuter"),
    (.flag, "clamp reverse round zero"),
    (.oneOf(intervals, number: true, flag: true), "nice"),
    (.oneOf("rgb lab hcl hsl hsl-long hcl-long cubehelix cubehelix-long"), "interpolate"),
    (.oneOf("unaggregated", list: true), "domain"),
  ])

  static let scaleConfig = PropertyKinds([
    (
      .number,
      """
      bandPaddingInner bandPaddingOuter bandWithNestedOffsetPaddingInner bandWithNestedOffsetPaddingOuter barBandPaddingInner \
      continuousPadding maxBandSize maxFontSize maxOpacity maxSize maxStrokeWidth minBandSize minFontSize minOpacity minSize \
      minStrokeWidth offsetBandPaddingInner offsetBandPaddingOuter pointPadding quantileCount quantizeCount rectBandPaddingInner \
      tickBandPaddingInner
      """
    ),
    (.flag, "clamp round useUnaggregatedDomain xReverse zero"),
  ])

  static let projection = PropertyKinds([
    (
      .oneOf(
        """
        albers albersUsa azimuthalEqualArea azimuthalEquidistant conicConformal conicEqualArea conicEquidistant equalEarth \
        equirectangular gnomonic identity mercator mollweide naturalEarth1 orthographic stereographic transverseMercator
        """), "type"
    ),
    (
      .number,
      "clipAngle coefficient distance fraction lobes parallel pointRadius precision radius ratio scale spacing tilt"
    ),
    (.flag, "reflectX reflectY"), (.list, "center clipExtent extent parallels rotate size translate"),
  ])

  static let bin = PropertyKinds([
    (.number, "anchor base maxbins minstep step"), (.flag, "binned nice"), (.list, "divide steps"),
  ])
  static let timeUnit = PropertyKinds([(.number, "maxbins step"), (.flag, "binned utc"), (.text, "unit")])
  static let impute = PropertyKinds([
    (.oneOf("value mean median max min"), "method"), (.list, "frame keyvals"),
  ])
  static let autosize = PropertyKinds([
    (.oneOf("pad none fit fit-x fit-y"), "type"), (.oneOf("content padding"), "contains"), (.flag, "resize"),
  ])
  static let sort = PropertyKinds([(.oneOf("ascending descending"), "order"), (.text, "field encoding")])
  static let grid = PropertyKinds([
    (gridAligns, "align"), (.oneOf("full flush"), "bounds"), (.flag, "center"),
    (.number, "columns spacing bandPosition"),
  ])
  static let size = PropertyKinds([(.oneOf("container", number: true), "width height")])
  static let format = PropertyKinds([(.oneOf("json csv tsv dsv topojson"), "type")])
  static let top = PropertyKinds([(.oneOf("pad none fit fit-x fit-y"), "autosize"), (.number, "padding")])
  static let config = top.with([
    (.oneOf("verbal functional plain"), "fieldTitle"), (.flag, "aria customFormatTypes"),
    (
      .text,
      "countTitle font numberFormat numberFormatType normalizedNumberFormat normalizedNumberFormatType timeFormat timeFormatType"
    ),
  ])
  static let transform = PropertyKinds([
    (.oneOf("linear log exp pow quad poly value mean median max min"), "method"),
    (.oneOf("zero center normalize"), "offset"), (.oneOf("shared independent"), "resolve"),
    (
      .flag, "counts cumulative ignorePeers params"
    ),
    (.number, "bandwidth limit maxsteps minsteps order sample step steps"), (.list, "frame probs"),
  ])
}

/// Schemes of colours that Vega knows: https://vega.github.io/vega/docs/schemes/
let colorSchemes = words(
  """
  accent category10 category20 category20b category20c dark2 observable10 paired pastel1 pastel2 set1 set2 set3 tableau10 tableau20 \
  blues tealblues teals greens browns oranges reds purples warmgreys greys viridis magma inferno plasma cividis turbo bluegreen \
  bluepurple goldgreen goldorange goldred greenblue orangered purplebluegreen purpleblue purplered redpurple yellowgreenblue \
  yellowgreen yelloworangebrown yelloworangered darkblue darkgold darkgreen darkmulti darkred lightgreyred lightgreyteal lightmulti \
  lightorange lighttealblue blueorange brownbluegreen purplegreen pinkyellowgreen purpleorange redblue redgrey redyellowblue \
  redyellowgreen spectral rainbow sinebow
  """)

/// The names that CSS has for colours, and words that stand for one.
private let colorNames: [String] =
  ["none", "transparent", "currentcolor", "inherit"]
  + ColorNames.text.split { $0 == "," || $0 == "\n" }.compactMap { $0.split(separator: " ").first.map(String.init) }
private let colorNameSet = Set(colorNames)

/// Whether a text is a bare word that names no colour.
private func isUnknownColor(_ text: String) -> Bool {
  let word = text.lowercased()
  return !word.isEmpty && word.utf8.allSatisfy { 0x61...0x7A ~= $0 } && !colorNameSet.contains(word)
}
