internal import AlmanacCore
internal import Notation

// Macros that set two or more values side by side: dumbbell, slope, bump, bullet.

private let axisPaint: SpecPart = "var(--axis, #8b867b)"

extension MacroCall {
  /// Two or more points for each category, tied by a line; the outer ones bear their values.
  ///
  /// Needs categories at y, amounts at x, series at color.
  mutating func dumbbell() -> MacroExpansion? {
    checkSettings(["values", "format", "formatType"])
    guard let y = field("y", "the categories, one line each"), let x = field("x", "the amounts"),
      field("color", "what is compared within a category") != nil
    else { return nil }
    let text = SpecPart.map([("field", .text(x)), ("type", "quantitative")] + format("x"))
    func value(_ end: String, _ align: SpecPart, _ dx: SpecPart) -> SpecPart {
      [
        "transform": [["filter": .text("\(datum(x)) === datum.dumbbell_\(end)")]],
        "mark": ["type": "text", "align": align, "dx": dx], "encoding": ["text": text],
      ]
    }
    var layers: [SpecPart] = [
      [
        "mark": ["type": "line", "strokeWidth": 3, "color": axisPaint],
        "encoding": ["detail": ["field": .text(y), "type": "nominal"]],
      ],
      ["mark": ["type": "point", "filled": true, "size": 130, "opacity": 1], "encoding": ["color": color]],
    ]
    if flag("values", default: true) {
      layers += [value("least", "right", -11), value("most", "left", 11)]
    }
    return MacroExpansion(
      body: ["encoding": ["y": categories("y"), "x": spacedAmounts("x")], "layer": .list(layers)],
      transforms: [
        [
          "joinaggregate": [
            ["op": "min", "field": .text(x), "as": "dumbbell_least"],
            ["op": "max", "field": .text(x), "as": "dumbbell_most"],
          ], "groupby": [.text(y)],
        ]
      ], defaults: ["width": "container", "height": ["step": 34]])
  }

  /// A line from a first to a last value for each series, named and measured at both ends.
  ///
  /// Needs two moments at x, amounts at y, series at color.
  mutating func slope() -> MacroExpansion? {
    checkSettings(["format", "formatType"])
    guard field("x", "the two moments") != nil, field("y", "the amounts") != nil, field("color", "the series") != nil
    else { return nil }
    let format = SpecPart.map(self.format("y"))
    return MacroExpansion(
      body: [
        "encoding": [
          "x": part("x").with([
            "axis": SpecPart(self["x"]?["axis"]).orEmpty.withDefaults([
              "title": nil, "orient": "top", "domain": false, "ticks": false, "grid": true, "labelAngle": 0,
            ])
          ]).withDefaults(["scale": ["padding": 0.02]]),
          "y": part("y").with(["axis": nil]).withDefaults(["scale": ["zero": false]]), "color": color,
        ],
        "layer": [
          ["mark": ["type": "line", "strokeWidth": 2.5]],
          ["mark": ["type": "point", "filled": true, "size": 70, "opacity": 1]],
        ],
      ],
      overlays: [
        "labels": [
          SpecPart.map([("at", "start"), ("show", ["name", "value"])]).with(format),
          SpecPart.map([("at", "end"), ("show", ["value", "name"])]).with(format),
        ]
      ], defaults: ["width": "container", "height": 300])
  }

  /// The rank of each series over time.
  ///
  /// Needs moments at x, amounts at y, series at color.
  mutating func bump() -> MacroExpansion? {
    checkSettings(["top", "ascending"])
    guard let x = field("x", "the moments"), let y = field("y", "the amounts that are ranked"),
      field("color", "the series") != nil
    else { return nil }
    let order: SpecPart = flag("ascending", default: false) ? "ascending" : "descending"
    var transforms: [SpecPart] = [
      [
        "window": [["op": "rank", "as": "bump_rank"]], "sort": [["field": .text(y), "order": order]],
        "groupby": [.text(x)],
      ]
    ]
    if let top = number("top") { transforms.append(["filter": .text("datum.bump_rank <= \(shortestNumber(top))")]) }
    return MacroExpansion(
      body: [
        "encoding": [
          "x": part("x").with([
            "axis": SpecPart(self["x"]?["axis"]).orEmpty.withDefaults([
              "title": nil, "domain": false, "ticks": false, "labelAngle": 0, "labelPadding": 10,
            ])
          ]),
          "y": [
            "field": "bump_rank", "type": "ordinal",
            "axis": ["title": nil, "domain": false, "ticks": false, "grid": false, "labelPadding": 10],
          ],
          "color": color,
        ],
        "layer": [
          ["mark": ["type": "line", "strokeWidth": 3, "interpolate": "monotone"]],
          ["mark": ["type": "point", "filled": true, "size": 150, "opacity": 1]],
        ],
      ], transforms: transforms, overlays: ["labels": [["at": "end"]]],
      defaults: ["width": "container", "height": ["step": 36]])
  }

  /// A bar against ranges and a target, for each category.
  ///
  /// Needs categories at y, amounts at x; `target` and `ranges` name fields.
  mutating func bullet() -> MacroExpansion? {
    checkSettings(["target", "ranges"])
    guard field("y", "the categories, one line each") != nil, field("x", "what is measured") != nil else { return nil }
    let ranges = list("ranges")
    let target = setting("target", required: ranges.isEmpty ? "the field of what should be reached" : nil)
    if target == nil, ranges.isEmpty { return nil }
    // The widest range is drawn first and palest; all lie on one another and not beside.
    var layers: [SpecPart] = ranges.reversed().enumerated().map { index, range in
      [
        "mark": [
          "type": "bar", "color": "var(--ink-2, #5c5850)", "height": ["band": 0.82],
          "opacity": .number(0.14 + 0.1 * Double(index)),
        ],
        "encoding": ["x": amounts("x").with(["field": .text(range), "stack": nil])],
      ]
    }
    layers.append([
      "mark": SpecPart(spec["mark"]).asMark.with(["height": ["band": 0.4]]),
      "encoding": ["x": amounts("x").with(["stack": nil]), "color": part("color")],
    ])
    if let target {
      layers.append([
        "mark": ["type": "tick", "color": "var(--ink, #1e1c19)", "thickness": 3, "height": ["band": 0.7]],
        "encoding": ["x": amounts("x").with(["field": .text(target)])],
      ])
    }
    return MacroExpansion(
      body: ["encoding": ["y": categories("y")], "layer": .list(layers)],
      defaults: ["width": "container", "height": ["step": 40]])
  }

  // MARK: What they share

  /// The colour channel with its legend above the plot and without a title, unless the author wants it otherwise.
  var color: SpecPart { part("color").withDefaults(["type": "nominal", "legend": ["title": nil, "orient": "top"]]) }

  /// An axis of categories in the order of the data, without lines.
  func categories(_ channel: String) -> SpecPart {
    part(channel).with([
      "axis": SpecPart(self[channel]?["axis"]).orEmpty.withDefaults(["title": nil, "domain": false, "ticks": false])
    ]).withDefaults(["type": "nominal", "sort": nil])
  }

  /// An axis with room for texts beside its outer values, unless the author has fixed its ends.
  private func spacedAmounts(_ channel: String) -> SpecPart {
    let scale = self[channel]?["scale"]
    guard scale?["domain"] == nil else { return amounts(channel) }
    return amounts(channel).with(["scale": SpecPart(scale).orEmpty.withDefaults(["padding": 44])])
  }

  func amounts(_ channel: String) -> SpecPart {
    part(channel).with([
      "axis": SpecPart(self[channel]?["axis"]).orEmpty.withDefaults(["title": nil, "domain": false, "tickCount": 5])
    ]).withDefaults(["type": "quantitative"])
  }
}

extension SpecPart {
  /// The map, or an empty one.
  var orEmpty: SpecPart {
    switch self {
    case .map: self
    case .own(let value) where value.object != nil: self
    default: [:]
    }
  }

  /// A mark as a map, where it is written as a word.
  var asMark: SpecPart {
    if case .own(let value) = self, value.object == nil { return ["type": self] }
    return self
  }
}
