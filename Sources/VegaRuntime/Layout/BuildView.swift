internal import AlmanacCore
internal import VegaLite

/// Turns groups of the plan into groups of the scene: sizes, scales, marks, guides, then their layout.
extension ChartRun {
  func draw() -> ChartDrawing? {
    for signal in plan.signals {
      if let value = signal.value {
        signals[signal.name] = value
      } else if let expression = signal.expression {
        signals[signal.name] = evaluate(expression, scope: scope())
      }
    }
    let root = buildRoot()
    tellOfBudget()
    var bounds = root.bounds
    if bounds.isEmpty { bounds = Bounds(x1: 0, y1: 0, x2: 0, y2: 0) }
    let (left, top, right, bottom) = padding
    if plan.autosize.isNone { bounds = Bounds(x1: 0, y1: 0, x2: root.width ?? 0, y2: root.height ?? 0) }
    // What two ways of measuring a curve differ by makes no pixel more.
    func whole(_ reach: Double) -> Double { (reach - 0.005).rounded(.up) }
    let originX = left + max(0, whole(-bounds.x1))
    let originY = top + max(0, whole(-bounds.y1))
    let width = originX + max(root.width ?? 0, whole(bounds.x2)) + right
    var height = originY + max(root.height ?? 0, whole(bounds.y2)) + bottom
    height += addFooter(to: root, x: left - originX, y: height - originY, width: width - left - right)
    let background = value(plan.background)?.stringValue
    _ = meter?.begin(.print)
    var words = describe()
    let notes = annotationSentences
    if !notes.isEmpty {
      words.description += (isChinese ? "" : " ") + DescriptionWords(isChinese: isChinese).notes(notes)
    }
    var writer = SVGWriter(prefix: options.idPrefix)
    let svg = writer.document(
      root, width: width, height: height, origin: (originX, originY), background: background,
      title: options.title ?? words.title,
      description: words.description, language: options.language.rawValue, gradients: gradients, hatches: hatches)
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    return ChartDrawing(
      svg: svg, width: width, height: height, title: options.title ?? words.title, description: words.description,
      table: words.table, times: meter?.times ?? [])
  }

  /// Writes the lines of the footer below everything else. Returns how high they are.
  private func addFooter(to root: SceneGroup, x: Double, y: Double, width: Double) -> Double {
    let size = 12.0
    let lines = options.footer.flatMap { breakLines($0, width: width, size: size) }
    guard !lines.isEmpty else { return 0 }
    var shape = TextShape(lines: lines, x: x, y: y + size + 4)
    shape.font = plan.config["font"]?.stringValue ?? "sans-serif"
    shape.size = size
    shape.lineHeight = size + 4
    var style = ItemStyle()
    style.fill = LabelPaint.softInk
    root.nodes.append(
      .marks(SceneMarks(kind: "text", role: "footer", items: [SceneItem(.text(shape), style)])))
    return Double(lines.count) * (size + 4) + 8
  }

  private var padding: (Double, Double, Double, Double) {
    switch evaluated(plan.padding) {
    case .number(let all): return (all, all, all, all)
    case .object(let object):
      func side(_ key: String) -> Double { object[key]?.numberValue ?? 0 }
      return (side("left"), side("top"), side("right"), side("bottom"))
    default: return (5, 5, 5, 5)
    }
  }

  /// The root group; plots that fit a given size are drawn again with the room that axes and legends leave them.
  private func buildRoot() -> SceneGroup {
    let isForPage =
      options.width != nil && plan.root.isPlot && (plan.root.width == .container || plan.autosize.fitsWidth)
    let wantedWidth = isForPage ? options.width : plan.autosize.fitsWidth ? givenSize(plan.root, isX: true) : nil
    let wantedHeight = plan.autosize.fitsHeight ? givenSize(plan.root, isX: false) : nil
    if wantedWidth == nil, wantedHeight == nil { return buildParts() }
    let (left, top, right, bottom) = isForPage || plan.autosize.countsPadding ? padding : (0, 0, 0, 0)
    var (width, height) = (wantedWidth, wantedHeight)
    // Vega makes room once; for a page the width must be met, whatever labels do with less room.
    for _ in 0..<(isForPage ? 3 : 1) {
      forgetDrawing()
      let bounds = build(plan.root.sized(width, height), parent: nil).bounds
      func room(_ wanted: Double?, _ size: Double?, _ low: Double, _ high: Double, _ padding: Double) -> Double? {
        guard let wanted, let size else { return nil }
        return max(0, wanted - padding - max(0, (-low).rounded(.up)) - max(0, (high - size).rounded(.up)))
      }
      let next = room(wantedWidth, width, bounds.x1, bounds.x2, left + right).map { isForPage ? max(40, $0) : $0 }
      height = room(wantedHeight, height, bounds.y1, bounds.y2, top + bottom)
      if isForPage, next == width { break }
      width = next
    }
    forgetDrawing()
    return build(plan.root.sized(width, height), parent: nil)
  }

  private func forgetDrawing() {
    partitions.removeAll()
    markCount = 0
    gradients.removeAll()
    hatches.removeAll()
  }

  /// The size that the plots along one side of the picture share.
  func givenSize(_ group: GroupPlan, isX: Bool) -> Double? {
    if group.isPlot {
      return switch isX ? group.width : group.height {
      case .fixed(let pixels)?: pixels
      case .container?: plan.config.number("view", isX ? "continuousWidth" : "continuousHeight") ?? 300
      default: nil
      }
    }
    let sizes = group.partsAlong(isX: isX).map { givenSize($0, isX: isX) }
    return sizes.allSatisfy { $0 == sizes.first } ? sizes.first ?? nil : nil
  }

  /// A composition; parts that want the width of what holds them share that of the document in the report's look.
  ///
  /// Vega-Lite has no such thing and gives them its default width: on a phone the whole would be shrunk with its texts.
  private func buildParts() -> SceneGroup {
    var group = build(plan.root, parent: nil)
    guard let document = options.width, plan.config["flatLabels"] == .bool(true),
      plan.root.children.contains(where: { $0.isPlot && $0.width == .container })
    else { return group }
    let (left, _, right, _) = padding
    let columns = Double(max(1, plan.root.layout?.columns.map { Int(limited: $0) } ?? plan.root.children.count))
    var width = plan.config.number("view", "continuousWidth") ?? 300
    for _ in 0..<3 {
      let next = max(60, width - ((group.bounds.width - (document - left - right)) / columns).rounded(.up))
      if next == width { break }
      width = next
      partWidth = width
      forgetDrawing()
      group = build(plan.root, parent: nil)
    }
    return group
  }

  // MARK: Groups

  func build(_ plan: GroupPlan, parent: ViewScope?, width: Double? = nil, height: Double? = nil) -> SceneGroup {
    let view = ViewScope(plan, parent: parent)
    let group = SceneGroup(role: plan.isPlot ? "frame" : "scope", classes: plan.isPlot ? "view" : "grid")
    if plan.isPlot {
      // Sizes that need no data are known to expressions in domains.
      if case .fixed(let pixels)? = plan.width { view.width = width ?? pixels }
      if case .fixed(let pixels)? = plan.height { view.height = height ?? pixels }
    }
    // Domains first: sizes of discrete axes follow from them, and ranges from sizes.
    var domains: [Domain] = []
    for scale in plan.scales { domains.append(domain(scale, in: view)) }
    if plan.isPlot {
      sizes(plan, view, domains, width: width, height: height)
      group.width = view.width
      group.height = view.height
      background(plan, view, group)
    }
    if !plan.isPlot, let size = firstPlotSize(plan, view) { (view.width, view.height) = size }
    makeScales(plan, domains, view)
    if plan.isPlot { buildPlot(plan, view, group) }
    if let facet = plan.facet { buildFacet(plan, facet, view, group) }
    if !plan.children.isEmpty { buildConcat(plan, view, group) }
    finish(plan, view, group)
    return group
  }

  private func makeScales(_ plan: GroupPlan, _ domains: [Domain], _ view: ViewScope) {
    // Position scales first, since offsets and sizes read them.
    for pass in 0..<2 {
      for (scale, domain) in zip(plan.scales, domains) where (scale.channel.isPosition ? 0 : 1) == pass {
        view.scales[scale.name] = measured(.scales) { makeScale(scale, domain, in: view) }
      }
    }
  }

  private func sizes(_ plan: GroupPlan, _ view: ViewScope, _ domains: [Domain], width: Double?, height: Double?) {
    view.width = width ?? pixels(plan.width, plan, view, domains, key: "continuousWidth")
    view.height = height ?? pixels(plan.height, plan, view, domains, key: "continuousHeight")
  }

  private func pixels(_ size: SizePlan?, _ plan: GroupPlan, _ view: ViewScope, _ domains: [Domain], key: String)
    -> Double
  {
    func find(_ name: String) -> (ScalePlan, Domain)? {
      if let index = plan.scales.firstIndex(where: { $0.name == name }) { return (plan.scales[index], domains[index]) }
      var at = view.parent
      while let scope = at {
        if let scale = scope.plan.scales.first(where: { $0.name == name }) { return (scale, domain(scale, in: scope)) }
        at = scope.parent
      }
      return nil
    }
    func space(_ scale: ScalePlan, _ domain: Domain) -> Double {
      let padding = number(scale.padding, view)
      let inner = scale.type == .point ? 1 : number(scale.paddingInner, view) ?? padding ?? 0
      let outer = number(scale.paddingOuter, view) ?? padding ?? 0
      return bandSpace(count: domain.values.count, paddingInner: inner, paddingOuter: outer)
    }
    switch size {
    case .fixed(let pixels)?: return pixels
    case .step(let step, let name)?: return find(name).map { space($0.0, $0.1) * step } ?? step
    case .nestedStep(let step, let name, let offset)?:
      guard let (scale, domain) = find(name), let (inner, innerDomain) = find(offset) else { return step }
      let nested = step * space(inner, innerDomain)
      let paddingInner = number(scale.paddingInner, view) ?? number(scale.padding, view) ?? 0
      if scale.type == .point { return space(scale, domain) * nested }
      return space(scale, domain) * nested / (1 - paddingInner)
    case .container?:
      if key == "continuousWidth", let partWidth { return partWidth }
      return self.plan.config.number("view", key) ?? 300
    case .bins?, nil: return 0
    }
  }

  /// The size of the first plot within a composition: what shared scales range over.
  private func firstPlotSize(_ plan: GroupPlan, _ view: ViewScope) -> (Double, Double)? {
    for child in plan.facet?.cell ?? plan.children {
      let scope = ViewScope(child, parent: view)
      if child.isPlot {
        let domains = child.scales.map { domain($0, in: scope) }
        return (
          pixels(child.width, child, scope, domains, key: "continuousWidth"),
          pixels(child.height, child, scope, domains, key: "continuousHeight")
        )
      }
      if let size = firstPlotSize(child, scope) { return size }
    }
    return nil
  }

  /// The size of a plot in a view or in one of its parts.
  func plotSize(named name: String, in view: ViewScope) -> (Double, Double)? {
    if view.plan.isPlot { return view.plan.name == name ? (view.width, view.height) : nil }
    for child in view.plan.facet?.cell ?? view.plan.children {
      let scope = ViewScope(child, parent: view)
      if child.isPlot {
        guard child.name == name else { continue }
        let domains = child.scales.map { domain($0, in: scope) }
        sizes(child, scope, domains, width: nil, height: nil)
      }
      if let size = plotSize(named: name, in: scope) { return size }
    }
    return nil
  }

  private func background(_ plan: GroupPlan, _ view: ViewScope, _ group: SceneGroup) {
    let encoder = MarkEncoder(run: self, view: view, table: DataTable(rowCount: 1))
    let styler = ItemStyler(entries: plan.style, encoder: encoder)
    group.background = styler.style(0)
    group.cornerRadius = encoder.evaluate(plan.style, .cornerRadius)?.number(0) ?? 0
  }

  // MARK: Plots

  private func buildPlot(_ plan: GroupPlan, _ view: ViewScope, _ group: SceneGroup) {
    var behind: [SceneNode] = []
    var front: [SceneNode] = []
    for axis in plan.axes {
      guard let builder = AxisBuilder(run: self, view: view, plan: axis) else { continue }
      let drawn = builder.build()
      drawn.zindex = axis.zindex
      if axis.zindex > 0 { front.append(.group(drawn)) } else { behind.append(.group(drawn)) }
    }
    group.nodes += behind
    let brushes = plan.brushes.compactMap { build($0, in: view) }
    group.nodes += brushes.map { .marks($0.area) }
    let firstMark = group.nodes.count
    for mark in plan.marks {
      for marks in measured(.marks, { build(mark, in: view) }) { group.nodes.append(.marks(marks)) }
    }
    group.nodes += brushes.map { .marks($0.outline) }
    group.nodes += front
    addOverlays(plan, view, group, firstMark: firstMark)
  }

  /// Legends, title and what the group covers.
  private func finish(_ plan: GroupPlan, _ view: ViewScope, _ group: SceneGroup) {
    let (width, height) = (group.width ?? 0, group.height ?? 0)
    var bounds = Bounds(x1: 0, y1: 0, x2: width, y2: height)
    var (xBounds, yBounds) = (bounds, bounds)
    for node in group.nodes {
      switch node {
      case .group(let inner) where inner.role == "axis":
        if inner.isVertical { xBounds.formUnion(inner.bounds) } else { yBounds.formUnion(inner.bounds) }
      case .group(let inner):
        xBounds.formUnion(inner.bounds)
        yBounds.formUnion(inner.bounds)
      case .marks(let marks):
        bounds.formUnion(node.bounds)
        if marks.isGrouped {
          xBounds.formUnion(node.bounds)
          yBounds.formUnion(node.bounds)
        }
      }
    }
    var legends: [(String, SceneGroup)] = []
    for legend in plan.legends {
      if let (orient, drawn) = LegendBuilder(run: self, view: view, plan: legend).build() {
        legends.append((orient, drawn))
        group.nodes.append(.group(drawn))
      }
    }
    placeLegends(legends, xBounds, yBounds, width, height, in: view)
    let isFitted = view.parent == nil && (plan.isPlot && self.plan.autosize.fits)
    for (orient, legend) in legends where orient != "none" || !isFitted {
      // What fits a size makes room for a legend in its own direction only.
      let box = legend.bounds
      switch orient {
      case "left" where isFitted, "right" where isFitted: bounds.formUnion(Bounds(x1: box.x1, y1: 0, x2: box.x2, y2: 0))
      case "top" where isFitted, "bottom" where isFitted: bounds.formUnion(Bounds(x1: 0, y1: box.y1, x2: 0, y2: box.y2))
      default: if !isFitted { bounds.formUnion(box) }
      }
    }
    bounds.formUnion(xBounds)
    bounds.formUnion(yBounds)
    if view.parent == nil, let key = forecastKey() {
      placeForecastKey(key, above: bounds, legends: legends, width: max(width, view.width))
      bounds.formUnion(key.bounds)
      group.nodes.append(.group(key))
    }
    if let title = plan.title {
      let drawn = buildTitle(title, view, width: width, height: height, around: bounds)
      bounds.formUnion(drawn.bounds)
      group.nodes.append(.group(drawn))
    }
    group.clips = plan.clips
    if group.clips { bounds = Bounds(x1: 0, y1: 0, x2: width, y2: height) }
    // The frame of a part takes room; that of the whole picture does not.
    group.content = bounds
    if view.parent != nil, let frame = group.background { bounds = bounds.expanded(by: frame.reach) }
    group.bounds = bounds.translated(group.x, group.y)
    if group.nodes.contains(where: { $0.zindex != 0 }) {
      let order = group.nodes.indices.sorted {
        let (a, b) = (group.nodes[$0].zindex, group.nodes[$1].zindex)
        return a == b ? $0 < $1 : a < b
      }
      group.nodes = order.map { group.nodes[$0] }
    }
  }

  private func placeLegends(
    _ legends: [(String, SceneGroup)], _ x: Bounds, _ y: Bounds, _ width: Double, _ height: Double, in view: ViewScope
  ) {
    for orient in ["left", "right", "top", "bottom", "top-left", "top-right", "bottom-left", "bottom-right"] {
      let members = legends.filter { $0.0 == orient }.map(\.1)
      guard !members.isEmpty else { continue }
      let config = plan.config.value("legend", "layout")?.objectValue
      let own = config?[orient]?.objectValue
      /// What is said of legends on this side, or on all sides.
      func layout(_ key: String) -> Value? { own?[key] ?? config?[key] }
      let offset = members.compactMap(\.legendOffset).max() ?? layout("offset")?.numberValue ?? 18
      var options = GridOptions(columns: layout("direction") == .string("vertical") ? 1 : members.count)
      options.alignColumn = .each
      options.alignRow = .each
      options.isFlush = layout("bounds") != .string("full")
      options.centerRow = layout("center")?.boolValue ?? false
      options.centerColumn = options.centerRow
      let margin = layout("margin")?.numberValue ?? 8
      (options.paddingColumn, options.paddingRow) = (margin, margin)
      let anchor = layout("anchor")?.stringValue ?? "start"
      let part = anchor == "end" ? 1 : anchor == "middle" ? 0.5 : 0
      switch orient {
      case "left":
        (options.anchorX, options.anchorsEndX) = (x.x1.rounded(.down) - offset, true)
        options.anchorY = part * (height == 0 ? x.height + 2 * x.y1 : height)
      case "right":
        options.anchorX = x.x2.rounded(.up) + offset
        options.anchorY = part * (height == 0 ? x.height + 2 * x.y1 : height)
      case "top":
        (options.anchorY, options.anchorsEndY) = (y.y1.rounded(.down) - offset, true)
        options.anchorX = part * (width == 0 ? y.width + 2 * y.x1 : width)
      case "bottom":
        options.anchorY = y.y2.rounded(.up) + offset
        options.anchorX = part * (width == 0 ? y.width + 2 * y.x1 : width)
      case "top-left": (options.anchorX, options.anchorY) = (offset, offset)
      case "top-right": (options.anchorX, options.anchorY, options.anchorsEndX) = (width - offset, offset, true)
      case "bottom-left": (options.anchorX, options.anchorY, options.anchorsEndY) = (offset, height - offset, true)
      default:
        (options.anchorX, options.anchorY, options.anchorsEndX, options.anchorsEndY) = (
          width - offset, height - offset, true, true
        )
      }
      if orient == "top" || orient == "bottom", anchor == "start", legendsTakeWholeWidth(view) {
        options.anchorX = min(x.x1, 0).rounded(.down)
        let room = (legendRoom(view) ?? .infinity) - margin * Double(members.count - 1)
        if members.map(\.bounds.width).reduce(0, +) > room { options.columns = 1 }
      }
      if orient == "left" || orient == "right" {
        options.anchorsEndY = anchor == "end"
        options.anchorsMiddleY = anchor == "middle"
      } else if orient == "top" || orient == "bottom" {
        options.anchorsEndX = anchor == "end"
        options.anchorsMiddleX = anchor == "middle"
      }
      layoutGrid(members, options)
    }
  }

  // MARK: Concatenations

  private func buildConcat(_ plan: GroupPlan, _ view: ViewScope, _ group: SceneGroup) {
    let parts = plan.children.map { build($0, parent: view) }
    for part in parts {
      part.classes += part.classes.contains("view") ? "" : " concat"
      group.nodes.append(.group(part))
    }
    layoutGrid(parts, gridOptions(plan.layout, count: parts.count))
  }

  func gridOptions(_ layout: LayoutPlan?, count: Int) -> GridOptions {
    var options = GridOptions(columns: layout?.columns.map { Int(limited: $0) } ?? count)
    guard let layout else { return options }
    func align(_ key: String) -> GridOptions.Align {
      switch layout.align.stringValue ?? layout.align.member(key).stringValue {
      case "none"?: .none
      case "each"?: .each
      case "all"?: .all
      default: .all
      }
    }
    (options.alignRow, options.alignColumn) = (align("row"), align("column"))
    options.isFlush = layout.bounds == "flush"
    func spacing(_ key: String) -> Double { layout.spacing.numberValue ?? layout.spacing.member(key).numberValue ?? 20 }
    (options.paddingRow, options.paddingColumn) = (spacing("row"), spacing("column"))
    func center(_ key: String) -> Bool { layout.center.boolValue ?? layout.center.member(key).boolValue ?? false }
    (options.centerRow, options.centerColumn) = (center("row"), center("column"))
    return options
  }
}

extension GroupPlan {
  /// Parts that stand below one another, so that they can share a width, or beside one another.
  fileprivate func partsAlong(isX: Bool) -> [GroupPlan] {
    if let facet {
      return isX && facet.columnField == nil && facet.facetField == nil
        || !isX && facet.rowField == nil && facet.facetField == nil ? facet.cell : []
    }
    return layout?.columns == (isX ? 1 : nil) ? children : []
  }

  /// With other sizes for the plots that share one.
  fileprivate func sized(_ width: Double?, _ height: Double?) -> GroupPlan {
    var group = self
    if isPlot {
      if let width { group.width = .fixed(width) }
      if let height { group.height = .fixed(height) }
      return group
    }
    let width = partsAlong(isX: true).isEmpty ? nil : width
    let height = partsAlong(isX: false).isEmpty ? nil : height
    group.children = children.map { $0.sized(width, height) }
    if group.facet != nil { group.facet?.cell = facet?.cell.map { $0.sized(width, height) } ?? [] }
    return group
  }
}
