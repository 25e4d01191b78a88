internal import AlmanacCore
internal import Notation

extension MacroCall {
  /// One small chart for each value of a field, all on the same axes, under one title.
  ///
  /// `by` names the field; `columns` how many stand in a row of the wide drawing.
  mutating func smallMultiples() -> MacroExpansion? {
    checkSettings(["by", "columns", "sort"])
    guard let by = setting("by", required: "the field with a chart for each of its values") else { return nil }
    let wanted = Int(limited: number("columns") ?? 3, to: 1000)
    // A phone has room for two charts in a row, if that.
    let columns = max(1, width < 480 ? min(2, wanted) : wanted)
    let spacing = 18.0
    // The axis on the left takes its part once.
    let cell = max(80, ((width - 60 - spacing * Double(columns - 1)) / Double(columns)).rounded(.down))
    let inner: Set<String> = ["mark", "encoding", "layer", "height", "width", "view", "resolve"]
    let cellMembers = (spec.object ?? []).filter { inner.contains($0.key) && $0.key != "width" }
    let chart = SpecPart.map(cellMembers.map { ($0.key, .own($0.value)) }).withDefaults([
      "width": .number(cell), "height": .number(min(160, (cell * 0.75).rounded())),
    ])
    // In the order of the data where the author asks for none: facets sort by name otherwise.
    let isSorted = settings["sort"] != nil
    let order: SpecPart = isSorted ? SpecPart(settings["sort"]) : ["field": "multiples_row", "op": "min"]
    return MacroExpansion(
      body: [
        "facet": [
          "field": .text(by), "type": "nominal", "sort": order,
          "header": [
            "title": nil, "labelAnchor": "start", "labelFontWeight": 600, "labelFontSize": 12, "labelPadding": 6,
          ],
        ],
        "columns": .number(Double(columns)), "spacing": .number(spacing), "spec": chart,
      ], transforms: isSorted ? [] : [["window": [["op": "row_number", "as": "multiples_row"]]]],
      dropsKeys: ["layer", "height", "width", "view", "resolve"])
  }
}
