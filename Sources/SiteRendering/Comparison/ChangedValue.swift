internal import AlmanacCore
internal import Localization
private import Notation

/// A number that changed, in words: before, after, and how far apart the two are.
struct ChangedValue {
  /// As few digits as tell both values.
  var before: String
  var after: String
  /// `+1%`, or percentage points for a share; `nil` where that means nothing.
  var difference: String?

  /// - Parameter measure: what a unit's key stands for.
  init(_ change: FactChange, language: LanguageTag, measure: (String) -> MeasureUnit) {
    let (old, new) = (change.old, change.new)
    let digits = max(significantDigits(old.value), significantDigits(new.value))
    before = writtenValue(old.value, unit: measure(old.unit), digits: digits, language: language)
    after = writtenValue(new.value, unit: measure(new.unit), digits: digits, language: language)
    guard old.value != new.value || before != after else { return }
    if before == after {
      // The difference lies behind the digits that people read.
      before = writtenValue(old.value, unit: measure(old.unit), digits: digits, scales: false, language: language)
      after = writtenValue(new.value, unit: measure(new.unit), digits: digits, scales: false, language: language)
    }
    let style = QuantityStyle(showsPlus: true)
    if old.unit == new.unit, ["percent", "percentage-points"].contains(new.unit) {
      let points = MeasureUnit(key: "percentage-points", kind: .percentagePoints)
      difference = formatQuantity(new.value - old.value, unit: points, style: style, language: language)
    } else if let relative = change.relativeChange {
      let percent = MeasureUnit(key: "percent", kind: .percent)
      difference = formatQuantity(relative * 100, unit: percent, style: style, language: language)
    }
  }
}

/// - Parameter scales: `false` for all digits and no million.
func writtenValue(
  _ value: Double, unit: MeasureUnit, digits: Int, scales: Bool = true, language: LanguageTag
) -> String {
  formatQuantity(
    value, unit: unit, style: QuantityStyle(significantDigits: digits, scales: scales), language: language)
}

/// Returns how many digits a value has without the zeros at its ends: 3 for 515000000.
func significantDigits(_ value: Double) -> Int {
  let mantissa = shortestNumber(value).prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber)
  return max(1, mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" }.count)
}

extension MeasureUnit {
  /// The unit of a record, whose names no report is at hand to tell.
  init(recorded key: String) {
    self = MeasureUnit(builtIn: key) ?? MeasureUnit(key: key, kind: .custom, symbols: ["en": " \(key)"])
  }
}
