public import AlmanacCore
public import Notation

/// The pictures of reports that Vega-Lite can draw, with many lines: each is written here once, and expands to plain Vega-Lite.
public enum ChartMacro: String, Sendable, Hashable, CaseIterable {
  case dumbbell, slope, bump, waffle, bullet, pyramid, waterfall, likert
  case smallMultiples = "small-multiples"
}

/// Expands the macro that a spec calls at `usermeta.almanac.macro`: what comes out has no macro and is drawn the same.
///
/// What goes in is valid Vega-Lite of one view, and other tools draw it as that.
///
/// - Returns: the spec itself where it calls none, or where the call is wrong and the plain chart has to do.
public func expandMacro(_ spec: NotationValue, options: CompileOptions = CompileOptions()) -> Diagnosed<NotationValue> {
  guard let settings = spec["usermeta"]?["almanac"]?["macro"] else { return Diagnosed(spec) }
  guard let nameValue = settings.string == nil ? settings["kind"] : settings, let name = nameValue.string else {
    return Diagnosed(
      spec,
      [
        .error(
          "chart.missing-key", "'\(MacroCall.path)' needs 'kind'", at: settings.span,
          hint: "one of " + ChartMacro.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
      ])
  }
  guard let macro = ChartMacro(rawValue: name) else {
    let names = ChartMacro.allCases.map(\.rawValue)
    return Diagnosed(
      spec,
      [
        .error(
          "chart.unknown-value", "no macro named '\(name)'", at: nameValue.span,
          hint: unknownWordHint(name, among: names) ?? "use one of " + names.map { "'\($0)'" }.joined(separator: ", "))
      ])
  }
  var call = MacroCall(spec: spec, name: name, settings: settings, width: options.width ?? 640)
  guard spec["mark"] != nil || macro == .smallMultiples else {
    call.diagnostics.append(
      .error(
        "chart.macro-needs", "the macro '\(name)' needs a chart of one view, with 'mark' and 'encoding'", at: call.span)
    )
    return Diagnosed(spec, call.diagnostics)
  }
  let expansion =
    switch macro {
    case .dumbbell: call.dumbbell()
    case .slope: call.slope()
    case .bump: call.bump()
    case .waffle: call.waffle()
    case .bullet: call.bullet()
    case .pyramid: call.pyramid()
    case .waterfall: call.waterfall()
    case .likert: call.likert()
    case .smallMultiples: call.smallMultiples()
    }
  guard let expansion else { return Diagnosed(call.spec, call.diagnostics) }
  return Diagnosed(call.finished(expansion), call.diagnostics)
}

/// What a macro makes of a chart.
struct MacroExpansion {
  /// Members that take the place of the author's `mark` and `encoding`.
  var body: SpecPart
  /// Behind the author's own transforms.
  var transforms: [SpecPart] = []
  /// Under `usermeta.almanac`, where the author says nothing else.
  var overlays: SpecPart = [:]
  /// Members that the author may have said otherwise.
  var defaults: SpecPart = [:]
  /// Whether `data` and `transform` stay at the top.
  var dropsKeys: [String] = []
}

extension MacroCall {
  /// The author's spec with the expansion in place of mark, encoding and macro.
  fileprivate func finished(_ expansion: MacroExpansion) -> NotationValue {
    let replaced: Set<String> = ["mark", "encoding", "usermeta", "transform"]
    var members = (spec.object ?? []).filter {
      !replaced.contains($0.key) && !expansion.dropsKeys.contains($0.key)
    }
    let added = expansion.defaults.notation(at: span).object ?? []
    members += added.filter { member in !members.contains { $0.key == member.key } }
    let own = spec["transform"]?.array ?? []
    let transforms = own + expansion.transforms.map { $0.notation(at: span) }
    if !transforms.isEmpty, !expansion.dropsKeys.contains("transform") {
      members.append(member("transform", NotationValue(.array(transforms), at: span)))
    }
    members += expansion.body.notation(at: span).object ?? []
    if let usermeta = spec["usermeta"] {
      let almanac = SpecPart(usermeta["almanac"]).without("macro").withDefaults(expansion.overlays)
      let whole = SpecPart(usermeta).with(["almanac": almanac]).notation(at: span)
      members.append(member("usermeta", whole))
    }
    return NotationValue(.object(members), at: spec.span)
  }

  private func member(_ key: String, _ value: NotationValue) -> NotationMember {
    NotationMember(key: key, keySpan: span, value: value)
  }
}
