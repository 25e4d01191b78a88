internal import AlmanacCore
internal import Notation

/// Defaults of marks, scales and guides: Vega-Lite's own, a theme's, and the spec's, one over the other.
///
/// https://vega.github.io/vega-lite/docs/config.html
public struct Config: Sendable, Hashable {
  package var root: ValueObject
  /// What readers know fields by; no part of Vega-Lite's configuration.
  package var fieldTitles: [String: String] = [:]

  package init(_ root: ValueObject) { self.root = root }
}

/// The look of a chart.
public enum ChartLook: String, Sendable, Hashable, CaseIterable {
  /// Vega-Lite's default configuration.
  case vega
  /// The report's: larger text, colours as custom properties that follow the page.
  case almanac
}

extension Config {
  package init(look: ChartLook) {
    switch look {
    case .vega: self = vegaConfig
    case .almanac: self = almanacConfig
    }
  }

  package subscript(_ key: String) -> Value? { root[key] }
  package func object(_ key: String) -> ValueObject? { root[key]?.objectValue }
  package func value(_ first: String, _ second: String) -> Value? { root[first]?.objectValue?[second] }
  package func number(_ first: String, _ second: String) -> Double? { value(first, second)?.numberValue }

  /// This configuration with another laid over it: each group's properties one by one, those of styles and of the layout
  /// of legends one by one too; what else is an object replaces the one below.
  ///
  /// https://github.com/vega/vega/blob/main/packages/vega-util/src/mergeConfig.js
  package func merged(with other: ValueObject) -> Config {
    var result = other["style"]?.objectValue.map(withGuides) ?? root
    for member in other.members {
      guard case .object(let over) = member.value, case .object(var below)? = result[member.key] else {
        result[member.key] = member.value
        continue
      }
      for property in over.members {
        let isMerged = member.key == "style" || member.key == "legend" && property.key == "layout"
        if isMerged, case .object(let inner) = property.value, case .object(var old)? = below[property.key] {
          for part in inner.members { old[part.key] = part.value }
          below[property.key] = .object(old)
        } else {
          below[property.key] = property.value
        }
      }
      result[member.key] = .object(below)
    }
    var merged = Config(result)
    merged.fieldTitles = fieldTitles
    return merged
  }

  /// This configuration with guides in the styles that Vega has for their texts, below what is said of the guides themselves.
  private func withGuides(_ styles: ValueObject) -> ValueObject {
    var result = root
    let names = [
      ("fill", "Color"), ("font", "Font"), ("fontSize", "FontSize"), ("fontStyle", "FontStyle"),
      ("fontWeight", "FontWeight"), ("opacity", "Opacity"), ("lineHeight", "LineHeight"),
    ]
    for (style, groups, prefix) in [
      ("guide-label", ["axis", "legend", "header"], "label"), ("guide-title", ["axis", "legend", "header"], "title"),
      ("group-title", ["title"], ""), ("group-subtitle", ["title"], "subtitle"),
    ] {
      guard let given = styles[style]?.objectValue else { continue }
      for group in groups {
        var properties = result[group]?.objectValue ?? ValueObject()
        for (from, to) in names {
          guard let value = given[from] else { continue }
          let key = prefix.isEmpty ? to.prefix(1).lowercased() + to.dropFirst() : prefix + to
          properties[key] = value
        }
        if style == "group-title", let limit = given["limit"] { properties["limit"] = limit }
        result[group] = .object(properties)
      }
    }
    return result
  }

  package static func merge(_ base: ValueObject, _ over: ValueObject) -> ValueObject {
    var result = base
    for member in over.members {
      if case .object(let inner) = member.value, case .object(let below)? = result[member.key] {
        result[member.key] = .object(merge(below, inner))
      } else {
        result[member.key] = member.value
      }
    }
    return result
  }

  /// A property of a mark: its definition, its styles, its kind's configuration, then that of all marks.
  package func mark(_ property: String, _ mark: MarkDefinition) -> Value? {
    mark[property] ?? markConfig(property, mark)
  }

  package func markConfig(_ property: String, _ mark: MarkDefinition) -> Value? {
    for style in mark.styles.reversed() {
      if let value = object("style")?[style]?.objectValue?[property] { return value }
    }
    if let value = object("style")?[mark.type.rawValue]?.objectValue?[property] { return value }
    if let own = value(mark.type.rawValue, property) { return own }
    // What Vega gives this kind of mark goes before what is said of all marks.
    return value("shapeDefaults", mark.type.rawValue)?.member(property).isPresent == true
      ? nil : value("mark", property)
  }

  /// The size of a mark under the name that Vega has for it: `fontSize` of text, `strokeWidth` of lines, `width` of bars.
  ///
  /// The size that the configuration gives all marks is that of symbols only.
  package func size(as name: String, _ mark: MarkDefinition) -> Value? {
    if let own = mark[name] ?? mark["size"] { return own }
    for style in mark.styles.reversed() + [mark.type.rawValue] {
      let style = object("style")?[style]?.objectValue
      if let value = style?[name] ?? style?["size"] { return value }
    }
    return value(mark.type.rawValue, name) ?? value(mark.type.rawValue, "size") ?? value("mark", name)
  }

  /// The merged configuration of an axis, most special last.
  package func axis(channel: Channel, orient: String, scale: ScaleType?) -> ValueObject {
    var result = object("axis") ?? ValueObject()
    func add(_ name: String) {
      if let more = object(name) { for member in more.members { result[member.key] = member.value } }
    }
    add("axis" + orient.prefix(1).uppercased() + orient.dropFirst())
    let letter = channel == .x ? "X" : "Y"
    add("axis" + letter)
    let kinds: [String] =
      switch scale {
      case .band: ["Discrete", "Band"]
      case .point: ["Discrete", "Point"]
      case .linear, .log, .pow, .sqrt, .symlog: ["Quantitative"]
      case .time, .utc: ["Temporal"]
      default: []
      }
    for kind in kinds { add("axis" + kind) }
    for kind in kinds { add("axis" + letter + kind) }
    return result
  }
}

/// Reads a configuration that this module carries; a mistake in it is ours.
private func builtIn(_ text: String) -> ValueObject {
  let parsed = parseJSON(SourceFile(path: "config", text: text))
  guard let object = Value(parsed.value).objectValue, parsed.diagnostics.isEmpty else {
    preconditionFailure("a built-in configuration is not JSON: \(parsed.diagnostics)")
  }
  return object
}

private let vegaConfig = Config(builtIn(vegaConfigText))
private let almanacConfig = vegaConfig.merged(with: builtIn(almanacConfigText))

/// Vega-Lite 6.4's `initConfig` over Vega 6.2's defaults.
/// https://github.com/vega/vega-lite/blob/main/src/config.ts
private let vegaConfigText = """
  {
    "background": "white", "padding": 5, "timeFormat": "%b %d, %Y", "countTitle": "Count of Records",
    "normalizedNumberFormat": ".0%",
    "view": {"continuousWidth": 300, "continuousHeight": 300, "step": 20},
    "mark": {"color": "#4c78a8", "invalid": "break-paths-show-path-domains", "timeUnitBandSize": 1},
    "bar": {"binSpacing": 1, "continuousBandSize": 5, "minBandSize": 0.25, "timeUnitBandPosition": 0.5},
    "rect": {"binSpacing": 0, "continuousBandSize": 5, "minBandSize": 0.25, "timeUnitBandPosition": 0.5},
    "rule": {"color": "black"}, "text": {"color": "black"},
    "tick": {"thickness": 1, "binSpacing": 0, "minBandSize": 0.25, "timeUnitBandPosition": 0.5, "continuousBandSize": 5},
    "boxplot": {"size": 14, "extent": 1.5, "box": {}, "median": {"color": "white"}, "outliers": {}, "rule": {}, "ticks": null},
    "errorbar": {"center": "mean", "rule": true, "ticks": false},
    "errorband": {"band": {"opacity": 0.3}, "borders": false},
    "scale": {
      "pointPadding": 0.5, "barBandPaddingInner": 0.1, "rectBandPaddingInner": 0, "tickBandPaddingInner": 0.25,
      "bandWithNestedOffsetPaddingInner": 0.2, "bandWithNestedOffsetPaddingOuter": 0.2,
      "minBandSize": 2, "minFontSize": 8, "maxFontSize": 40, "minOpacity": 0.3, "maxOpacity": 0.8, "minSize": 4,
      "minStrokeWidth": 1, "maxStrokeWidth": 4, "quantileCount": 4, "quantizeCount": 4, "zero": true
    },
    "range": {"category": "tableau10", "ordinal": "blues", "heatmap": "yellowgreenblue", "ramp": "blues", "diverging": {"scheme": "blueorange", "extent": [1, 0]},
      "symbol": ["circle", "square", "triangle-up", "cross", "diamond", "triangle-right", "triangle-down", "triangle-left"]},
    "axis": {
      "minExtent": 0, "maxExtent": 200, "bandPosition": 0.5, "domain": true, "domainWidth": 1, "domainColor": "#888",
      "gridWidth": 1, "gridColor": "#ddd", "labels": true, "labelLimit": 180, "labelOffset": 0, "labelPadding": 2,
      "labelColor": "#000", "labelFontSize": 10, "titleFontSize": 11, "titleFontWeight": "bold", "titleColor": "#000",
      "ticks": true, "tickColor": "#888", "tickOffset": 0, "tickRound": true, "tickSize": 5, "tickWidth": 1, "titlePadding": 4
    },
    "legend": {
      "gradientHorizontalMaxLength": 200, "gradientHorizontalMinLength": 100, "gradientVerticalMaxLength": 200,
      "gradientVerticalMinLength": 64, "orient": "right", "padding": 0, "gridAlign": "each", "columnPadding": 10, "rowPadding": 2,
      "gradientThickness": 16, "gradientStrokeColor": "#ddd", "gradientStrokeWidth": 0, "gradientLabelOffset": 2,
      "labelAlign": "left", "labelBaseline": "middle", "labelLimit": 160, "labelOffset": 4, "labelFontSize": 10, "labelColor": "#000",
      "symbolLimit": 30, "symbolSize": 100, "symbolOffset": 0, "symbolStrokeWidth": 1.5,
      "symbolBaseStrokeColor": "#888", "titleLimit": 180, "titleOrient": "top", "titlePadding": 5, "titleFontSize": 11,
      "titleFontWeight": "bold", "titleColor": "#000",
      "layout": {"offset": 18, "margin": 8, "direction": "horizontal", "left": {"direction": "vertical"}, "right": {"direction": "vertical"}}
    },
    "axisBand": {"tickOffset": -0.5},
    "header": {"titlePadding": 10, "labelPadding": 10, "labelFontSize": 10, "titleFontSize": 11, "titleFontWeight": "bold",
      "labelColor": "#000", "titleColor": "#000"},
    "title": {"anchor": "middle", "offset": 4, "subtitlePadding": 3, "fontSize": 13, "fontWeight": "bold", "subtitleFontSize": 12,
      "color": "#000", "subtitleColor": "#000"},
    "style": {"cell": {"fill": "transparent", "stroke": "#ddd"}},
    "shapeDefaults": {"line": {"strokeWidth": 2}, "point": {"size": 30, "strokeWidth": 2}, "circle": {"size": 30, "strokeWidth": 2},
      "square": {"size": 30, "strokeWidth": 2}},
    "facet": {"spacing": 20}, "concat": {"spacing": 20}, "arc": {}, "area": {}, "line": {}, "trail": {}
  }
  """

/// The report's look: text of at least 12 px, colours that follow the page.
private let almanacConfigText = """
  {
    "background": null, "padding": 2, "flatLabels": true,
    "font": "var(--font-chart, Arial, Helvetica, sans-serif)",
    "view": {"stroke": null, "continuousWidth": 560, "continuousHeight": 280, "step": 28},
    "mark": {"color": "var(--series-1, #0a8f8c)"}, "projection": {"unprojected": "hide"},
    "line": {"strokeWidth": 2.25}, "rule": {"color": "var(--ink-2, #5c5850)"},
    "text": {"color": "var(--ink, #1e1c19)", "fontSize": 12}, "point": {"filled": true, "size": 44},
    "boxplot": {"median": {"color": "var(--ground, #fcfbf8)"}},
    "range": {
      "category": ["var(--series-1, #0a8f8c)", "var(--series-2, #5b2a78)", "var(--series-3, #bd7f10)", "var(--series-4, #46684a)",
        "var(--series-5, #343d4c)", "var(--series-6, #a8207c)", "var(--series-7, #8f735c)", "var(--series-8, #5596c4)"],
      "heatmap": {"scheme": ["var(--ramp-1, #e8f4f1)", "var(--ramp-2, #b2e0d5)", "var(--ramp-3, #83c9bb)", "var(--ramp-4, #57b0a2)",
        "var(--ramp-5, #2b9789)", "var(--ramp-6, #007c71)", "var(--ramp-7, #006259)", "var(--ramp-8, #004742)",
        "var(--ramp-9, #032d2a)"]},
      "ramp": {"scheme": ["var(--ramp-2, #b2e0d5)", "var(--ramp-3, #83c9bb)", "var(--ramp-4, #57b0a2)", "var(--ramp-5, #2b9789)",
        "var(--ramp-6, #007c71)", "var(--ramp-7, #006259)", "var(--ramp-8, #004742)", "var(--ramp-9, #032d2a)"]},
      "ordinal": {"scheme": ["var(--ramp-4, #57b0a2)", "var(--ramp-5, #2b9789)", "var(--ramp-6, #007c71)",
        "var(--ramp-7, #006259)", "var(--ramp-8, #004742)", "var(--ramp-9, #032d2a)"]},
      "diverging": {"scheme": ["var(--div-1, #8c4a0c)", "var(--div-2, #b5772f)", "var(--div-3, #d6a871)", "var(--div-4, #ecd6ba)",
        "var(--div-5, #f1efe9)", "var(--div-6, #c6dfe0)", "var(--div-7, #88bcc0)", "var(--div-8, #418f96)",
        "var(--div-9, #0b626b)"]}},
    "axis": {
      "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 600, "labelColor": "var(--ink-2, #5c5850)",
      "titleColor": "var(--ink-2, #5c5850)", "gridColor": "var(--grid, #e2dfd6)", "domainColor": "var(--axis, #8b867b)",
      "tickColor": "var(--axis, #8b867b)", "labelPadding": 4, "titlePadding": 8, "labelLimit": 220, "labelSeparation": 4
    },
    "axisQuantitative": {"domain": false, "ticks": false},
    "axisX": {"grid": false}, "axisXBand": {"labelOverlap": "parity"}, "axisXPoint": {"labelOverlap": "parity"},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 600, "labelColor": "var(--ink, #1e1c19)", "labelLimit": 240,
      "titleColor": "var(--ink-2, #5c5850)", "symbolBaseFillColor": "var(--ink, #1e1c19)", "symbolBaseStrokeColor": "var(--axis, #8b867b)", "orient": "top", "offset": 14, "titleLimit": 240},
    "header": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 600, "labelColor": "var(--ink, #1e1c19)",
      "titleColor": "var(--ink-2, #5c5850)"},
    "title": {"anchor": "start", "frame": "group", "fontSize": 15, "fontWeight": 600, "subtitleFontSize": 13, "color": "var(--ink, #1e1c19)",
      "subtitleColor": "var(--ink-2, #5c5850)", "offset": 10}
  }
  """
