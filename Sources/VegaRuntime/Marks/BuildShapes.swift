internal import VegaLite

extension MarkBuilder {
  /// The outlines of shapes on the globe.
  mutating func shapes() -> [SceneItem] {
    guard let name = mark.projection, let projection = encoder.run.projection(name) else { return [] }
    let shapes: [Value]
    if let field = channel(.shape) {
      shapes = (0..<encoder.count).map { field.value($0) }
    } else {
      shapes = encoder.run.shapeValues(encoder.table, nil)
    }
    let draw = projection.pathFunction()
    let number = encoder.run.geoShapes.number(of: projection)
    var items: [SceneItem] = []
    items.reserveCapacity(encoder.count)
    for row in order() {
      guard let path = encoder.run.geoShapes.outline(shapes[row], projection: number, draw: draw), !path.isEmpty else {
        continue
      }
      items.append(SceneItem(.path(path, x: 0, y: 0, angle: 0), styler.shared(row), row: Int32(row)))
    }
    return items
  }
}
