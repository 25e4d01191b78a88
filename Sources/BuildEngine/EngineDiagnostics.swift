package import AlmanacCore

extension Diagnostic {
  package static func missingContent(root: String) -> Diagnostic {
    let place = root == "." || root.isEmpty ? "this folder" : "'\(root)'"
    return .error(
      "content.missing", "no folder named 'Content' in \(place)",
      hint: "start a report with 'almanac init FOLDER', or name its folder with --root")
  }
}

extension Diagnostic {
  static var missingConfiguration: Diagnostic {
    .error(
      "report.missing-configuration", "no file 'Content/report.yaml'",
      hint: "it names the report: 'title: …' is enough; 'almanac init' writes one")
  }
}

// MARK: - Files of the report

extension Diagnostic {
  static func danglingLink(_ path: String) -> Diagnostic {
    .error("file.dangling-link", "the symbolic link leads nowhere", at: .start(of: path))
  }

  static func linkLeaves(_ path: String) -> Diagnostic {
    .error(
      "file.link-leaves", "the symbolic link leads out of the report's folder", at: .start(of: path),
      hint: "copy the file into the report, so that the report is whole wherever it goes")
  }

  static func linkLoop(_ path: String) -> Diagnostic {
    .error(
      "file.link-loop", "the symbolic link leads back to a folder that it is in, or to itself", at: .start(of: path))
  }

  static func longLine(_ path: String, line: Int, length: Int, limit: Int) -> Diagnostic {
    .error(
      "file.long-line", "line of \(megabytes(length)) is longer than the \(megabytes(limit)) that a line may have",
      at: SourceSpan(path: path, line: line, column: 1),
      hint: "break the line up, or move what is data into a data file")
  }

  static func notRegular(_ path: String) -> Diagnostic {
    .error("file.not-regular", "neither a file nor a folder", at: .start(of: path), hint: "remove it from the report")
  }

  static func notUTF8(_ file: SourceFile, at offset: Int) -> Diagnostic {
    let byte = hexadecimal(file.bytes[offset])
    return .error(
      "file.not-utf8", isUTF16(file.bytes) ? "the file is UTF-16, not UTF-8" : "byte \(byte) is not UTF-8 text",
      at: file.span(offset..<(offset + 1)), hint: "save the file as UTF-8")
  }

  static func nullByte(_ file: SourceFile, at offset: Int) -> Diagnostic {
    .error("file.null-byte", "a text cannot hold a null byte", at: file.span(offset..<(offset + 1)))
  }

  static func tooDeep(_ path: String, limit: Int) -> Diagnostic {
    .error("file.too-deep", "folders lie more than \(limit) deep", at: .start(of: path))
  }

  static func tooLarge(_ path: String, limit: Int) -> Diagnostic {
    .error("file.too-large", "the file is larger than \(megabytes(limit))", at: .start(of: path))
  }

  static func tooManyFiles(_ limit: Int) -> Diagnostic {
    .error("file.too-many", "the report has more than \(limit) files")
  }

  static func unreadable(_ path: String, _ error: FileError) -> Diagnostic {
    .error("file.unreadable", "cannot read it: \(error.phrase)", at: .start(of: path))
  }

  static func unusableName(_ path: String) -> Diagnostic {
    let shown = String(
      String.UnicodeScalarView(path.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
    return .error(
      "file.unusable-name", "the name '\(shown)' is not UTF-8, or has a control character or a backslash",
      hint: "rename the file")
  }
}

// MARK: - Translations

extension Diagnostic {
  static func unblessable(_ path: String, _ mark: String) -> Diagnostic {
    .error(
      "translation.unblessable", "the front matter has no line of its own on which the mark could stand",
      at: .start(of: path), hint: "write front matter as lines of 'key: value', or add 'translationOf: \(mark)' by hand"
    )
  }

  static func unknownTranslation(_ name: String, in edition: LanguageTag, known: [String]) -> Diagnostic {
    .error(
      "translation.unknown-chapter", "the edition '\(edition)' has no chapter '\(name)'",
      hint: unknownWordHint(name, among: known))
  }

  static func unwritableTranslation(_ path: String, _ error: FileError) -> Diagnostic {
    .error(
      "translation.unwritable", "cannot write it: \(error.phrase)", at: .start(of: path),
      hint: "the file is as it was")
  }
}

// MARK: - Output

extension Diagnostic {
  static func duplicateOutput(_ path: String) -> Diagnostic {
    .error("output.duplicate", "two pages would both be written to '\(path)'")
  }

  static func foreignFile(_ path: String) -> Diagnostic {
    .error(
      "output.foreign-file", "'\(path)' is in the way and was not written by a build",
      hint: "move it away; a build overwrites and removes only its own files")
  }

  static func keptFile(_ path: String) -> Diagnostic {
    .warning(
      "output.kept", "'\(path)' is no longer part of the report but was changed since a build wrote it, so it stays",
      hint: "remove it by hand")
  }

  static func locked(_ folder: String) -> Diagnostic {
    .error(
      "build.locked", "another build of '\(folder)' is under way", hint: "wait for it to end, then build again")
  }

  static func noPictureProgram(at span: SourceSpan) -> Diagnostic {
    .warning(
      "build.no-rsvg-convert", "PNG files are asked for, but 'rsvg-convert' is not installed", at: span,
      hint: "install librsvg (Debian: librsvg2-bin), or take 'png' out of report.yaml")
  }

  static func unsafeOutput(_ path: String) -> Diagnostic {
    .error("output.unsafe-path", "'\(path)' would be written outside the output folder or has a name no file can have")
  }

  static func unwritable(_ path: String, _ error: FileError) -> Diagnostic {
    .error(
      "output.unwritable", "cannot write '\(path)': \(error.phrase)",
      hint: "the pages of the last build are as they were")
  }
}

extension SourceSpan {
  fileprivate static func start(of path: String) -> SourceSpan { SourceSpan(path: path, line: 1, column: 1) }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "0x" + (digits.count < 2 ? "0" : "") + digits
}

private func megabytes(_ bytes: Int) -> String {
  if bytes < 1 << 20 { return "\(bytes) bytes" }
  let tenths = (bytes * 10 + (1 << 19)) >> 20
  return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
}
