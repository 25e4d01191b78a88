import AlmanacCore

/// The templates that the tool carries: every page of a report without `Templates/` of its own is drawn with them.
///
/// Paths read `Templates/…`, as if the files lay in the report. A report's own file of the same path takes its place,
/// one by one; see ``templateFiles(of:)``.
package func builtInTemplates() -> [DiscoveredFile] {
  embeddedFiles.filter { $0.path != "README.md" }.map { file in
    DiscoveredFile(source: SourceFile(path: "Templates/" + file.path, text: file.text))
  }
}

/// Returns the templates that a report is drawn with: its own before the built-in ones, sorted by path.
package func templateFiles(of report: ReportFiles) -> [DiscoveredFile] {
  var files: [String: DiscoveredFile] = [:]
  for file in builtInTemplates() { files[file.path] = file }
  for file in report.templates { files[file.path] = file }
  return files.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}
