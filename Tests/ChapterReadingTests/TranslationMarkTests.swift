import AlmanacCore
import ReportModel
import Testing

/// The line by which a translation remembers its original.
@Suite struct TranslationMarkTests {
  static let mark = "en@0123456789abcdef"

  @Test(arguments: [
    ("---\ntitle: x\n---\n\nBody\n", "---\ntitle: x\n+---\n\nBody\n"),
    ("---\r\ntitle: x\r\n---\r\nBody  \r\n", "---\r\ntitle: x\r\n+---\r\nBody  \r\n"),
    ("---\rtitle: x\r---\rBody", "---\rtitle: x\r+---\rBody"),
    ("\u{FEFF}---\ntitle: x\n...\nBody", "\u{FEFF}---\ntitle: x\n+...\nBody"),
    ("---\ntitle: x\n---", "---\ntitle: x\n+---"),
    ("---\ntitle: >\n  a\n  b\n# remark\n---\n", "---\ntitle: >\n  a\n  b\n# remark\n+---\n"),
    (
      "---\ntranslationOf: en@fedcba9876543210  \r\ntitle: x\r\n---\r\n",
      "---\ntranslationOf: \(mark)\r\ntitle: x\r\n---\r\n"
    ),
    ("---\ntitle: x\ntranslationOf:\n---\nBody", "---\ntitle: x\ntranslationOf: \(mark)\n---\nBody"),
    // Nothing is written where the chapter would read otherwise.
    ("---\n{title: x}\n---\nBody", nil), ("Body\n", nil), ("---\ntitle: x\nBody\n", nil), ("", nil),
    ("---\ntitle: x\ntranslationOf: a\ntranslationOf: b\n---\n", nil),
    (
      "---\ntitle: x\ndescription: |\n  a\n\n  translationOf: b\n---\n",
      "---\ntitle: x\ndescription: |\n  a\n\n  translationOf: b\n+---\n"
    ),
  ])
  func isWrittenOnItsOwnLine(before: String, after: String?) throws {
    let mark = try #require(TranslationMark(Self.mark))
    let edited = settingTranslationMark(mark, in: Array(before.utf8)).map { String(decoding: $0, as: UTF8.self) }
    let ending = before.utf8.contains(0x0D) ? before.utf8.contains(0x0A) ? "\r\n" : "\r" : "\n"
    #expect(edited == after?.replacing("+", with: "translationOf: \(Self.mark)\(ending)"))
    if let edited { #expect(settingTranslationMark(mark, in: Array(edited.utf8)) == Array(edited.utf8)) }
  }

  @Test(arguments: [
    (mark, true), ("zh-Hans@0123456789abcdef", true), ("en@0123456789ABCDEF", false), ("en@0123", false),
    ("0123456789abcdef", false), ("en@en@0123456789abcdef", false), ("", false), ("e n@0123456789abcdef", false),
  ])
  func isRecognized(text: String, isMark: Bool) {
    #expect(TranslationMark(text)?.description == (isMark ? text : nil))
  }

  /// What a translator reads counts; how it is set does not.
  @Test(arguments: [
    ("---\ntitle: A title\n---\n\nSome words\nof it.\n", true),
    ("---\r\ntitle: \"A title\"\r\ntranslationOf: \(mark)\r\n---\r\n\r\nSome   words of\tit.", true),
    ("\u{FEFF}---\ntitle: 'A title'\n...\nSome words of it.\n\n\n", true),
    ("---\ntitle: A title\n---\n\nSome words of its.\n", false),
    ("---\ntitle: A Title\n---\n\nSome words of it.\n", false),
    ("---\ntitle: A title\ndescription: New\n---\n\nSome words of it.\n", false),
    ("---\ntitle: A title\n---\n\nSome **words** of it.\n", false),
  ])
  func standsForTheWords(text: String, isSame: Bool) {
    func fingerprint(_ text: String) -> Fingerprint {
      readChapter(SourceFile(path: "a.md", text: text)).value.textFingerprint
    }
    let first = fingerprint("---\ntitle: A title\n---\nSome words of it.\n")
    #expect((fingerprint(text) == first) == isSame)
  }
}
