internal import AlmanacCore
private import Localization
internal import Notation

/// Reads the `printed` of a field: `true`, a word of scale (`万`), the text around each figure (`"{}分"`), or a map of
/// `in`, `as` and `at`.
///
/// Diagnoses `data-package.bad-printed`.
/// - Returns: `nil` for `false`.
func readPrintedForm(_ value: NotationValue) -> Diagnosed<PrintedForm?> {
  var form = PrintedForm()
  var diagnostics: [Diagnostic] = []
  if let isPrinted = value.bool { return Diagnosed(isPrinted ? form : nil) }
  if let text = value.string {
    if text.contains("{}") {
      readPattern(value, into: &form, &diagnostics)
    } else {
      readScale(value, into: &form, &diagnostics)
    }
    return Diagnosed(form, diagnostics)
  }
  guard value.object != nil else {
    return Diagnosed(nil, [.packageBadPrinted(value.scalarText ?? value.kindDescription, at: value.span)])
  }
  var reader = ObjectReader(value, area: "data-package")
  if let scale = reader.value("in") { readScale(scale, into: &form, &diagnostics) }
  if let pattern = reader.value("as") { readPattern(pattern, into: &form, &diagnostics) }
  if let place = reader.text("at") { form.place = Locator(place).map { .lines($0) } ?? .column(place) }
  return Diagnosed(form, diagnostics + reader.finish())
}

private func readScale(_ value: NotationValue, into form: inout PrintedForm, _ diagnostics: inout [Diagnostic]) {
  guard let text = value.string, let power = powerOfScale(text) else {
    diagnostics.append(.packageBadPrinted(value.scalarText ?? value.kindDescription, at: value.span))
    return
  }
  form.power = power
}

private func readPattern(_ value: NotationValue, into form: inout PrintedForm, _ diagnostics: inout [Diagnostic]) {
  guard let text = value.string, let gap = text.firstRange(of: "{}") else {
    diagnostics.append(.packageBadPrinted(value.scalarText ?? value.kindDescription, at: value.span))
    return
  }
  form.before = String(text[..<gap.lowerBound])
  form.behind = String(text[gap.upperBound...])
}
