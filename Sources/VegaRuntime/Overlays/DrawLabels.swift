internal import AlmanacCore
internal import VegaLite

extension OverlayCanvas {
  /// Labels the marks that a label names, or the first kind of mark that can be labelled so.
  mutating func drawLabels(_ label: LabelPlan, _ marks: [MarkPlan]) {
    let fitting = marks.filter { mark in
      guard mark.data != nil, fits(label.place, mark.kind) else { return false }
      guard let on = label.on else { return true }
      return mark.source.rawValue == on || mark.name == on || mark.name.hasSuffix(on + "_marks")
        || mark.name.hasPrefix(on + "_")
    }
    // A line and its points are one series; only one of them is labelled.
    guard let mark = fitting.first else {
      // Other views of a composition may hold the mark.
      if run.plan.root.isPlot || !marks.isEmpty && run.plan.root.facet != nil { tellNothingToLabel(label, marks) }
      return
    }
    let source = LabelSource(run: run, view: view, mark: mark, label: label)
    if source.missesField {
      run.tell(
        .error(
          "chart.unknown-field", "no field '\(label.field?.text ?? "")' in the rows that '\(label.path)' labels",
          at: label.span))
      return
    }
    switch label.place {
    case .end: drawEnds(source, label, atStart: false)
    case .start: drawEnds(source, label, atStart: true)
    case .both:
      drawEnds(source, label, atStart: true)
      drawEnds(source, label, atStart: false)
    case .value where mark.kind == .rect: drawBarLabels(source, label, inside: false)
    case .inside: drawBarLabels(source, label, inside: true)
    case .head: drawHeads(source, label)
    case .value, .point: drawPointLabels(source, label)
    }
  }

  private func fits(_ place: LabelPlan.Place, _ kind: MarkKind) -> Bool {
    switch place {
    case .end, .start, .both: kind == .line || kind == .area || kind == .trail
    case .inside, .head: kind == .rect
    case .value: [.rect, .line, .area, .symbol, .trail].contains(kind)
    case .point: [.symbol, .line, .trail].contains(kind)
    }
  }

  private func tellNothingToLabel(_ label: LabelPlan, _ marks: [MarkPlan]) {
    let kinds = marks.map(\.source.rawValue)
    let hint: String? =
      switch label.place {
      case .end, .start, .both: "'\(label.place.rawValue)' labels lines and areas"
      case .inside, .head: "'\(label.place.rawValue)' labels bars"
      case .value: "'value' labels bars, lines and points"
      case .point: "'point' labels points and lines"
      }
    run.tell(
      .error(
        "chart.nothing-to-label",
        "'\(label.path)' finds no mark to label among \(kinds.map { "'\($0)'" }.joined(separator: ", "))",
        at: label.span, hint: hint))
  }

  /// Says once how many labels found no room.
  func tellDropped(_ count: Int, _ label: LabelPlan) {
    guard count > 0 else { return }
    run.tell(
      .warning(
        "chart.label-dropped", "\(count) label\(count == 1 ? "" : "s") of '\(label.path)' found no room",
        at: label.span,
        hint: "name those that matter with 'only', or give the chart more height"))
  }
}

extension ChartRun {
  /// Notes something once, however often the picture is drawn while it is fitted.
  func tell(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}
