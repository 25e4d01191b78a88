import Testing

/// What the program says about its arguments, and the codes it ends with.
@Suite struct UsageTests {
  @Test(
    arguments: [
      (["--version"], 0, "0.", ""), (["--help"], 0, "almanac init my-report", ""), ([], 0, "SUBCOMMANDS", ""),
      (["help", "build"], 0, "--strict", ""), (["build", "--help"], 0, "--base-url", ""),
      (["--generate-completion-script", "bash"], 0, "complete", ""),
      (["--generate-completion-script", "zsh"], 0, "#compdef", ""),
      (["biuld"], 2, "", "Unexpected argument 'biuld'"), (["build", "--jbos", "3"], 2, "", "Did you mean '--jobs'?"),
      (["build", "-j", "0"], 2, "", "from 1 to 256"), (["build", "-j", "x"], 2, "", "is invalid"),
      (["build", "--base-url", "example.org"], 2, "", "begins with https://"),
      (["init"], 2, "", "Missing expected argument"),
      (["build", "--color", "sometimes"], 2, "", "'auto', 'always' or 'never'"),
      (["build", "--root", "nowhere"], 2, "", "[content.missing]"),
      (["build"], 2, "", "almanac init"), (["serve", "--root", "nowhere"], 2, "", "[content.missing]"),
      (["serve", "--port", "70000"], 2, "", "70000"), (["check", "users"], 2, "", "only --bless takes chapters"),
      (["chart", "--zone", "Nowhere/Land", "-"], 2, "", "[chart.unknown-zone]"),
      (["check", "--bless"], 2, "", "[content.missing]"),
    ] as [([String], Int32, String, String)])
  func answers(arguments: [String], code: Int32, output: String, errors: String) throws {
    let place = try Workplace()
    let process = try place.start(arguments)
    process.give("")
    let result = process.wait()
    #expect(result.code == code, "\(result.errors)")
    #expect(result.output.contains(output) || output.isEmpty)
    #expect(result.errors.contains(errors) || errors.isEmpty)
    #expect(result.errors.isEmpty == errors.isEmpty)
  }

  /// A picture on its own has colours that every program knows; one for a page keeps the page's.
  @Test(arguments: [([], "#1a897d", "var(--"), (["--follow-page"], "color-mix(in lch, var(--ramp-", "fill=\"#")])
  func drawsColoursForThePlace(options: [String], holds: String, lacks: String) throws {
    let place = try Workplace()
    let process = try place.start(["chart", "-"] + options)
    process.give(
      """
      data: {values: [{a: A, v: 0}, {a: B, v: 9}, {a: C, v: 16}]}
      mark: rect
      encoding: {x: {field: a, type: nominal}, color: {field: v, type: quantitative, legend: null}}
      """)
    let result = process.wait()
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains(holds), "\(result.output)")
    #expect(!result.output.contains(lacks), "\(result.output)")
  }
}
