internal import Localization
internal import VegaLite

extension Value {
  /// `String(value)`, with dates as JavaScript writes them: `Fri Jan 31 2020 04:05:06 GMT+0000 (Coordinated Universal Time)`.
  ///
  /// - Parameter zone: the clock that dates are told by.
  func javaScriptText(in zone: TimeZoneRules) -> String {
    switch self {
    case .date(let time): javaScriptDateText(time, in: zone)
    case .array(let values):
      values.map { $0.isPresent ? $0.javaScriptText(in: zone) : "" }.joined(separator: ",")
    default: asString
    }
  }

  /// `toBoolean` of Vega: missing values and empty text are `null`, `false` and `0` may be words.
  var vegaBoolean: Value {
    if !isPresent || self == .string("") { return .null }
    return .bool(asBool && self != .string("false") && self != .string("0"))
  }
}

/// `String(date)`. A zone has no name here unless it is UTC.
func javaScriptDateText(_ time: Double, in zone: TimeZoneRules) -> String {
  guard time.magnitude <= 8.64e15 else { return "Invalid Date" }
  let text = TimeFormat("%a %b %d %Y %H:%M:%S GMT%Z", locale: .english)(time, in: zone)
  return zone == .utc ? text + " (Coordinated Universal Time)" : text
}
