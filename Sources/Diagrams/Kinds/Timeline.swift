internal import AlmanacCore
internal import Localization
internal import Notation

/// What happened when, in lanes side by side.
package struct Timeline: Hashable, Sendable {
  struct Event: Hashable, Sendable {
    /// When it happened, or where its span begins.
    var start: Period
    /// Where its span ends; `nil` for what happened at one time.
    var end: Period?
    var label: DiagramText
    var text: DiagramText?
    var tone: Tone?

    /// Days from 1970-01-01: the whole of the time that is given, were it only a year.
    var firstDay: Int { start.firstDay }
    var lastDay: Int { (end ?? start).dayAfter }
    /// The day at which an event stands: the middle of the time in which it happened.
    var middleDay: Int { firstDay + (lastDay - firstDay) / 2 }

    func date(_ language: LanguageTag) -> String {
      let from = start.text(.short, language: language)
      guard let end else { return from }
      let to = end.text(.short, language: language)
      if from == to { return from }
      return language.isChinese ? "\(from)—\(to)" : "\(from) – \(to)"
    }
  }

  struct Lane: Hashable, Sendable {
    var label: DiagramText?
    var tone: Tone
    /// By time.
    var events: [Event]
  }

  var lanes: [Lane]
}

extension Timeline {
  init(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) {
    let limit = surroundings.limits.events
    var count = 0
    let isAlone = reader.value("lanes")?.array?.count == 1
    lanes = reader.each("lanes", limit: surroundings.limits.lanes) { reader in
      // A single lane needs no name.
      let label = reader.words("label", required: !isAlone, surroundings)
      let tone = reader.tone() ?? .accent
      var events = reader.each("events", limit: limit) { Timeline.event(&$0, surroundings) }
      count += events.count
      if count > limit, count - events.count <= limit, let found = reader.value("events") {
        reader.diagnostics.append(.diagramTooMany("events", count: count, limit: limit, at: found.span))
      }
      events.sort { ($0.start.firstDay, $0.lastDay) < ($1.start.firstDay, $1.lastDay) }
      return Lane(label: label, tone: tone, events: events)
    }
  }

  private static func event(_ reader: inout ObjectReader, _ surroundings: DiagramSurroundings) -> Event? {
    let at = period("at", &reader)
    let (from, to) = (period("from", &reader), period("to", &reader))
    let label = reader.words("label", required: true, surroundings)
    let text = reader.words("text", surroundings)
    let tone = reader.tone()
    let (hasAt, hasFrom, hasTo) = (reader.value("at") != nil, reader.value("from") != nil, reader.value("to") != nil)
    if hasAt == hasFrom, hasAt == hasTo || hasAt {
      reader.diagnostics.append(.diagramEventTime(hasBoth: hasAt, at: reader.value.span))
      return nil
    }
    if !hasAt {
      if !hasFrom { _ = reader.value("from", required: true) }
      if !hasTo { _ = reader.value("to", required: true) }
    }
    guard let start = at ?? from, let label else { return nil }
    if let to, !hasAt, to.dayAfter <= start.firstDay, let span = reader.value("to")?.span {
      reader.diagnostics.append(.diagramDateOrder(at: span))
      return nil
    }
    return Event(start: start, end: hasAt ? nil : to, label: label, text: text, tone: tone)
  }

  private static func period(_ key: String, _ reader: inout ObjectReader) -> Period? {
    guard let found = reader.value(key) else { return nil }
    if let period = found.scalarText.flatMap({ Period($0) }), period.end == nil { return period }
    reader.diagnostics.append(.diagramBadDate(found, key: key))
    return nil
  }
}

extension Timeline: DiagramContent {
  func outline(_ words: DiagramWords) -> DiagramOutline {
    func entries(_ lane: Lane) -> [DiagramOutline.Entry] {
      lane.events.map { event in
        .init(
          DiagramText(event.date(words.language)), details: [event.label, event.text])
      }
    }
    if lanes.count == 1, let lane = lanes.first, lane.label == nil { return .list(entries(lane), isOrdered: true) }
    return .list(lanes.map { .init($0.label, children: entries($0), isOrdered: true) }, isOrdered: false)
  }

  func description(_ words: DiagramWords) -> String {
    let events = lanes.flatMap(\.events)
    let names = lanes.compactMap(\.label?.text)
    guard let first = events.min(by: { $0.firstDay < $1.firstDay }),
      let last = events.max(by: { $0.lastDay < $1.lastDay })
    else { return words.name(.timeline) }
    let from = first.start.text(language: words.language)
    let to = (last.end ?? last.start).text(language: words.language)
    let of = names.isEmpty ? "" : words.isChinese ? "：\(words.list(names))" : ": \(words.list(names))"
    if words.isChinese { return "时间线，从\(from)到\(to)，共\(events.count)个事件\(of)。" }
    return "Timeline from \(from) to \(to) with \(events.count) event\(events.count == 1 ? "" : "s")\(of)."
  }
}
