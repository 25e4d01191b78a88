// swift-tools-version: 6.2

// The map of Almanac: a target imports only what stands above it here.
// `swift build --explicit-target-dependency-import-check error` holds it (see Sources/ARCHITECTURE.md).

import PackageDescription

let package = Package(
  name: "almanac",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "almanac", targets: ["almanac"]),
    // Draws a Vega-Lite chart without a report: spec text in, SVG bytes out. The other modules are those that its API names.
    .library(name: "VegaLite", targets: ["VegaLite", "VegaRuntime", "AlmanacCore", "Localization"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // System libraries, from Debian's packages.
    .systemLibrary(name: "CCmarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),

    // What every stage speaks: spans, diagnostics, fingerprints.
    module("AlmanacCore", ["CXXHash"]),

    // Text to values.
    module("Notation", ["AlmanacCore", .product(name: "Yams", package: "Yams")]),
    module("MarkdownTree", ["AlmanacCore", "CCmarkGFM"]),
    module("Markup", ["AlmanacCore"]),
    module("Localization", ["AlmanacCore", "Notation"]),

    // Charts: the grammar, then what it draws.
    module("VegaLite", ["AlmanacCore", "Notation"]),
    module("VegaRuntime", ["AlmanacCore", "Notation", "VegaLite", "Localization", "Markup"]),

    // What no chart grammar draws.
    module("Diagrams", ["AlmanacCore", "Notation", "VegaRuntime", "Localization", "Markup"]),

    // The data and the report.
    module("Datasets", ["AlmanacCore", "Notation", "Localization", "CSQLite"]),
    module("ReportModel", ["AlmanacCore", "Notation", "MarkdownTree", "Datasets", "VegaLite", "Localization"]),

    // Pages.
    module(
      "SiteRendering",
      [
        "AlmanacCore", "Notation", "MarkdownTree", "Markup", "Localization", "VegaLite", "VegaRuntime", "Datasets",
        "Diagrams", "ReportModel", .product(name: "Mustache", package: "swift-mustache"),
      ]),

    // The disk, the network, the terminal.
    module(
      "BuildEngine",
      [
        "AlmanacCore", "Notation", "MarkdownTree", "Markup", "Localization", "VegaLite", "VegaRuntime", "Datasets",
        "ReportModel", "SiteRendering",
      ], plugins: ["EmbedFiles"]),
    module(
      "Preview",
      ["AlmanacCore", "BuildEngine", .product(name: "FlyingSocks", package: "FlyingFox")]),
    module(
      "AlmanacCLI",
      [
        "AlmanacCore", "Notation", "MarkdownTree", "Markup", "Localization", "VegaLite", "VegaRuntime", "Diagrams",
        "Datasets", "ReportModel", "SiteRendering", "BuildEngine", "Preview",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["Starter"], plugins: ["EmbedFiles"]),
    .executableTarget(
      name: "almanac", dependencies: ["AlmanacCLI"], swiftSettings: settings(), linkerSettings: [staticExecutable()]),

    // Puts Templates/ and the starter report into the program.
    .plugin(
      name: "EmbedFiles", capability: .buildTool(), dependencies: ["EmbedFilesTool"], path: "Sources/EmbedFiles/Plugin"),
    .executableTarget(name: "EmbedFilesTool", path: "Sources/EmbedFiles/Tool", swiftSettings: settings()),

    // What tests share: diagnostics expected at marks in a text.
    .target(
      name: "TestSupport", dependencies: ["AlmanacCore"], path: "Tests/TestSupport", swiftSettings: settings()),
    tests("AlmanacCoreTests", ["AlmanacCore"]),
    tests(
      "MarkdownTreeTests", ["TestSupport", "AlmanacCore", "MarkdownTree", "Notation", "SiteRendering"],
      exclude: ["known-differences.json"]),
    tests(
      "ChapterReadingTests", ["TestSupport", "AlmanacCore", "MarkdownTree", "Notation", "ReportModel", "SiteRendering"]),
    tests("LocalizationTests", ["AlmanacCore", "Notation", "Localization"]),
    tests(
      "GateTests", ["AlmanacCore", "Notation", "Localization", "MarkdownTree", "Datasets", "ReportModel"],
      exclude: ["sentences.txt"]),
    tests("TableTests", ["AlmanacCore", "Notation", "Localization", "Datasets", "ReportModel", "SiteRendering"]),
    tests("NotationTests", ["TestSupport", "AlmanacCore", "Notation"]),
    tests("DatasetsTests", ["TestSupport", "AlmanacCore", "Notation", "Localization", "Datasets"]),
    tests("CLITests", ["almanac"]),
    tests("VegaLiteTests", ["AlmanacCore", "VegaLite"]),
    tests(
      "VegaRuntimeTests", ["AlmanacCore", "Notation", "Localization", "VegaLite", "VegaRuntime", "Markup"],
      exclude: ["Golden", "Charts", "Overlays"]),
    tests(
      "ConformanceTests", ["AlmanacCore", "VegaLite", "VegaRuntime"],
      exclude: ["floor.json", "known-differences.json", "compare_specs.py", "compare_details.py", "Specs"]),
    tests(
      "DiagramsTests",
      ["TestSupport", "AlmanacCore", "Notation", "Localization", "VegaRuntime", "Diagrams", "ReportModel"],
      exclude: ["Golden"]),
    tests(
      "PreviewTests",
      ["AlmanacCore", "BuildEngine", "Preview", .product(name: "FlyingSocks", package: "FlyingFox")]),
    tests("FuzzTests", ["AlmanacCore", "VegaLite", "VegaRuntime"]),
    tests("ReportTests", ["AlmanacCore", "Notation"]),
    tests("SiteTests", ["AlmanacCore", "BuildEngine", "SiteRendering"], exclude: ["Golden"]),
    tests("BuildEngineTests", ["AlmanacCore", "BuildEngine"]),
  ],
  swiftLanguageModes: [.v6]
)

// MARK: - How targets are made

func settings() -> [SwiftSetting] {
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}

/// Makes the release program one file that loads no library: it starts in a fraction of the time, and can be copied to another
/// machine. The flags only concern how this package's executable is linked, so that the library products stay usable as
/// dependencies.
func staticExecutable() -> LinkerSetting {
  .unsafeFlags(
    [
      "-static-executable", "-use-ld=lld", "-Xlinker", "--build-id", "-Xlinker", "--strip-debug",
      // What Foundation's archives need, in an order in which each finds what it lacks.
      "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU", "-lstdc++",
    ], .when(platforms: [.linux], configuration: .release))
}

func module(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings(), plugins: plugins)
}

/// Test targets read their golden files through `#filePath`, so nothing is copied into bundles.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings())
}
