package import AlmanacCore
private import Mustache

/// The report's Mustache templates, parsed and checked: every partial is there and none includes itself.
///
/// Names are file names without `.mustache`; contexts are documented in `Templates/README.md`.
package struct PageTemplates: Sendable {
  private let library: MustacheLibrary
  /// What every page depends on.
  package let fingerprint: Fingerprint

  private init(library: MustacheLibrary, fingerprint: Fingerprint) {
    self.library = library
    self.fingerprint = fingerprint
  }

  /// Parses the templates. Diagnoses `template.syntax`, `template.unknown-partial`, `template.cycle` and
  /// `template.missing`.
  ///
  /// - Parameters:
  ///   - files: by path, sorted; the last part of a path without its ending is the template's name.
  ///   - required: the names that pages are rendered with.
  package static func parse(_ files: [SourceFile], required: [String]) -> Diagnosed<PageTemplates> {
    var diagnostics: [Diagnostic] = []
    var library = MustacheLibrary()
    var includes: [String: [Include]] = [:]
    var names: [String] = []
    for file in files {
      let name = templateName(file.path)
      names.append(name)
      do {
        if let place = findUncheckable(in: file) {
          diagnostics.append(
            .error(
              "template.uncheckable", "templates neither change delimiters nor choose partials by name", at: place,
              hint: "what a template includes must be plain before it is drawn"))
          continue
        }
        library.register(try MustacheTemplate(string: file.text), named: name)
        includes[name] = findIncludes(in: file)
      } catch let error as MustacheTemplate.ParserError {
        diagnostics.append(syntaxError(error, in: file))
      } catch {
        diagnostics.append(.error("template.syntax", "template cannot be read: \(error)", at: file.span(0..<0)))
      }
    }
    for name in names {
      for include in includes[name] ?? [] where !names.contains(include.name) {
        diagnostics.append(
          .error(
            "template.unknown-partial", "no template named '\(include.name)'", at: include.span,
            hint: unknownWordHint(include.name, among: names)))
      }
      if let cycle = findCycle(from: name, includes: includes), cycle.first == name {
        diagnostics.append(
          .error(
            "template.cycle", "template includes itself: \(cycle.joined(separator: " → "))",
            at: includes[name]?.first { $0.name == cycle[1] }?.span,
            hint: "repeat with a section over a list instead"))
        // Drawn as nothing, so that everything else is still looked at: pages are not written after an error.
        if let empty = try? MustacheTemplate(string: "") { library.register(empty, named: name) }
      }
    }
    for name in required where !names.contains(name) {
      diagnostics.append(.error("template.missing", "no template 'Templates/\(name).mustache'"))
    }
    let fingerprint = Fingerprint(combining: files.flatMap { [Fingerprint($0.path), Fingerprint($0.bytes)] })
    return Diagnosed(PageTemplates(library: library, fingerprint: fingerprint), diagnostics)
  }

  /// Renders a page. Values are strings, numbers, booleans, lists and dictionaries; a missing one is left out.
  package func render(_ name: String, _ context: [String: Any]) -> String {
    library.render(context, withTemplate: name) ?? ""
  }
}

// MARK: - Checks

private struct Include {
  var name: String
  var span: SourceSpan
}

private func templateName(_ path: String) -> String {
  let file = path.split(separator: "/").last ?? ""
  return String(file.prefix { $0 != "." })
}

/// Finds `{{> name}}` and `{{< name}}`; a tag whose delimiters were changed is left to the library.
private func findIncludes(in file: SourceFile) -> [Include] {
  var result: [Include] = []
  let bytes = file.bytes
  var index = 0
  while index + 3 < bytes.count {
    guard bytes[index] == 0x7B, bytes[index + 1] == 0x7B, bytes[index + 2] == 0x3E || bytes[index + 2] == 0x3C else {
      index += 1
      continue
    }
    var start = index + 3
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    var end = start
    while end < bytes.count, bytes[end] != 0x7D, bytes[end] != 0x20 { end += 1 }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    if !name.hasPrefix("*") { result.append(Include(name: name, span: file.span(start..<end))) }
    index = end
  }
  return result
}

/// Finds `{{=` and `{{>*`, behind which an endless inclusion could hide.
private func findUncheckable(in file: SourceFile) -> SourceSpan? {
  let bytes = file.bytes
  for index in bytes.indices.dropLast(3) where bytes[index] == 0x7B && bytes[index + 1] == 0x7B {
    let sign = bytes[index + 2]
    let isDynamic = (sign == 0x3E || sign == 0x3C) && bytes[(index + 3)...].first { $0 != 0x20 } == 0x2A
    if sign == 0x3D || isDynamic { return file.span(index..<index + 3) }
  }
  return nil
}

/// Returns the first chain of includes that leads from a template back to itself.
private func findCycle(from name: String, includes: [String: [Include]]) -> [String]? {
  var visited: Set<String> = []
  func search(_ current: String, _ chain: [String]) -> [String]? {
    for include in includes[current] ?? [] {
      if include.name == name { return chain + [name] }
      if visited.insert(include.name).inserted, let found = search(include.name, chain + [include.name]) {
        return found
      }
    }
    return nil
  }
  return search(name, [name])
}

private func syntaxError(_ error: MustacheTemplate.ParserError, in file: SourceFile) -> Diagnostic {
  let span = SourceSpan(
    path: file.path, line: error.context.lineNumber, column: max(1, error.context.columnNumber))
  let message =
    switch error.error {
    case MustacheTemplate.Error.sectionCloseNameIncorrect: "section is closed under another name"
    case MustacheTemplate.Error.unfinishedName: "tag is not closed"
    case MustacheTemplate.Error.expectedSectionEnd: "section is not closed"
    default: "tag cannot be read"
    }
  return .error("template.syntax", message, at: span, hint: "see https://mustache.github.io/mustache.5.html")
}

extension PageTemplates {
  /// The templates that pages are drawn with; partials that only they include may be called anything.
  package static let requiredNames = [
    "layout", "_head", "_nav", "_footer", "_figure", "chapter", "data", "figures", "home", "index", "notfound",
    "page", "references",
  ]
}
