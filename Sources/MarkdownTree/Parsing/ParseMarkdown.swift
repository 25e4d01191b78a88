package import AlmanacCore

/// Reads a Markdown text into a tree.
///
/// The steps: limits are checked on the bare lines, marks for Chinese emphasis go in, cmark parses, its tree is copied.
/// Only a text that holds HTML, footnotes or odd addresses is looked at again. Reading never fails: a text that is too
/// much for the parser becomes an empty document and an error.
/// - Parameters:
///   - file: the whole file, so that lines and columns are those of the file.
///   - offset: where the Markdown begins, behind the front matter.
package func parseMarkdown(
  _ file: SourceFile, from offset: Int = 0, options: MarkdownOptions = MarkdownOptions()
) -> Diagnosed<MarkdownTree> {
  let offset = min(max(0, offset), file.bytes.count)
  var scan = LineScan()
  var diagnostics: [Diagnostic] = []
  var findings = ConversionFindings()
  var tree =
    file.bytes.withUnsafeBufferPointer { bytes -> MarkdownTree? in
      let body = UnsafeBufferPointer(rebasing: bytes[offset...])
      scan.read(body, offset: offset, limits: options.limits)
      guard scan.problem == nil else { return nil }
      let firstLine = 1 + countLines(bytes[..<offset])
      func convert(_ bytes: UnsafeBufferPointer<UInt8>, mark: [UInt8]?) -> MarkdownTree {
        let (tree, found) = convertWithCmark(
          source: file, body: bytes, mark: mark, firstLine: firstLine, options: options)
        findings = found
        return tree
      }
      if options.extensions.contains(.chineseEmphasis), let (marked, mark) = markChineseEmphasis(body) {
        return marked.withUnsafeBufferPointer { convert($0, mark: mark) }
      }
      return convert(body, mark: nil)
    } ?? MarkdownTree(source: file, nodes: [MarkdownNode(.document, parent: -1)], text: [])
  if let problem = scan.problem { diagnostics.append(problem.diagnostic(in: file)) }
  if let deep = tree.firstNode(deeperThan: options.limits.depth) {
    diagnostics.append(.tooDeep(options.limits.depth, at: tree.span(of: deep)))
    tree = MarkdownTree(source: file, nodes: [MarkdownNode(.document, parent: -1)], text: [])
    return Diagnosed(tree, diagnostics)
  }
  if findings.hasRawHTML && !options.allowsRawHTML || findings.hasUnsafeAddress && options.dropsUnsafeAddresses {
    diagnostics += diagnoseUnsafeContent(in: tree, options: options)
  }
  if !scan.footnotes.isEmpty, options.extensions.contains(.footnotes) {
    diagnostics += diagnoseUnusedFootnotes(scan.footnotes, used: findings.footnotes, in: tree)
  }
  return Diagnosed(tree, diagnostics)
}

private func countLines(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
  var count = 0
  for index in bytes.indices
  where bytes[index] == 0x0A || (bytes[index] == 0x0D && (index + 1 == bytes.endIndex || bytes[index + 1] != 0x0A)) {
    count += 1
  }
  return count
}

extension MarkdownTree {
  /// Returns the first node that has more than `limit` ancestors.
  fileprivate func firstNode(deeperThan limit: Int) -> NodeID? {
    guard nodes.count > limit else { return nil }
    // Parsed nodes follow their parents, so one pass over the array knows each node's depth.
    var depth = [Int32](repeating: 0, count: nodes.count)
    for index in nodes.indices.dropFirst() {
      depth[index] = depth[Int(nodes[index].parent)] + 1
      if depth[index] > limit { return NodeID(index) }
    }
    return nil
  }
}
