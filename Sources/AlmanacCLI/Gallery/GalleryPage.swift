import AlmanacCore
import BuildEngine
import Markup

/// The page of a gallery: for each group a heading, for each spec its picture and its text; no script.
struct GalleryPage {
  var groups: [GalleryGroup]
  var language: LanguageTag
  /// Whether the pictures follow the page's colours; else they stand on paper in the dark too.
  var isThemed: Bool

  /// The name of the style sheet beside the page, and that of the report's own, for the colours.
  static let styleName = "gallery.css"
  static let reportStyleName = "almanac.css"

  private var count: Int { groups.reduce(0) { $0 + $1.examples.count } }

  /// The whole page.
  func html() -> [UInt8] {
    var writer = MarkupWriter(reserving: 1 << 16)
    writer.raw("<!doctype html>\n<html")
    writer.attribute("lang", language.rawValue)
    writer.raw(
      """
      >
      <head>
      <meta charset="utf-8">
      <title>Charts drawn by Almanac</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'">
      <link rel="stylesheet" href="almanac.css">
      <link rel="stylesheet" href="gallery.css">
      </head>
      <body class="gallery">
      <a class="gallery-skip" href="#examples">Skip to the charts</a>
      <header class="gallery-head">
      <h1>Charts</h1>
      <p>
      """)
    writer.text(
      "\(counted(count, "spec")), each as picture and as text. Drawn by Almanac \(almanacVersion) from Vega-Lite; the page has no script."
    )
    writer.raw("</p>\n<nav aria-label=\"Groups\"><ul>\n")
    for group in groups {
      writer.raw("<li><a")
      link(to: group.anchor, &writer)
      writer.raw(">")
      writer.text(group.name)
      writer.raw("</a> <span>")
      writer.integer(group.examples.count)
      writer.raw("</span></li>\n")
    }
    writer.raw("</ul></nav>\n</header>\n<main id=\"examples\">\n")
    for group in groups { section(group, &writer) }
    writer.raw("</main>\n</body>\n</html>\n")
    return writer.bytes
  }

  private func section(_ group: GalleryGroup, _ writer: inout MarkupWriter) {
    writer.raw("<section")
    writer.attribute("aria-labelledby", group.anchor)
    writer.raw(">\n<h2")
    writer.attribute("id", group.anchor)
    writer.raw(">")
    writer.text(group.name)
    writer.raw("</h2>\n<div class=\"gallery-list\">\n")
    for example in group.examples { article(example, &writer) }
    writer.raw("</div>\n</section>\n")
  }

  private func article(_ placed: PlacedExample, _ writer: inout MarkupWriter) {
    let example = placed.example
    writer.raw("<article")
    writer.attribute("id", placed.anchor)
    writer.raw(">\n<h3><a")
    link(to: placed.anchor, &writer)
    writer.raw(">")
    writer.text(example.name)
    writer.raw("</a></h3>\n")
    if let svg = example.svg {
      writer.rawString(isThemed ? "<div class=\"gallery-picture\"" : "<div class=\"gallery-picture gallery-paper\"")
      // Wide pictures scroll, and so must be reached by keyboard.
      writer.raw(" tabindex=\"0\" role=\"group\"")
      writer.attribute("aria-label", "Picture of \(example.name)")
      writer.raw(">")
      writer.raw(svg)
      writer.raw("</div>\n")
    } else {
      writer.raw("<p class=\"gallery-missing\">Not drawn.</p>\n")
    }
    if !example.diagnostics.isEmpty {
      writer.raw("<ul class=\"gallery-notes\">\n")
      for diagnostic in example.diagnostics {
        writer.raw("<li>")
        writer.text("\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]")
        writer.raw("</li>\n")
      }
      writer.raw("</ul>\n")
    }
    writer.raw("<details><summary>Spec</summary><pre tabindex=\"0\"><code>")
    writer.text(example.text)
    writer.raw("</code></pre></details>\n</article>\n")
  }

  /// ` href="#…"`, with what an address cannot hold escaped.
  private func link(to anchor: String, _ writer: inout MarkupWriter) {
    writer.beginAttribute("href")
    writer.raw("#")
    for byte in anchor.utf8 {
      if byte < 0x80 {
        writer.byte(byte)
      } else {
        writer.raw("%")
        writer.rawString(String(byte, radix: 16, uppercase: true))
      }
    }
    writer.byte(0x22)
  }
}

/// What the gallery adds to the report's style sheet, whose colours it uses.
let galleryStyle = """
  .gallery { background: var(--ground); color: var(--ink); margin: 0; padding: clamp(1rem, 4vw, 3rem); line-height: 1.5; }
  .gallery-skip { position: absolute; left: -100vw; }
  .gallery-skip:focus { left: 1rem; top: 1rem; padding: .4rem .8rem; background: var(--raised); z-index: 1; }
  .gallery-head { max-width: 46rem; margin-bottom: 2rem; }
  .gallery-head h1 { font-size: clamp(1.8rem, 5vw, 2.6rem); line-height: 1.15; margin: 0 0 .5rem; }
  .gallery-head p { color: var(--ink-2); margin: 0 0 1rem; }
  .gallery-head ul { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; padding: 0; }
  .gallery-head li { background: var(--sunk); border-radius: .4rem; padding: .3rem .7rem; }
  .gallery-head span { color: var(--ink-2); font-size: .85em; }
  .gallery a { color: var(--accent); text-underline-offset: .2em; }
  .gallery :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  .gallery section { margin: 0 0 3rem; max-width: none; }
  .gallery h2 { font-size: 1.35rem; margin: 0 0 1rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
  .gallery-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem; align-items: start; }
  .gallery article { min-width: 0; background: var(--raised); border: 1px solid var(--rule); border-radius: .6rem; padding: 1rem; scroll-margin-top: 1rem; }
  .gallery article:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
  .gallery h3 { font-size: 1rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
  .gallery h3 a { color: inherit; text-decoration: none; }
  .gallery h3 a:hover { text-decoration: underline; }
  .gallery-picture { overflow-x: auto; }
  .gallery-picture svg { display: block; max-width: 100%; height: auto; }
  .gallery-paper { background: #fff; border-radius: .3rem; padding: .5rem; }
  .gallery-missing, .gallery-notes { color: var(--ink-2); font-size: .9rem; }
  .gallery-notes { padding-left: 1.2rem; margin: .75rem 0 0; overflow-wrap: anywhere; }
  .gallery details { margin-top: .75rem; }
  .gallery summary { cursor: pointer; color: var(--ink-2); min-height: 1.5rem; }
  .gallery pre { margin: .5rem 0 0; padding: .75rem; max-height: 28rem; overflow: auto; background: var(--sunk); border-radius: .4rem; font: .8rem/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
  /* Letters of 12 pixels must not shrink on a phone: wide pictures scroll there. */
  @media (max-width: 40rem) { .gallery-picture svg { max-width: none; } }
  @media print { .gallery article { break-inside: avoid; } .gallery-head nav { display: none; } }

  """
