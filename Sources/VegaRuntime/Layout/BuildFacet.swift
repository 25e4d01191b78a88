internal import VegaLite

extension ChartRun {
  func buildFacet(_ plan: GroupPlan, _ facet: FacetPlan, _ view: ViewScope, _ group: SceneGroup) {}
}
