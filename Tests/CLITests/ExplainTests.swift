import Foundation
import Testing

/// `almanac explain`: where a number comes from, where it stands, what disagrees.
@Suite struct ExplainTests {
  private func report() throws -> Workplace {
    let place = try Workplace()
    try place.write("Content/report.yaml", "title: A report\neditions: [en]\n")
    try place.write("Content/references.yaml", "- {id: census, type: report, title: Census of all}\n")
    try place.write("Content/data/names.yaml", "entities: {x: Xland}\nmetrics: {users: Users}\n")
    try place.write(
      "Content/data/facts.csv",
      """
      id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
      users.x.2024,users,x,,2024,5000,persons,observed,census,L7,5000,By hand
      users.x.poll.2024,users,x,,2024,6000,persons,observed,census,L9,6000,
      users.x.2023,users,x,,2023,4000,persons,target,census,L8,4000,

      """)
    try place.write(
      "Content/data/conflicts.yaml",
      "- {id: poll, kind: hard, rows: [users.x.2024, users.x.poll.2024], prefer: users.x.2024, reason: \"It is not `{v} users.x.poll.2024`.\"}\n"
    )
    try place.write(
      "Content/en/one.md",
      """
      ---
      title: One
      ---

      There are `{v} users.x.2024`, or
      `{v} growth(users.x.2023, users.x.2024)` more.

      ```table #tbl-users
      caption: Users
      query: SELECT id AS fact, value FROM facts WHERE period = '2023'
      ```

      """)
    return place
  }

  @Test func saysAllThatIsKnown() throws {
    let place = try report()
    let result = try place.run("explain", "users.x.2024")
    #expect(result.code == 0 && result.errors.isEmpty, "\(result)")
    #expect(
      result.output == """
        users.x.2024
          Users, Xland, 2024
          5,000 (observed), exactly 5000 persons
          stands in Content/data/facts.csv:2

        Comes from
          census: Census of all, L7
          printed there as '5000'
          note: By hand

        Conflicts with (poll, hard)
          users.x.poll.2024: 6,000, census
          the report uses this one
          It is not 6,000.

        Bound in
          Content/en/one.md:5:11

        Computed with in
          Content/en/one.md:6:1 with users.x.2023

        Shown on
          en/one.html

        """, "\(result.output)")
    #expect(place.files(below: ".").keys.allSatisfy { $0.hasPrefix("Content") || $0.hasPrefix(".process") })
  }

  @Test func writesForPrograms() throws {
    let place = try report()
    for id in ["users.x.2024", "users.x.2023", "users.x.poll.2024"] {
      let result = try place.run("explain", "--format", "json", id)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result)")
      #expect(json["id"] as? String == id && json["sourceTitle"] as? String == "Census of all")
      let conflicts = try #require(json["conflicts"] as? [[String: Any]])
      #expect(conflicts.count == (id == "users.x.2023" ? 0 : 1))
      #expect(
        conflicts.allSatisfy { $0["decision"] as? String == "poll" && $0["preferred"] as? String == "users.x.2024" })
      let bound = try #require(json["bound"] as? [[String: Any]])
      #expect(bound.map { $0["line"] as? Int } == (id == "users.x.2024" ? [5] : []))
      let derived = try #require(json["derived"] as? [[String: Any]])
      #expect(derived.map { $0["line"] as? Int } == (id == "users.x.poll.2024" ? [] : [6]))
      #expect(json["pages"] as? [String] == (id == "users.x.poll.2024" ? [] : ["en/one.html"]))
    }
    #expect(try place.run("explain", "users.x.poll.2024").output.hasSuffix("\n\nUsed nowhere\n"))
  }

  @Test(arguments: [
    (["users.x.2042"], "[explain.unknown-fact]\n  = hint: did you mean 'users.x.2024'?"),
    ([], "Missing expected argument"),
    (["--format", "xml", "users.x.2024"], "is invalid"), (["--root", "nowhere", "users.x.2024"], "[content.missing]"),
  ])
  func refusesWhatItDoesNotKnow(arguments: [String], told: String) throws {
    let place = try report()
    let process = try place.start(["explain"] + arguments)
    process.give("")
    let result = process.wait()
    #expect(result.code == 2 && result.output.isEmpty && result.errors.contains(told), "\(result)")
  }
}
