internal import Markup
internal import VegaLite

extension ChartRun {
  /// Makes forecasts look like forecasts: bars and areas hatched, lines dashed, points hollow.
  func markForecasts(_ items: [SceneItem], of mark: MarkPlan, in table: DataTable) -> [SceneItem] {
    guard let rows = ForecastRows(plan.overlays?.forecast, table), mark.kind != .text, mark.kind != .image else {
      return items
    }
    return items.map { item in
      guard item.row >= 0, let kind = rows.kind(Int(item.row)) else { return item }
      forecastsSeen.insert(ForecastSeen(kind: kind, mark: mark.kind == .rule ? .line : mark.kind))
      var item = item
      item.style = forecastStyle(item.style, kind: kind, mark: mark.kind)
      return item
    }
  }

  func forecastStyle(_ observed: ItemStyle, kind: Int, mark: MarkKind) -> ItemStyle {
    var style = observed
    switch mark {
    case .line, .rule, .trail: style.strokeDash = kind == 0 ? [6, 4] : [2, 3]
    case .symbol:
      style.stroke = observed.fill ?? observed.stroke
      style.fill = LabelPaint.ground
      style.fillOpacity = 1
      style.opacity = 1
      style.strokeWidth = 1.75
    default:
      guard let fill = observed.fill else { return style }
      style.fill = hatch(HatchPaint(paint: fill, angle: kind % 2 == 0 ? 45 : -45))
      if mark != .area {
        style.stroke = fill
        style.strokeWidth = 1.25
      }
    }
    return style
  }

  /// Keeps a pattern and returns the paint that names it.
  func hatch(_ paint: HatchPaint) -> String {
    let index = hatches.firstIndex(of: paint) ?? hatches.count
    if index == hatches.count { hatches.append(paint) }
    return "url(#\(options.idPrefix)hatch\(index))"
  }
}

/// A kind of forecast drawn with a kind of mark: what the key must explain.
struct ForecastSeen: Hashable {
  var kind: Int
  var mark: MarkKind
}

extension HatchPaint {
  func write(to writer: inout MarkupWriter, id: String) {
    writer.raw("<pattern")
    writer.attribute("id", id)
    writer.raw(#" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate("#)
    writer.number(angle)
    writer.raw(#")"><rect width="6" height="6""#)
    writer.attribute("fill", paint)
    writer.raw(#" fill-opacity="0.14"/><rect width="2.25" height="6""#)
    writer.attribute("fill", paint)
    writer.raw("/></pattern>")
  }
}
