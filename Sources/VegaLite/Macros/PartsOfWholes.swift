internal import AlmanacCore
internal import Notation

// Macros that part a whole: waffle, pyramid, waterfall, Likert.

extension MacroCall {
  /// A hundred squares, shared out by the parts of a whole.
  ///
  /// Needs amounts at theta (or x, y) and parts at color: a pie that is drawn so that it can be counted.
  mutating func waffle() -> MacroExpansion? {
    checkSettings(["columns", "cells"])
    let channel = ["theta", "x", "y", "size"].first { self[$0]?["field"] != nil } ?? "theta"
    guard let value = field(channel, "the amounts"), let part = field("color", "the parts of the whole") else {
      return nil
    }
    let columns = number("columns") ?? 10
    let cells = number("cells") ?? 100
    let all = "datum.waffle_total"
    func share(_ sum: String) -> SpecPart { .text("round(\(shortestNumber(cells)) * (\(sum)) / \(all))") }
    let side: SpecPart = ["step": 24]
    return MacroExpansion(
      body: [
        "mark": ["type": "rect", "cornerRadius": 1],
        "encoding": [
          "x": [
            "field": "waffle_column", "type": "ordinal", "axis": nil,
            "scale": ["paddingInner": 0.12, "paddingOuter": 0],
          ],
          "y": [
            "field": "waffle_row", "type": "ordinal", "axis": nil, "scale": ["paddingInner": 0.12, "paddingOuter": 0],
          ],
          "color": SpecPart.own(self["color"]!).withDefaults([
            "type": "nominal", "sort": nil, "legend": ["title": nil, "orient": "right"],
          ]),
        ],
      ],
      transforms: [
        ["aggregate": [["op": "sum", "field": .text(value), "as": "waffle_value"]], "groupby": [.text(part)]],
        ["joinaggregate": [["op": "sum", "field": "waffle_value", "as": "waffle_total"]]],
        ["window": [["op": "sum", "field": "waffle_value", "as": "waffle_sum"]]],
        ["calculate": share("datum.waffle_sum - datum.waffle_value"), "as": "waffle_from"],
        ["calculate": share("datum.waffle_sum"), "as": "waffle_to"],
        ["calculate": "sequence(datum.waffle_from, datum.waffle_to)", "as": "waffle_cell"],
        ["flatten": ["waffle_cell"]],
        ["calculate": .text("datum.waffle_cell % \(shortestNumber(columns))"), "as": "waffle_column"],
        ["calculate": .text("floor(datum.waffle_cell / \(shortestNumber(columns)))"), "as": "waffle_row"],
      ], defaults: ["width": side, "height": side])
  }

  /// Two groups back to back, by age or the like.
  ///
  /// Needs classes at y, amounts at x, the two groups at color; the first of its domain, or `left`, stands left.
  mutating func pyramid() -> MacroExpansion? {
    checkSettings(["left"])
    guard field("y", "the classes, such as ages") != nil, let x = field("x", "the amounts"),
      let group = field("color", "the two groups")
    else { return nil }
    guard let left = settings["left"] ?? order("color").first else {
      diagnostics.append(
        .error(
          "chart.missing-key", "'\(Self.path)' needs 'left'", at: span,
          hint: "the group that stands left, or give 'encoding.color.scale.domain'"))
      return nil
    }
    let axis = SpecPart(self["x"]?["axis"]).orEmpty
    return MacroExpansion(
      body: [
        "mark": SpecPart(spec["mark"]).asMark,
        "encoding": [
          "y": categories("y"),
          "x": amounts("x").with([
            "field": "pyramid_value", "stack": nil, "title": SpecPart(self["x"]?["title"] ?? self["x"]?["field"]),
            // Both sides count upwards.
            "axis": axis.withDefaults([
              "title": nil, "domain": false, "tickCount": 7, "labelExpr": "replace(datum.label, '−', '')",
            ]),
          ]),
          // The legend reads as the sides stand.
          "color": color.withDefaults(["sort": [.own(left)]]),
        ],
      ],
      transforms: [
        [
          "calculate": .text("\(datum(group)) == \(literal(left)) ? -\(datum(x)) : \(datum(x))"), "as": "pyramid_value",
        ]
      ], defaults: ["width": "container", "height": ["step": 26]])
  }

  /// How a sum comes about: steps up and down from one total to the next.
  ///
  /// Needs steps at x, amounts at y; `total` names the field that is true for rows that are totals.
  mutating func waterfall() -> MacroExpansion? {
    checkSettings(["total", "values", "format", "formatType"])
    guard let x = field("x", "the steps, in the order of the rows"),
      let y = field("y", "by how much each changes the sum")
    else { return nil }
    let total = setting("total").map { datum($0) } ?? "false"
    let amount = datum(y)
    let steps = part("x").with([
      "axis": SpecPart(self["x"]?["axis"]).orEmpty.withDefaults([
        "title": nil, "labelAngle": 0, "domain": false, "ticks": false,
      ])
    ]).withDefaults(["type": "nominal", "sort": nil])
    let levels = amounts("y").with(["field": "waterfall_from"])
    var layers: [SpecPart] = [
      [
        "mark": SpecPart(spec["mark"]).asMark,
        "encoding": [
          "y": levels, "y2": ["field": "waterfall_to"],
          "color": part("color").orEmpty.with(["field": "waterfall_kind", "type": "nominal"]).withDefaults([
            "legend": nil,
            "scale": [
              "domain": ["up", "down", "total"],
              "range": ["var(--series-1, #0a8f8c)", "var(--series-3, #bd7f10)", "var(--ink-2, #5c5850)"],
            ],
          ]),
        ],
      ],
      [
        "transform": [["filter": "isValid(datum.waterfall_next)"]],
        "mark": ["type": "rule", "color": "var(--axis, #8b867b)"],
        "encoding": [
          "x": steps.with(["bandPosition": 1]), "x2": ["field": "waterfall_next", "bandPosition": 0],
          "y": levels.with(["field": "waterfall_to"]),
        ],
      ],
    ]
    if flag("values", default: true) {
      let text = SpecPart.map([("field", .text(y)), ("type", "quantitative")] + format("y"))
      layers.append([
        "mark": ["type": "text", "baseline": "bottom", "dy": -4],
        "encoding": ["y": levels.with(["field": "waterfall_top"]), "text": text],
      ])
    }
    return MacroExpansion(
      body: ["encoding": ["x": steps], "layer": .list(layers)],
      transforms: [
        [
          "window": [
            ["op": "row_number", "as": "waterfall_row"], ["op": "lead", "field": .text(x), "as": "waterfall_next"],
          ]
        ],
        // A first total is where the sum begins; later ones only say what it has become.
        [
          "calculate": .text("\(total) && datum.waterfall_row > 1 ? 0 : \(amount)"), "as": "waterfall_step",
        ],
        ["window": [["op": "sum", "field": "waterfall_step", "as": "waterfall_sum"]]],
        ["calculate": .text("\(total) ? 0 : datum.waterfall_sum - \(amount)"), "as": "waterfall_from"],
        ["calculate": .text("\(total) ? \(amount) : datum.waterfall_sum"), "as": "waterfall_to"],
        ["calculate": "max(datum.waterfall_from, datum.waterfall_to)", "as": "waterfall_top"],
        ["calculate": .text("\(total) ? 'total' : \(amount) < 0 ? 'down' : 'up'"), "as": "waterfall_kind"],
      ], defaults: ["width": "container", "height": 280])
  }

  /// Answers on a scale, stacked around the middle of the scale.
  ///
  /// Needs questions at y, amounts at x, answers at color in the order of its domain; `neutral` is the answer in the middle.
  mutating func likert() -> MacroExpansion? {
    checkSettings(["neutral", "format", "formatType"])
    guard let y = field("y", "the questions"), let x = field("x", "how many answered so"),
      let answer = field("color", "the answers")
    else { return nil }
    let answers = order("color")
    guard answers.count > 1 else {
      diagnostics.append(
        .error(
          "chart.macro-needs", "the macro 'likert' needs the order of the answers",
          at: self["color"]?.span ?? span,
          hint: "from disagreement to agreement, at 'encoding.color.scale.domain'"))
      return nil
    }
    let neutral = settings["neutral"].flatMap { wanted in
      answers.firstIndex { literal($0) == literal(wanted) }
    }
    if let wanted = settings["neutral"], neutral == nil {
      diagnostics.append(
        .error(
          "chart.unknown-value", "'\(MacroCall.path).neutral' is none of the answers", at: wanted.span,
          hint: "use one of " + answers.map { literal($0) }.joined(separator: ", ")))
    }
    let places = "[" + answers.map { literal($0) }.joined(separator: ", ") + "]"
    let below =
      neutral.map {
        "datum.likert_place < \($0) ? datum.likert_share : datum.likert_place == \($0) ? datum.likert_share / 2 : 0"
      }
      ?? "datum.likert_place < \(shortestNumber(Double(answers.count) / 2)) ? datum.likert_share : 0"
    let colors: SpecPart = .list(likertColors(answers.count, neutral: neutral).map { .text($0) })
    let scale = SpecPart(self["color"]?["scale"]).orEmpty.withDefaults([
      "domain": .list(answers.map { .own($0) }), "range": colors,
    ])
    let format = SpecPart.map(self.format("x").isEmpty ? [("format", ".0%")] : self.format("x"))
    return MacroExpansion(
      body: [
        "mark": SpecPart(spec["mark"]).asMark,
        "encoding": [
          "y": categories("y"),
          "x": [
            "field": "likert_from", "type": "quantitative",
            "title": SpecPart(self["x"]?["title"] ?? self["x"]?["field"]),
            "axis": SpecPart(self["x"]?["axis"]).orEmpty.with([
              "format": ".0%", "labelExpr": "replace(datum.label, '−', '')",
            ]).withDefaults(["title": nil, "domain": false, "tickCount": 5]),
          ],
          "x2": ["field": "likert_to"], "color": color.with(["scale": scale]),
        ],
      ],
      transforms: [
        ["calculate": .text("indexof(\(places), \(datum(answer)))"), "as": "likert_place"],
        ["joinaggregate": [["op": "sum", "field": .text(x), "as": "likert_all"]], "groupby": [.text(y)]],
        ["calculate": .text("\(datum(x)) / datum.likert_all"), "as": "likert_share"],
        ["calculate": .text(below), "as": "likert_below"],
        ["joinaggregate": [["op": "sum", "field": "likert_below", "as": "likert_left"]], "groupby": [.text(y)]],
        [
          "window": [["op": "sum", "field": "likert_share", "as": "likert_sum"]], "groupby": [.text(y)],
          "sort": [["field": "likert_place"]],
        ],
        ["calculate": "datum.likert_sum - datum.likert_share - datum.likert_left", "as": "likert_from"],
        ["calculate": "datum.likert_sum - datum.likert_left", "as": "likert_to"],
      ],
      overlays: [
        "labels": [SpecPart.map([("at", "inside"), ("field", "likert_share"), ("legend", true)]).with(format)]
      ],
      defaults: ["width": "container", "height": ["step": 38]])
  }

  /// Two colours that grow stronger outwards, and grey in the middle.
  private func likertColors(_ count: Int, neutral: Int?) -> [String] {
    let low = ["var(--div-1, #8c4a0c)", "var(--div-2, #b5772f)", "var(--div-3, #d6a871)"]
    let high = ["var(--div-9, #0b626b)", "var(--div-8, #418f96)", "var(--div-7, #88bcc0)"]
    let lower = neutral ?? count / 2
    let upper = count - lower - (neutral == nil ? 0 : 1)
    func side(_ colors: [String], _ count: Int) -> [String] { (0..<max(0, count)).map { colors[min($0, 2)] } }
    return side(low, lower) + (neutral == nil ? [] : ["var(--div-5-mark, #b9b5aa)"]) + side(high, upper).reversed()
  }
}
