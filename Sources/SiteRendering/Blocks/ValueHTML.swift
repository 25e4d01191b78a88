internal import AlmanacCore
internal import Markup

/// A bound number as a reader sees it: the figure in the sentence and the card that tells where it comes from.
///
/// The card is a sibling of the number, shown on hover and focus by the style sheet alone; copying a sentence copies the
/// number without it.
struct ValueMarkup {
  /// As prose says it: "515 million".
  var text: String
  /// Plain decimal, for `<data value>`.
  var number: Double
  /// What it is: "Users of generative AI, China".
  var name: String
  /// All digits with the unit's word: "515,000,000 persons".
  var exact: String
  var isForecast = false
  var isTarget = false
  /// "Forecast" or "Target"; `nil` for what was observed.
  var kindLabel: String?
  /// How a computed number follows from others, in words.
  var formula: String?
  /// What it is computed from: "515 million", "Users of generative AI, China, June 2025".
  var inputs: [(value: String, name: String)] = []
  var period: String?
  var sources: [(title: String, place: String?)] = []
  /// The source's own words.
  var printed: String?
  var printedLanguage: String?
  /// Values that other sources give for the same thing.
  var rivals: [(value: String, source: String)] = []
  /// Where the number's card of its own stands.
  var href: String
}

extension MarkupWriter {
  /// Appends a bound number on one line.
  ///
  /// - Parameter id: of the card, unique on the page.
  mutating func value(_ value: ValueMarkup, id: String, words: PageWords) {
    raw("<span class=\"v-wrap\"><data class=\"v")
    if value.isForecast { raw(" v-forecast") }
    if value.isTarget { raw(" v-target") }
    raw("\" value=\"")
    number(value.number, decimals: 9)
    raw("\"><a class=\"v-link\"")
    attribute("href", value.href)
    attribute("aria-describedby", id)
    raw(">")
    text(value.text)
    raw("</a></data><span class=\"v-card\"")
    attribute("id", id)
    raw(" role=\"tooltip\"><span class=\"v-name\">")
    text(value.name)
    raw("</span> <span class=\"v-exact\">")
    text(value.exact)
    raw("</span>")
    if let kind = value.kindLabel {
      raw(" <span class=\"v-kind\">")
      text(kind)
      raw("</span>")
    }
    if let formula = value.formula { cardRow(words["computed"], formula) }
    for input in value.inputs { cardRow(words["computedOf"], input.value, place: input.name, kind: " v-input") }
    if let period = value.period { cardRow(words["period"], period) }
    for source in value.sources { cardRow(words["source"], source.title, place: source.place) }
    if let printed = value.printed { cardRow(words["printedAs"], printed, language: value.printedLanguage) }
    for rival in value.rivals { cardRow(words["alsoPrinted"], rival.value, place: rival.source, kind: " v-rival") }
    raw("</span></span>")
  }

  private mutating func cardRow(
    _ key: String, _ value: String, place: String? = nil, language: String? = nil, kind: StaticString = ""
  ) {
    raw(" <span class=\"v-row")
    raw(kind)
    raw("\"><span class=\"v-key\">")
    text(key)
    raw("</span> <span class=\"v-text\"")
    attribute("lang", ifPresent: language)
    raw(">")
    text(value)
    if let place {
      raw(" <span class=\"v-place\">")
      text(place)
      raw("</span>")
    }
    raw("</span></span>")
  }
}
