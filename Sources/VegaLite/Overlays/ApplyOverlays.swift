internal import AlmanacCore
internal import Notation

extension ChartPlan {
  /// Reads the overlays of a spec into the plan, and leaves out the legends that direct labels replace.
  mutating func addOverlays(of spec: NotationValue, to diagnostics: inout [Diagnostic]) {
    var reader = OverlayReader()
    guard let overlays = reader.read(spec) else { return }
    diagnostics += reader.diagnostics
    self.overlays = overlays.isEmpty ? nil : overlays
    if overlays.labels.contains(where: { $0.parts.contains(.name) && !$0.keepsLegend && $0.only.isEmpty }) {
      root.removeSeriesLegends()
    }
  }
}

extension GroupPlan {
  /// Removes the legends that name series; those of amounts stay.
  fileprivate mutating func removeSeriesLegends() {
    legends.removeAll { legend in
      !legend.showsAmounts
        && legend.scales.contains { [MarkProperty.fill, .stroke, .strokeDash, .shape].contains($0.property) }
    }
    for index in children.indices { children[index].removeSeriesLegends() }
    guard facet != nil else { return }
    for index in facet!.cell.indices { facet!.cell[index].removeSeriesLegends() }
  }
}
