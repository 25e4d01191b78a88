internal import AlmanacCore
internal import Localization

/// The words of generated descriptions and outlines in either language.
///
/// They stand here and not with a report's strings because `almanac chart` draws diagrams without a report, too.
struct DiagramWords: Sendable {
  let language: LanguageTag

  var isChinese: Bool { language.isChinese }

  func list(_ texts: [String]) -> String {
    let most = 12
    let shown = texts.prefix(most).filter { !$0.isEmpty }
    let rest = texts.count > most ? (isChinese ? "等" : ", …") : ""
    return enumeration(Array(shown), language: language) + rest
  }

  /// `Flow with 5 steps: A, B, C.`
  func summary(_ kind: DiagramKind, count: Int, _ names: [String]) -> String {
    let what = name(kind)
    let (one, many) = unit(kind)
    if isChinese { return "\(what)，\(count)\(many)：\(list(names))。" }
    return "\(what) with \(count) \(count == 1 ? one : many): \(list(names))."
  }

  func name(_ kind: DiagramKind) -> String {
    switch kind {
    case .quadrant: isChinese ? "四象限图" : "Quadrant diagram"
    case .matrix: isChinese ? "矩阵" : "Matrix"
    case .layers: isChinese ? "分层图" : "Stack of layers"
    case .ladder: isChinese ? "阶梯图" : "Ladder"
    case .cycle: isChinese ? "循环图" : "Cycle"
    case .timeline: isChinese ? "时间线" : "Timeline"
    case .flow: isChinese ? "流程图" : "Flow diagram"
    case .tree: isChinese ? "树形图" : "Tree"
    case .sankey: isChinese ? "桑基图" : "Sankey diagram"
    case .treemap: isChinese ? "矩形树图" : "Treemap"
    }
  }

  private func unit(_ kind: DiagramKind) -> (one: String, many: String) {
    switch kind {
    case .quadrant: isChinese ? ("项", "项") : ("item", "items")
    case .matrix: isChinese ? ("行", "行") : ("row", "rows")
    case .layers: isChinese ? ("层", "层") : ("layer, from the top", "layers, from the top")
    case .ladder: isChinese ? ("级（自下而上）", "级（自下而上）") : ("level, from the lowest", "levels, from the lowest")
    case .cycle: isChinese ? ("步", "步") : ("step", "steps")
    case .timeline: isChinese ? ("个事件", "个事件") : ("event", "events")
    case .flow: isChinese ? ("个环节", "个环节") : ("node", "nodes")
    case .tree: isChinese ? ("个分支", "个分支") : ("branch", "branches")
    case .sankey: isChinese ? ("条流向", "条流向") : ("link", "links")
    case .treemap: isChinese ? ("个部分", "个部分") : ("part", "parts")
    }
  }

  // MARK: - Places

  func quadrant(_ position: Quadrant.Position) -> String {
    switch position {
    case .topLeft: isChinese ? "左上" : "Top left"
    case .topRight: isChinese ? "右上" : "Top right"
    case .bottomLeft: isChinese ? "左下" : "Bottom left"
    case .bottomRight: isChinese ? "右下" : "Bottom right"
    }
  }

  func axis(_ name: String, from low: String, to high: String) -> String {
    let ends = low.isEmpty && high.isEmpty ? "" : isChinese ? "从\(low)到\(high)" : "from \(low) to \(high)"
    if name.isEmpty { return ends }
    return ends.isEmpty ? name : labelled(name, ends, language: language)
  }

  /// `strength 2 of 3`
  func level(_ level: Int) -> String { isChinese ? "强度 \(level)/3" : "strength \(level) of 3" }

  func leads(to target: String) -> String { isChinese ? "→ \(target)" : "→ \(target)" }
  func then(_ target: String) -> String { isChinese ? "然后回到\(target)" : "then back to \(target)" }

  var group: String { isChinese ? "组" : "Group" }
  var part: String { isChinese ? "部分" : "Part" }
  var value: String { isChinese ? "数值" : "Value" }
  var source: String { isChinese ? "来自" : "From" }
  var target: String { isChinese ? "流向" : "To" }
  var smallParts: String { isChinese ? "图中较小的部分" : "Small parts of the picture" }
}
