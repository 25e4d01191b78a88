internal import AlmanacCore

/// The functions of expressions, by what becomes of them in a still picture.
///
/// https://vega.github.io/vega/docs/expressions/
enum FunctionNames {
  /// Functions that are evaluated.
  static let known = words(
    """
    abs acos asin atan atan2 atob bandspace bandwidth btoa ceil clamp clampRange containerSize contrast cos cumulativeLogNormal \
    cumulativeNormal cumulativeUniform data date datetime day dayAbbrevFormat dayFormat dayofyear debug densityLogNormal densityNormal \
    densityUniform domain exp extent floor flush format geoArea geoBounds geoCentroid geoScale hcl hours hsl hypot if indexof info \
    inrange invert isArray isBoolean isDate isDefined isFinite isNaN isNumber isObject isRegExp isString isTuple isValid join lab \
    lastindexof length lerp log lower luminance max merge milliseconds min minutes month monthAbbrevFormat monthFormat now pad parseFloat \
    parseInt peek pluck pow quantileLogNormal quantileNormal quantileUniform quarter random range regexp replace reverse rgb round \
    sampleLogNormal sampleNormal sampleUniform scale screen seconds sequence sin slice sort span split sqrt substring tan test time \
    timeFormat timeOffset timeParse timeSequence timeUnitSpecifier timezoneoffset toBoolean toDate toNumber toString trim truncate upper \
    utc utcFormat utcOffset utcParse utcSequence utcdate utcday utcdayofyear utchours utcmilliseconds utcminutes utcmonth utcquarter \
    utcseconds utcweek utcyear vlSelectionIdTest vlSelectionResolve vlSelectionTest vlSelectionTuples warn week windowSize year
    """)
  /// Functions that ask for an event, a mark or a tree, of which a still chart has none.
  static let needingEvents = words(
    """
    copy encode event geoShape gradient group inScope indata intersect item modify panLinear panLog panPow panSymlog pathShape pinchAngle \
    pinchDistance setdata treeAncestors treePath x xy y zoomLinear zoomLog zoomPow zoomSymlog
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { String(Substring($0)) })
  }
}

/// Says which functions of an expression do not exist, and which find nothing in a still picture.
func checkFunctions(of expression: Expression, at span: SourceSpan) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  expression.root.visit { node in
    guard case .call(let name, _) = node.kind, !FunctionNames.known.contains(name) else { return true }
    let start = node.range.lowerBound
    let place = expressionSpan(of: start..<(start + name.utf8.count), in: expression.source, at: span)
    if FunctionNames.needingEvents.contains(name) {
      diagnostics.append(
        .warning("expression.needs-event", "'\(name)' finds nothing in a still picture", at: place))
    } else {
      diagnostics.append(
        .error(
          "expression.unknown-function", "there is no function '\(name)'", at: place,
          hint: unknownWordHint(name, among: FunctionNames.known.sorted())))
    }
    return true
  }
  return diagnostics
}
