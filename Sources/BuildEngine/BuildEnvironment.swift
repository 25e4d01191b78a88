private import AlmanacCore

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Everything a build takes from its surroundings, in one value: made by the command, and by each test for itself.
package struct BuildEnvironment: Sendable {
  package var files: any FileSystem
  /// The report's folder, with `Content/` in it; absolute or relative to the working directory, `.` for the latter.
  package var root: String
  /// Seconds since 1970, where a date must appear: SOURCE_DATE_EPOCH. `nil` when not set; a page then shows no such date,
  /// because the same bytes in must give the same bytes out at any hour.
  package var sourceDateEpoch: Int?
  /// How many chapters and figures are worked on at once.
  package var jobs: Int
  package var limits: Limits
  /// Part of every artifact's key: another version of the tool makes everything anew.
  package var toolVersion: String
  package var interruption: Interruption
  /// Where programs are looked for when one is needed: folders as in `PATH`. Empty where none may be run.
  package var programFolders = ""

  package init(
    files: any FileSystem, root: String, sourceDateEpoch: Int? = nil, jobs: Int = 2, limits: Limits = Limits(),
    toolVersion: String = almanacVersion, interruption: Interruption = Interruption()
  ) {
    self.files = files
    self.root = root
    self.sourceDateEpoch = sourceDateEpoch
    self.jobs = jobs
    self.limits = limits
    self.toolVersion = toolVersion
    self.interruption = interruption
  }
}

/// The version of the tool, as `almanac --version` prints it.
package let almanacVersion = "0.1.0"

/// Sizes above which content is refused with an error rather than worked on. Bytes, counts.
package struct Limits: Sendable, Hashable {
  /// A text file: chapters, YAML, specs, templates.
  package var textBytes = 64 << 20
  /// A data file or an image.
  package var dataBytes = 256 << 20
  /// One line of a chapter or of YAML.
  package var lineBytes = 1 << 20
  /// One line of CSV.
  package var dataLineBytes = 16 << 20
  package var fileCount = 200_000
  /// Folders in folders.
  package var depth = 32
  /// What the cache may hold on disk.
  package var cacheBytes = 512 << 20
  /// Seconds to wait for another build of the same report.
  package var lockSeconds = 30.0

  package init() {}
}

extension BuildEnvironment {
  /// The path of something inside the report's folder.
  package func path(_ relative: String) -> String { root == "." || root.isEmpty ? relative : joinPath(root, relative) }

  /// The environment of a command: the real disk, this process's variables, all cores.
  ///
  /// - Parameter keepsResults: whether the command keeps results for another run, for which the whole program is
  ///   fingerprinted.
  package static func ofProcess(root: String, jobs: Int? = nil, keepsResults: Bool = true) -> BuildEnvironment {
    let epoch = getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) }
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var environment = BuildEnvironment(
      files: DiskFileSystem(), root: root, sourceDateEpoch: epoch, jobs: max(1, jobs ?? cores),
      toolVersion: almanacVersion + (keepsResults ? programFingerprint() : ""))
    environment.programFolders = getenv("PATH").map { String(cString: $0) } ?? ""
    return environment
  }

  /// The absolute path of a program of the machine; `nil` where it is not installed.
  func program(named name: String) -> String? {
    let paths = programFolders.split(separator: ":").lazy.map { "\($0)/\(name)" }
    return paths.first { path in path.hasPrefix("/") && access(path, X_OK) == 0 }
  }
}
