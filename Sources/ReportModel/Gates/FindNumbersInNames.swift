package import AlmanacCore
package import Datasets
internal import Notation

/// Finds the numbers in the names of `names.yaml` that are figures and not names.
///
/// A name stands in every table and chart, and passes in prose as a whole, so a figure in it would pass everywhere. Digits
/// that the key has too are the name's own: `age-20-29` is "20 to 29". Others pass as versions of models do, or as
/// `[37]{.literal} Interactive`.
package func findUnboundNumbers(in names: NameTable, file: SourceFile) -> [UnboundNumber] {
  var texts: [LineText] = []
  var keys: [SourceSpan: String] = [:]
  for (key, written) in names.entries.map({ ($0.key, $0.written) }) + names.columns.map({ ($0.key, $0.value) }) {
    let values = written.scalarText == nil ? (written.object ?? []).map(\.value) : [written]
    for value in values {
      guard let text = value.scalarText else { continue }
      texts.append(LineText(text: text, span: value.span))
      keys[value.span] = key
    }
  }
  let spans = keys.keys.sorted()
  return findUnboundNumbers(in: texts, file: { _ in file }, names: .builtIn).filter { number in
    let digits = digitGroups(number.text)
    guard !digits.isEmpty, let text = spans.last(where: { $0.start <= number.span.start }), let key = keys[text] else {
      return true
    }
    return !Set(digits).isSubset(of: digitGroups(key))
  }
}

/// The runs of digits in a text.
private func digitGroups(_ text: String) -> [Substring] {
  text.split { !$0.isASCII || !$0.isNumber }
}
