import AlmanacCore
import BuildEngine

/// What the server adds to the pages it serves; nothing of it is ever written to `Output`.

/// The script that waits for the next build and then loads the page again.
///
/// Long polling rather than an open stream: one request at a time, which also ends well when the server does.
let reloadScript = """
  (() => {
    const script = document.currentScript;
    let version = Number(script.dataset.version);
    const wait = async () => {
      for (;;) {
        try {
          const answer = await fetch('/.almanac/version?after=' + version, { cache: 'no-store' });
          const now = Number(await answer.text());
          if (now > version) { location.reload(); return; }
        } catch { await new Promise(done => setTimeout(done, 1000)); }
      }
    };
    wait();
    const box = document.getElementById('almanac-diagnostics');
    if (box) addEventListener('keydown', event => { if (event.key === 'Escape') box.remove(); });
  })();
  """

/// Returns the page with the reload script, and with the diagnostics of the last build before its end.
func addPreview(to page: [UInt8], version: Int, outcome: BuildOutcome, strict: Bool) -> [UInt8] {
  let (page, _) = removeContentSecurityPolicy(from: page)
  let addition = Array(
    (diagnosticsBox(outcome, strict: strict)
      + "<script src=\"/.almanac/reload.js\" data-version=\"\(version)\"></script>\n").utf8)
  let end = lastRange(of: Array("</body>".utf8), in: page)?.lowerBound ?? page.count
  return page[..<end] + addition + page[end...]
}

/// Returns a whole page for when there is no page to show.
func barePage(title: String, text: String) -> [UInt8] {
  let title = escaped(title)
  return Array(
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
    <meta name="viewport" content="width=device-width">
    <style>body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:40rem;padding:0 1rem}</style></head>
    <body><h1>\(title)</h1><p>\(escaped(text))</p></body></html>

    """.utf8)
}

private func diagnosticsBox(_ outcome: BuildOutcome, strict: Bool) -> String {
  guard let summary = diagnosticSummary(outcome.diagnostics) else { return "" }
  let text = DiagnosticRenderer(sources: outcome.sources).render(outcome.diagnostics)
  let isFailed = outcome.exitCode(strict: strict) != 0
  let heading = isFailed ? "\(summary): these pages are those of the last good build" : summary
  return """
    <details id="almanac-diagnostics"\(isFailed ? " open" : "") style="all:initial;position:fixed;z-index:2147483647;left:0;\
    right:0;bottom:0;max-height:70vh;overflow:auto;box-sizing:border-box;padding:.6rem 1rem;color:#f4f1ea;\
    background:\(isFailed ? "#5a1712" : "#3d3413");font:14px/1.45 ui-monospace,monospace;box-shadow:0 0 1rem #0008" \
    role="alert"><summary style="font-weight:bold;cursor:pointer">\(escaped(heading))</summary>\
    <pre style="white-space:pre-wrap;margin:.6rem 0 0;font:inherit">\(escaped(text))</pre></details>

    """
}

/// The page's own policy would, rightly, forbid what the server adds.
private func removeContentSecurityPolicy(from page: [UInt8]) -> (page: [UInt8], removed: Bool) {
  let head = page.prefix(8192)
  let start = Array("<meta http-equiv=\"Content-Security-Policy\"".utf8)
  guard let from = lastRange(of: start, in: Array(head))?.lowerBound,
    let to = page[from...].firstIndex(of: UInt8(ascii: ">"))
  else { return (page, false) }
  return (Array(page[..<from] + page[(to + 1)...]), true)
}

private func lastRange(of word: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
  guard bytes.count >= word.count else { return nil }
  for start in stride(from: bytes.count - word.count, through: 0, by: -1)
  where bytes[start] == word[0] && bytes[start..<(start + word.count)].elementsEqual(word) {
    return start..<(start + word.count)
  }
  return nil
}

private func escaped(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { escaped, scalar in
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
}
