import Foundation
import Testing

/// `almanac chart --gallery`: a page of charts beside their specs.
@Suite struct GalleryTests {
  @Test func showsTheGuidesOwnCharts() throws {
    let place = try Workplace()
    let result = try place.run("chart", "--gallery", "gallery")
    #expect(result.code == 0, "\(result.errors)")
    let page = try place.read("gallery/index.html")
    try check(page)
    #expect(page.contains("usermeta:") && page.contains("Visits in a year"))
    #expect(count("<article", in: page) > 10)
    #expect(count("<svg", in: page) == count("<article", in: page))
    for sheet in ["almanac.css", "gallery.css"] { #expect(try !place.read("gallery/" + sheet).isEmpty) }
  }

  @Test func groupsSpecsByFolderAndShowsThoseThatFail() throws {
    let place = try Workplace()
    let bar =
      #"{"data": {"values": [{"a": "<x>", "b": 3}]}, "mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"field": "b"}}}"#
    try place.write("specs/marks/bar.vl.json", bar)
    try place.write("specs/marks/broken.vl.json", #"{"mark": "baar"}"#)
    try place.write("specs/scales & axes/bar.vl.json", bar)
    let result = try place.run(
      "chart", "--gallery", "out", "--config", "vega", "specs/marks/bar.vl.json", "specs/marks/broken.vl.json",
      "specs/scales & axes/bar.vl.json")
    #expect(result.code == 1)
    #expect(result.errors.contains("'baar' is not a value of 'mark'"))
    let page = try place.read("out/index.html")
    try check(page)
    for part in [
      "<h2 id=\"group-marks\">marks</h2>", "<h2 id=\"group-scales-axes\">scales &amp; axes</h2>",
      "<article id=\"bar\">", "<article id=\"bar-2\">", "<article id=\"broken\">", "Not drawn.",
      "&quot;a&quot;: &quot;&lt;x&gt;&quot;", "gallery-paper",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(count("<svg", in: page) == 2)
  }

  @Test(arguments: [
    (["chart"], "Missing expected argument '<spec> ...'"),
    (["chart", "--gallery", "g", "-o", "x"], "--gallery writes a page and nothing else"),
    (["chart", "--gallery", "g", "--repeat", "3"], "--gallery writes a page and nothing else"),
    (["chart", "--timings", "a.vl.json"], "--timings needs --repeat"),
  ])
  func refusesWhatDoesNotGoTogether(arguments: [String], says: String) throws {
    let place = try Workplace()
    let result = try place.start(arguments).wait()
    #expect(result.code == 2)
    #expect(result.errors.contains(says), "\(result.errors)")
  }

  /// No script, each id once, and each link within the page leads somewhere.
  private func check(_ page: String) throws {
    #expect(!page.contains("<script") && !page.contains(" onclick"))
    let ids = matches(of: " id=\"([^\"]*)\"", in: page)
    #expect(Set(ids).count == ids.count)
    for link in matches(of: "href=\"#([^\"]*)\"", in: page) {
      let target = try #require(link.removingPercentEncoding)
      #expect(ids.contains(target), "\(target)")
    }
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  private func matches(of pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).compactMap {
      Range($0.range(at: 1), in: text).map { String(text[$0]) }
    }
  }
}
