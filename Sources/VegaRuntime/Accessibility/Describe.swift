internal import VegaLite

extension ChartRun {
  func describe() -> (title: String, description: String, table: ChartTable) {
    (plan.description ?? "chart", plan.description ?? "", ChartTable())
  }
}
