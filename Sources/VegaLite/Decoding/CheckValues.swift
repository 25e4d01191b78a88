internal import AlmanacCore
internal import Notation

/// Tells of values that mean nothing to their property: the chart is drawn as if they were not there.
extension SpecDecoder {
  /// Diagnoses `chart.unknown-value` for words and `chart.wrong-type` for anything else, each at its value.
  mutating func checkValues(_ value: NotationValue?, _ path: String, _ kinds: PropertyKinds) {
    for member in value?.object ?? [] {
      guard let kind = kinds[member.key], !kind.accepts(member.value) else { continue }
      let place = path.isEmpty ? member.key : "\(path).\(member.key)"
      if let text = member.value.string, !kind.words.isEmpty {
        diagnostics.append(
          .warning(
            "chart.unknown-value", "'\(text)' is not a value of '\(place)'", at: member.value.span,
            hint: unknownWordHint(text, among: kind.words) ?? "it may be \(kind.phrase)"))
      } else {
        diagnostics.append(.warning("chart.wrong-type", "'\(place)' must be \(kind.phrase)", at: member.value.span))
      }
    }
  }

  /// Notes both what an object may not have and what its properties may not be.
  mutating func check(_ value: NotationValue?, _ path: String, allowed: [String], _ kinds: PropertyKinds) {
    checkKeys(value, path, allowed: allowed)
    checkValues(value, path, kinds)
  }

  mutating func checkScale(_ value: NotationValue, _ path: String) {
    check(value, path, allowed: words.scale, .scale)
    if let type = value["type"] { _ = word(type, "\(path).type", ScaleType.self) }
    let scheme = value["scheme"]?["name"] ?? value["scheme"]
    guard let scheme, let text = scheme.string else { return }
    // A scheme may be asked for with a number of colours: blues-5.
    let digits = text.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    let name = digits > 0 && text.utf8.dropLast(digits).last == 0x2D ? String(text.dropLast(digits + 1)) : text
    guard !colorSchemes.contains(name.lowercased()) else { return }
    diagnostics.append(
      .warning(
        "chart.unknown-value", "'\(text)' is not a value of '\(path).scheme'", at: scheme.span,
        hint: unknownWordHint(name, among: colorSchemes)))
  }

  /// The keys of a transform beside those of its kind, and what they may be.
  mutating func checkTransform(_ value: NotationValue, _ path: String) {
    // Some kinds are also properties of others.
    let kinds = value.object?.map(\.key).filter { transformKeys[$0] != nil } ?? []
    guard let name = kinds.first(where: { $0 != "extent" }) ?? kinds.first, let kind = transformKeys[name] else {
      return
    }
    check(value, path, allowed: kind, .transform)
    for (index, key) in (value["sort"]?.array ?? []).enumerated() {
      check(key, "\(path).sort[\(index)]", allowed: ["field", "order"], .sort)
    }
    for list in ["aggregate", "joinaggregate", "window"] {
      for (index, item) in (value[list]?.array ?? []).enumerated() {
        checkKeys(item, "\(path).\(list)[\(index)]", allowed: ["op", "field", "param", "as"])
      }
    }
  }

  mutating func checkSort(_ value: NotationValue, _ path: String) {
    check(value, path, allowed: ["field", "op", "order", "encoding"], .sort)
    if value.object != nil { _ = word(value["op"], "\(path).op", AggregateOperation.self) }
    guard let text = value.string else { return }
    let channel = text.hasPrefix("-") ? String(text.dropFirst()) : text
    if text != "ascending", text != "descending", Channel(rawValue: channel) == nil {
      unknownValue(value, path, allowed: ["ascending", "descending"] + Channel.allCases.map(\.rawValue))
    }
  }

  mutating func checkParameter(_ value: NotationValue, _ path: String) {
    checkKeys(value, path, allowed: ["name", "value", "expr", "bind", "select", "react", "views"])
    let kind = value["select"]?["type"] ?? value["select"]
    if let kind, let text = kind.string, !["point", "interval"].contains(text) {
      unknownValue(kind, "\(path).select", allowed: ["point", "interval"])
    }
    checkKeys(
      value["select"], "\(path).select",
      allowed: VegaLite.words("type encodings fields toggle nearest on clear resolve translate zoom mark"))
  }
}

/// The keys that a transform may have, by the key that says which transform it is; most telling first in each.
private let transformKeys: [String: [String]] = {
  var result: [String: [String]] = [:]
  for (kind, keys) in [
    ("aggregate", "groupby"), ("bin", "field as"), ("calculate", "as"),
    ("density", "groupby bandwidth counts cumulative extent minsteps maxsteps steps resolve as"), ("extent", "param"),
    ("filter", ""), ("flatten", "as index"), ("fold", "as"), ("impute", "key groupby keyvals method value frame"),
    ("joinaggregate", "groupby"), ("loess", "on groupby bandwidth as"), ("lookup", "from as default"),
    ("pivot", "value groupby limit op"), ("quantile", "groupby probs step as"),
    ("regression", "on groupby method order extent params as"), ("sample", ""), ("stack", "groupby offset sort as"),
    ("timeUnit", "field as"), ("window", "groupby sort frame ignorePeers"),
  ] { result[kind] = [kind] + words(keys) }
  return result
}()
