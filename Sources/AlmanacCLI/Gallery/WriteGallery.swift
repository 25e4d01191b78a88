import AlmanacCore
import BuildEngine

/// Writes the page of a gallery with its style sheets into a folder.
///
/// - Throws: where the folder cannot be written.
func writeGallery(
  _ examples: [GalleryExample], to folder: String, language: LanguageTag, isThemed: Bool,
  _ environment: BuildEnvironment
) throws(FileError) {
  let page = GalleryPage(groups: galleryGroups(examples), language: language, isThemed: isThemed)
  let report = builtInTemplates().first { $0.source.path.hasSuffix("assets/almanac.css") }
  try environment.files.makeFolder(folder)
  try environment.files.write(page.html(), to: joinPath(folder, "index.html"))
  try environment.files.write(Array(galleryStyle.utf8), to: joinPath(folder, GalleryPage.styleName))
  try environment.files.write(report?.source.bytes ?? [], to: joinPath(folder, GalleryPage.reportStyleName))
}
