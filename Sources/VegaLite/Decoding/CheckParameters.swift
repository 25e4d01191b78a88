internal import AlmanacCore
internal import Notation

/// Warns of parameters that a spec asks for and does not have, before anything is evaluated.
///
/// An expression takes a name that nobody defined for `undefined`, and a chart drawn from that looks like one that is right.
/// Diagnoses `chart.unknown-parameter` with the place in the spec.
func checkParameters(of spec: NotationValue) -> [Diagnostic] {
  var check = ParameterCheck()
  check.collect(spec)
  // Most specs have neither parameters nor names that could be one.
  check.visit(spec, path: "")
  return check.diagnostics
}

private struct ParameterCheck {
  /// Names of parameters, and of views, whose sizes are parameters too.
  var names: [String] = []
  var diagnostics: [Diagnostic] = []

  /// Keys whose text is an expression.
  private static let expressionKeys: Set<String> = ["expr", "signal", "calculate", "filter", "test", "labelExpr"]
  /// Parameters that every chart has.
  private static let given = ["width", "height", "padding", "autosize", "background", "cursor"]
  /// What the compiler calls the sizes of views, the data of selections and the like ends so.
  private static let endings = ["_width", "_height", "_step", "_bins", "_extent", "_store", "_tuple"]

  /// Gathers the names that any view, or the configuration, defines.
  mutating func collect(_ value: NotationValue) {
    switch value.content {
    case .array(let values): for value in values { collect(value) }
    case .object(let members):
      for member in members where !Self.holdsData(member.key) {
        if member.key == "name", let name = member.value.string { names.append(name) }
        // The names that a spec of Vega-Lite 4 gives its selections.
        if member.key == "selection" { names += member.value.object?.map(\.key) ?? [] }
        // A transform may name the parameter that it leaves.
        if member.key == "param", let name = member.value.string, value["extent"] != nil { names.append(name) }
        collect(member.value)
      }
    default: break
    }
  }

  mutating func visit(_ value: NotationValue, path: String) {
    switch value.content {
    case .array(let values): for (index, value) in values.enumerated() { visit(value, path: "\(path)[\(index)]") }
    case .object(let members):
      for member in members where !Self.holdsData(member.key) {
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        if Self.expressionKeys.contains(member.key) {
          logical(member.value, path: place)
        } else {
          visit(member, at: place)
        }
      }
    default: break
    }
  }

  private mutating func visit(_ member: NotationMember, at place: String) {
    guard member.key == "param", let name = member.value.string else { return visit(member.value, path: place) }
    if !isKnown(name) { tell(name, place, at: member.value.span, otherwise: nil) }
  }

  /// An expression, or several under `and`, `or` and `not`.
  private mutating func logical(_ value: NotationValue, path: String) {
    switch value.content {
    case .string(let text): expression(text, value.span, path: path)
    case .array(let values): for (index, value) in values.enumerated() { logical(value, path: "\(path)[\(index)]") }
    case .object(let members):
      for member in members {
        let place = "\(path).\(member.key)"
        if ["and", "or", "not"].contains(member.key) {
          logical(member.value, path: place)
        } else {
          visit(member, at: place)
        }
      }
    default: break
    }
  }

  private mutating func expression(_ text: String, _ span: SourceSpan, path: String) {
    // What is wrong with its grammar is told where it is compiled.
    guard let expression = parseExpression(text, at: span).value else { return }
    expression.root.visit { node in
      guard case .identifier(let name) = node.kind, !expressionConstants.contains(name), !isKnown(name) else {
        return true
      }
      tell(
        name, path, at: expressionSpan(of: node.range, in: text, at: span),
        otherwise: "a field of the data is written datum.\(name)")
      return true
    }
  }

  private func isKnown(_ name: String) -> Bool {
    if Self.given.contains(name) || names.contains(name) { return true }
    // A selection has parts: `brush_x`, `brush_store`; a view has sizes.
    if names.contains(where: { name.hasPrefix($0 + "_") }) { return true }
    return Self.endings.contains { name.hasSuffix($0) }
  }

  private mutating func tell(_ name: String, _ path: String, at span: SourceSpan, otherwise hint: String?) {
    let match = closestMatch(to: name, among: names + Self.given)
    diagnostics.append(
      .warning(
        "chart.unknown-parameter", "there is no parameter '\(name)' for '\(path)'", at: span,
        hint: match.map { "did you mean '\($0)'?" } ?? hint))
  }

  private static func holdsData(_ key: String) -> Bool { key == "values" || key == "datasets" || key == "usermeta" }
}
