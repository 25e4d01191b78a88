internal import Markup

/// Small pieces of markup for templates' `…HTML` keys.
struct MarkupText {
  private var writer = MarkupWriter()

  var html: String { writer.string }

  mutating func paragraph(_ text: String) {
    writer.raw("<p>")
    writer.text(text)
    writer.raw("</p>")
  }
}

/// Returns text as markup.
func escaped(_ text: String) -> String {
  var writer = MarkupWriter()
  writer.text(text)
  return writer.string
}
