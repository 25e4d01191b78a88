internal import VegaLite

extension ChartRun {
  /// Adds the column that says of each row whether it was observed.
  func addForecasts(to chart: inout ChartTable, _ table: DataTable, _ words: DescriptionWords) {
    guard let forecast = plan.overlays?.forecast, ForecastRows(forecast, table) != nil,
      chart.rows.count == table.rowCount
    else { return }
    let column = table.values(at: forecast.field)
    chart.columns.append(words.forecastColumn)
    for row in chart.rows.indices {
      let value = column[row].isPresent ? column[row].asString : ""
      let label = forecast.kinds.first { $0.value == value }?.label?.text(in: options.language)
      chart.rows[row].append(label ?? words.forecast(value))
      chart.plainRows[row].append(label ?? words.forecast(value))
    }
  }

  /// "Forecast: 2026, 2027."
  func forecastSentences(_ table: DataTable, _ dimension: DescribedField?, _ words: DescriptionWords) -> [String] {
    guard let rows = ForecastRows(plan.overlays?.forecast, table), let dimension else { return [] }
    let column = table.values(at: dimension.field)
    let printer = ValuePrinter(run: self, format: dimension.format)
    return forecastWords.map { kind, _, label in
      var places: [String] = []
      for row in 0..<table.rowCount where rows.kind(row) == kind && column[row].isValid {
        let place = printer.string(column[row])
        if !places.contains(place) { places.append(place) }
      }
      return words.forecasts(label, Array(places.prefix(12)))
    }
  }
}
