import Foundation
import Testing

/// Runs the built program in a folder of its own.
struct Workplace: ~Copyable {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "almanac-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let parent = (path(name) as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try data.write(to: URL(filePath: path(name)))
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// All files below a folder with their texts, but what lies in `.almanac`.
  func files(below name: String) -> [String: String] {
    var files: [String: String] = [:]
    for case let found as String in FileManager.default.enumerator(atPath: path(name)) ?? .init() {
      if found.split(separator: "/").contains(".almanac") { continue }
      if let text = try? String(contentsOfFile: path(name) + "/" + found, encoding: .utf8) { files[found] = text }
    }
    return files
  }

  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningProcess {
    try RunningProcess(arguments, in: folder, environment)
  }

  func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> ProcessResult {
    let process = try start(arguments, environment: environment)
    process.give(input)
    return process.wait()
  }
}

struct ProcessResult {
  var code: Int32
  var output: String
  var errors: String
}

/// A started program; output goes to files, so that nothing waits for a reader.
final class RunningProcess {
  let process = Process()
  private let input = Pipe()
  private let prefix: String

  init(_ arguments: [String], in folder: String, _ variables: [String: String]) throws {
    prefix = folder + "/.process-" + UUID().uuidString
    // Beside the test bundle that is running.
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(filePath: (bundle as NSString).deletingLastPathComponent + "/almanac")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    var environment = ProcessInfo.processInfo.environment
    for name in ["GITHUB_ACTIONS", "SOURCE_DATE_EPOCH", "COLUMNS"] { environment[name] = nil }
    process.environment = environment.merging(variables) { $1 }
    process.standardInput = input
    for (suffix, set) in [(".out", 1), (".err", 2)] {
      _ = FileManager.default.createFile(atPath: prefix + suffix, contents: nil)
      let handle = try #require(FileHandle(forWritingAtPath: prefix + suffix))
      if set == 1 { process.standardOutput = handle } else { process.standardError = handle }
    }
    try process.run()
  }

  func give(_ text: String) {
    input.fileHandleForWriting.write(Data(text.utf8))
    try? input.fileHandleForWriting.close()
  }

  var output: String { (try? String(contentsOfFile: prefix + ".out", encoding: .utf8)) ?? "" }

  func wait() -> ProcessResult {
    process.waitUntilExit()
    let errors = (try? String(contentsOfFile: prefix + ".err", encoding: .utf8)) ?? ""
    let result = ProcessResult(code: process.terminationStatus, output: output, errors: errors)
    for suffix in [".out", ".err"] { try? FileManager.default.removeItem(atPath: prefix + suffix) }
    return result
  }
}

extension Workplace {
  /// Writes the smallest report that builds.
  func writeReport(chapters: Int = 1) throws {
    try write("Content/report.yaml", "title: A report\neditions: [en]\n")
    for number in 1...chapters {
      try write("Content/en/chapter-\(number).md", "---\ntitle: Chapter \(number)\n---\n\nA paragraph.\n")
    }
  }
}
