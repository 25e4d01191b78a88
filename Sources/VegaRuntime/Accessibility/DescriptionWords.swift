internal import VegaLite

/// The words of generated descriptions: all that a chart says by itself in either language.
///
/// They stand here and not with a report's strings because the library describes charts without a report, too.
struct DescriptionWords {
  let isChinese: Bool

  var chart: String { isChinese ? "图表" : "Chart" }

  func kind(_ mark: MarkType) -> String {
    if isChinese {
      return switch mark {
      case .bar: "条形图"
      case .line, .trail: "折线图"
      case .area: "面积图"
      case .point, .circle, .square: "散点图"
      case .arc: "饼图"
      case .rect: "热力图"
      case .geoshape: "地图"
      case .tick, .rule: "刻度图"
      default: "图表"
      }
    }
    return switch mark {
    case .bar: "Bar chart"
    case .line, .trail: "Line chart"
    case .area: "Area chart"
    case .point, .circle, .square: "Scatter plot"
    case .arc: "Pie chart"
    case .rect: "Heat map"
    case .geoshape: "Map"
    case .tick, .rule: "Strip plot"
    default: "Chart"
    }
  }

  func subject(_ kind: String, measure: String?, dimension: String?) -> String {
    switch (measure, dimension) {
    case (let measure?, let dimension?):
      isChinese ? "\(kind)：\(measure)，按\(dimension)。" : "\(kind) of \(measure) by \(dimension)."
    case (let one?, nil), (nil, let one?): isChinese ? "\(kind)：\(one)。" : "\(kind) of \(one)."
    default: isChinese ? "\(kind)。" : "\(kind)."
    }
  }

  func range(_ measure: String, low: (String, String?), high: (String, String?)) -> String {
    func place(_ end: (String, String?)) -> String {
      guard let at = end.1 else { return end.0 }
      return isChinese ? "\(end.0)（\(at)）" : "\(end.0) (\(at))"
    }
    return isChinese
      ? "\(measure)最低为\(place(low))，最高为\(place(high))。" : "\(measure) ranges from \(place(low)) to \(place(high))."
  }

  /// What the fields are called that macros compute; other titles stay.
  func title(_ title: String) -> String {
    switch title {
    case "bump_rank": isChinese ? "位次" : "Rank"
    case "waffle_column": isChinese ? "列" : "Column"
    case "waffle_row": isChinese ? "行" : "Row"
    case "likert_from", "waterfall_from": isChinese ? "起点" : "From"
    case "likert_to", "waterfall_to": isChinese ? "终点" : "To"
    default: title
    }
  }

  /// The head of the column that says of which plot a row is.
  var partColumn: String { isChinese ? "分图" : "Plot" }

  /// What one of several plots shows.
  func part(_ title: String, _ description: String) -> String {
    isChinese ? "\(title)：\(description)" : "\(title): \(description)"
  }

  func series(_ title: String, _ names: [String]) -> String {
    let most = 12
    let shown = names.prefix(most)
    if isChinese { return "\(title)：\(shown.joined(separator: "、"))\(names.count > most ? "等" : "")。" }
    return "\(title): \(shown.joined(separator: ", "))\(names.count > most ? ", and more" : "")."
  }

  /// What the ledger's kinds of rows are called.
  func forecast(_ kind: String) -> String {
    switch kind {
    case "observed": isChinese ? "实际" : "Observed"
    case "forecast": isChinese ? "预测" : "Forecast"
    case "target": isChinese ? "目标" : "Target"
    default: kind
    }
  }

  /// The head of the column that says which rows are forecasts.
  var forecastColumn: String { isChinese ? "性质" : "Kind" }

  /// Which rows of the picture were not observed.
  func forecasts(_ label: String, _ places: [String]) -> String {
    isChinese
      ? "\(label)：\(places.joined(separator: "、"))。" : "\(label): \(places.joined(separator: ", "))."
  }

  /// What is written on the picture besides its data.
  func notes(_ texts: [String]) -> String {
    isChinese ? "图中注明：\(texts.joined(separator: "；"))。" : "Noted on the chart: \(texts.joined(separator: "; "))."
  }
}
