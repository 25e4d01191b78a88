internal import AlmanacCore
internal import Localization
internal import VegaLite

/// Draws a view once for each value of a field, in a grid with headers and shared axes at its edges.
/// https://vega.github.io/vega-lite/docs/facet.html
extension ChartRun {
  /// One row or column of a grid, or one cell of a wrapped one.
  private struct Header {
    var value: Value
    var label: String
  }

  func buildFacet(_ plan: GroupPlan, _ facet: FacetPlan, _ view: ViewScope, _ group: SceneGroup) {
    guard let cellPlan = facet.cell.first else { return }
    let table = self.table(facet.data, in: view)
    let unfiltered = self.table(facet.sortData, in: view)
    let rows = facet.rowField.map { headers($0, facet.rowSort, facet.rowHeader, table, unfiltered) }
    let columns = facet.columnField.map { headers($0, facet.columnSort, facet.columnHeader, table, unfiltered) }
    let wrapped = facet.facetField.map { headers($0, facet.facetSort, facet.facetHeader, table, unfiltered) }
    var places: [[(FieldPath, Header)]] = []
    if let wrapped, let field = facet.facetField {
      places = wrapped.map { [(field, $0)] }
    } else {
      for row in rows.map({ $0.map { Optional($0) } }) ?? [nil] {
        for column in columns.map({ $0.map { Optional($0) } }) ?? [nil] {
          var place: [(FieldPath, Header)] = []
          if let row, let field = facet.rowField { place.append((field, row)) }
          if let column, let field = facet.columnField { place.append((field, column)) }
          places.append(place)
        }
      }
    }
    guard places.count <= options.limits.facets else {
      fail("chart.too-many-facets", "\(places.count) facets are more than the limit of \(options.limits.facets)")
      return
    }
    let crossed = crossedLabels(facet)
    let cells = places.map { place in
      let scope = ViewScope(GroupPlan(named: plan.name), parent: view)
      scope.cell = view.cell + place.map { (field: $0.0, value: $0.1.value) }
      // A place of a crossed grid that no row belongs to stays empty, without marks and grid lines.
      let isEmpty = place.count == 2 && self.table(facet.data, in: scope).rowCount == 0
      let cell = build(isEmpty ? cellPlan.emptied : cellPlan, parent: scope)
      if let header = facet.facetHeader, let label = place.first?.1.label, header.properties["labels"] != .bool(false) {
        addLabel(label, header, side: header.properties["labelOrient"]?.stringValue ?? "top", to: cell, scope)
      }
      if !isEmpty, let crossed, let label = place.first(where: { $0.0 == crossed.field })?.1.label {
        addLabel(label, crossed.header, side: crossed.side, to: cell, scope)
      }
      return cell
    }
    for cell in cells {
      cell.classes += " cell"
      group.nodes.append(.group(cell))
    }
    var options = gridOptions(plan.layout, count: cells.count)
    let columnCount: Int
    if wrapped != nil {
      columnCount = facet.columns.map { max(1, Int(limited: $0)) } ?? max(1, cells.count)
    } else {
      columnCount = max(1, columns?.count ?? 1)
    }
    options.columns = columnCount
    let bounds = layoutGrid(cells, options)
    guard let first = cells.first else { return }
    let rowCount = (cells.count + columnCount - 1) / columnCount
    // Headers are as long as all plots of a cell, if these share a size.
    let cellWidth = first.width ?? givenSize(cellPlan, isX: true)
    let cellHeight = first.height ?? givenSize(cellPlan, isX: false)
    let size = (cellWidth ?? 0, cellHeight ?? 0)
    // Row headers: labels at the left, shared y axes between them and the cells.
    func axisGroup(_ axes: [AxisPlan], _ role: String, _ header: HeaderPlan?, _ label: String?, horizontal: Bool)
      -> SceneGroup
    {
      let holder = SceneGroup(role: role)
      let scope = ViewScope(GroupPlan(named: ""), parent: view)
      (scope.width, scope.height) = size
      (holder.width, holder.height) = horizontal ? (size.0, 0) : (0, size.1)
      var box = Bounds()
      for axis in axes {
        var plan = axis
        // Beside a cell the axis stands at the edge that it faces.
        plan.isGrid = false
        if horizontal { scope.height = 0 } else { scope.width = 0 }
        guard let builder = AxisBuilder(run: self, view: scope, plan: plan) else { continue }
        let drawn = builder.build()
        holder.nodes.append(.group(drawn))
        box.formUnion(drawn.bounds)
      }
      (scope.width, scope.height) = size
      holder.bounds = box.union(
        horizontal ? Bounds(x1: 0, y1: 0, x2: size.0, y2: 0) : Bounds(x1: 0, y1: 0, x2: 0, y2: size.1))
      if let header, let label, header.properties["labels"] != .bool(false) {
        addLabel(
          label, header, side: header.properties["labelOrient"]?.stringValue ?? (horizontal ? "top" : "left"),
          to: holder, scope)
      }
      return holder
    }
    func at(_ side: String, _ axes: [AxisPlan]) -> [AxisPlan] { axes.filter { $0.orient == side } }
    var edges = HeaderEdges(
      cells: cells, columns: columnCount, isFlush: options.isFlush, isBandedX: cellWidth == nil,
      isBandedY: cellHeight == nil)
    let rowSide = side(of: facet.rowHeader, "labelOrient", "left")
    let columnSide = side(of: facet.columnHeader, "labelOrient", "top")
    for side in HeaderSide.allCases {
      let isRow = side.isRow
      let axes = at(side.rawValue, isRow ? facet.rowAxes : facet.columnAxes)
      let labels = isRow ? rows : columns
      let isLabelled = labels != nil && (isRow ? rowSide : columnSide) == side.rawValue
      guard !axes.isEmpty || isLabelled else { continue }
      let count = labels?.count ?? (isRow ? rowCount : min(columnCount, cells.count))
      let headers = (0..<count).map { index in
        axisGroup(
          axes, side.role, isLabelled ? (isRow ? facet.rowHeader : facet.columnHeader) : nil, labels?[index].label,
          horizontal: !isRow)
      }
      edges.place(headers, side)
      group.nodes += headers.map { .group($0) }
    }
    // Titles of the row, column or facet fields; a wrapped grid has no headers to keep off.
    for (header, fallback) in [(facet.rowHeader, "left"), (facet.columnHeader, "top"), (facet.facetHeader, "top")] {
      guard let header, let title = header.title, !title.isEmpty,
        let side = HeaderSide(rawValue: self.side(of: header, "titleOrient", fallback))
      else { continue }
      let holder = titleGroup(title, header, side, view)
      let gap = (side.isRow ? facet.rowHeader : facet.columnHeader)?.title?.isEmpty == false ? 10.0 : 0
      edges.place(title: holder, side, gap: gap, anchor: header.properties["titleAnchor"]?.stringValue, around: bounds)
      group.nodes.append(.group(holder))
    }
  }

  private func side(of header: HeaderPlan?, _ key: String, _ fallback: String) -> String {
    header?.properties[key]?.stringValue ?? header?.properties["orient"]?.stringValue ?? fallback
  }

  /// Labels of rows above or below, or of columns beside, which each cell has for itself.
  private func crossedLabels(_ facet: FacetPlan) -> (field: FieldPath, header: HeaderPlan, side: String)? {
    for (field, header, sides) in [
      (facet.rowField, facet.rowHeader, ["top", "bottom"]), (facet.columnField, facet.columnHeader, ["left", "right"]),
    ] {
      guard let field, let header, header.properties["labels"] != .bool(false) else { continue }
      let side = side(of: header, "labelOrient", "")
      if sides.contains(side) { return (field, header, side) }
    }
    return nil
  }

  // MARK: Values

  private func headers(
    _ field: FieldPath, _ sort: FacetSort, _ header: HeaderPlan?, _ table: DataTable, _ unfiltered: DataTable
  ) -> [Header] {
    let column = table.values(at: field)
    var values: [Value] = []
    var seen: Set<Value> = []
    for row in 0..<table.rowCount {
      let value = column[row]
      if value.isUndefined, table.rowCount > 0, seen.contains(.undefined) { continue }
      if seen.insert(RuntimeScale.key(value)).inserted { values.append(value) }
    }
    switch sort {
    case .ascending: values = stable(values) { Value.compare($0, $1) }
    case .descending: values = stable(values) { Value.compare($1, $0) }
    case .list(let order):
      func place(_ value: Value) -> Int { order.firstIndex { $0.strictlyEquals(value) } ?? order.count }
      values = stable(values) { place($0) - place($1) }
    case .by(let operation, let by, let descending):
      let grouped = aggregate(unfiltered, groupBy: [field], fields: [AggregateField(operation, by, as: "\u{1}weight")])
      let keys = grouped.values(at: FieldPath(column: field.columnName))
      let weights = grouped.values(at: FieldPath(column: "\u{1}weight"))
      var weight: [Value: Double] = [:]
      for row in 0..<grouped.rowCount { weight[RuntimeScale.key(keys[row])] = weights.number(row) }
      values = stable(values) { a, b in
        let (x, y) = (weight[RuntimeScale.key(a)] ?? 0, weight[RuntimeScale.key(b)] ?? 0)
        let order = x < y ? -1 : x > y ? 1 : 0
        return descending ? -order : order
      }
    }
    var printed = printedHeaders(values, header, field, table)
    if let expression = header?.labelExpression {
      let compiled = CompiledExpression(expression, scope: scope())
      for index in printed.indices {
        printed[index] =
          compiled(.object(ValueObject(["label": .string(printed[index]), "value": values[index]]))).asString
      }
    }
    return zip(values, printed).map { Header(value: $0, label: $1) }
  }

  private func printedHeaders(_ values: [Value], _ header: HeaderPlan?, _ field: FieldPath, _ table: DataTable)
    -> [String]
  {
    let format = header?.format ?? FormatPlan(plain: ())
    let printer = ValuePrinter(run: self, format: format)
    if case .bin(let end, _) = format.kind {
      let (column, ends) = (table.values(at: field), table.values(at: end))
      return values.map { value in
        guard let row = (0..<table.rowCount).first(where: { column[$0] == value }) else { return value.asString }
        return printer.range(value, ends[row])
      }
    }
    return values.map { value in
      if case .number(nil) = format.kind { return printer.text(value).asString }
      return printer.text(value).asString
    }
  }

  private func stable(_ values: [Value], _ order: (Value, Value) -> Int) -> [Value] {
    values.enumerated().sorted { a, b in
      let result = order(a.element, b.element)
      return result == 0 ? a.offset < b.offset : result < 0
    }.map(\.element)
  }

  // MARK: Words

  private func addLabel(_ label: String, _ header: HeaderPlan, side: String, to group: SceneGroup, _ view: ViewScope) {
    var properties = ValueObject()
    for (from, to) in [
      ("labelAlign", "align"), ("labelAnchor", "anchor"), ("labelBaseline", "baseline"), ("labelColor", "color"),
      ("labelFont", "font"), ("labelFontSize", "fontSize"),
      ("labelFontStyle", "fontStyle"), ("labelFontWeight", "fontWeight"), ("labelLimit", "limit"),
      ("labelLineHeight", "lineHeight"), ("labelPadding", "offset"), ("labelAngle", "angle"),
    ] {
      if let value = header.properties[from] { properties[to] = value }
    }
    if properties["fontWeight"] == nil { properties["fontWeight"] = .string("normal") }
    properties["orient"] = .string(side)
    properties["frame"] = .string("group")
    let title = TitlePlan(label: label, properties: properties)
    // The frame of a cell does not push its label away.
    let bounds =
      !group.content.isEmpty
      ? group.content
      : group.bounds.isEmpty
        ? Bounds(x1: 0, y1: 0, x2: group.width ?? 0, y2: group.height ?? 0)
        : group.bounds.translated(-group.x, -group.y)
    let drawn = buildTitle(title, view, width: group.width ?? 0, height: group.height ?? 0, around: bounds)
    group.nodes.append(.group(drawn))
    guard !group.content.isEmpty else { return group.bounds.formUnion(drawn.bounds.translated(group.x, group.y)) }
    group.content.formUnion(drawn.bounds)
    group.bounds = group.content.expanded(by: group.background?.reach ?? 0).translated(group.x, group.y)
  }

  private func titleGroup(_ text: String, _ header: HeaderPlan, _ side: HeaderSide, _ view: ViewScope) -> SceneGroup {
    var properties = ValueObject()
    for (from, to) in [
      ("titleAlign", "align"), ("titleAnchor", "anchor"), ("titleBaseline", "baseline"), ("titleColor", "color"),
      ("titleFont", "font"), ("titleFontSize", "fontSize"),
      ("titleFontStyle", "fontStyle"), ("titleFontWeight", "fontWeight"), ("titleLimit", "limit"),
      ("titleLineHeight", "lineHeight"), ("titlePadding", "offset"), ("titleAngle", "angle"),
    ] {
      if let value = header.properties[from] { properties[to] = value }
    }
    properties["orient"] = .string(side.rawValue)
    properties["frame"] = .string("group")
    let holder = SceneGroup(role: side.isRow ? "row-title" : "column-title")
    (holder.width, holder.height) = (0, 0)
    let drawn = buildTitle(
      TitlePlan(label: text, properties: properties), view, width: 0, height: 0,
      around: Bounds(x1: 0, y1: 0, x2: 0, y2: 0))
    holder.nodes.append(.group(drawn))
    holder.bounds = drawn.bounds
    return holder
  }
}

extension GroupPlan {
  fileprivate var emptied: GroupPlan {
    var group = self
    (group.axes, group.marks, group.legends) = ([], [], [])
    group.children = children.map(\.emptied)
    return group
  }
}

extension TitlePlan {
  fileprivate init(label: String, properties: ValueObject) {
    self.init(
      lines: label.split(separator: "\n", omittingEmptySubsequences: false).map(String.init), properties: properties)
  }
}
