package import AlmanacCore
package import VegaRuntime

/// How a diagram is drawn.
package struct DiagramOptions: Sendable {
  package var language: LanguageTag
  /// Of the picture, in pixels. Below ``Canvas/narrowLimit`` each kind uses its layout for phones.
  package var width: Double
  /// Before every id, so that pictures can share a page.
  package var idPrefix: String
  /// The name for assistive technology; the description without one.
  package var label: String?
  /// A heading inside the picture, for a file that stands alone.
  package var title: String?
  /// Lines below the picture, for such a file: where it comes from.
  package var footer: [String] = []

  package init(
    language: LanguageTag, width: Double, idPrefix: String = "diagram-", label: String? = nil, title: String? = nil
  ) {
    self.language = language
    self.width = width
    self.idPrefix = idPrefix
    self.label = label
    self.title = title
  }
}

/// A drawn diagram.
package struct DiagramDrawing: Sendable {
  /// UTF-8 of a whole SVG document.
  package var svg: [UInt8]
  /// In pixels.
  package var width: Double
  package var height: Double
  package var description: String
  /// Where each text stands and the space it was given, for checks of the layout.
  package var texts: [PlacedText]
}

/// A text in a picture.
package struct PlacedText: Hashable, Sendable {
  package var lines: [String]
  /// What the letters cover by the width table, in pixels.
  package var bounds: Bounds
  /// The box that the text must not leave.
  package var room: Bounds
  /// In pixels.
  package var size: Double
}

/// Draws a diagram for a column of a given width.
package func drawDiagram(_ diagram: Diagram, _ options: DiagramOptions) -> DiagramDrawing {
  let words = DiagramWords(language: options.language)
  var canvas = Canvas(width: options.width, language: options.language)
  if let title = options.title, !title.isEmpty {
    let heading = canvas.set(title, .heading, width: options.width)
    canvas.place(heading, x: 0, y: 0)
    canvas.top = heading.height + 14
  }
  diagram.content.draw(on: &canvas)
  for (place, line) in options.footer.enumerated() {
    let block = canvas.set(line, .small, width: options.width)
    canvas.place(block, x: 0, y: canvas.height + (place == 0 ? 10 : 0))
    canvas.height += block.height + (place == 0 ? 10 : 0)
  }
  let description = diagram.content.description(words)
  let svg = writeScene(
    canvas.scene, width: canvas.width, height: canvas.height, idPrefix: options.idPrefix,
    title: options.label ?? words.name(diagram.kind), description: description, language: options.language.rawValue)
  return DiagramDrawing(
    svg: svg, width: canvas.width, height: canvas.height, description: description, texts: canvas.texts)
}
