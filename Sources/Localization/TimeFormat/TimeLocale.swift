/// How dates are written in a language: the keys of a d3-time-format locale.
///
/// https://d3js.org/d3-time-format#timeFormatLocale
public struct TimeLocale: Hashable, Sendable {
  /// What `%c`, `%x` and `%X` stand for.
  public var dateTime: String
  public var date: String
  public var time: String
  /// AM and PM.
  public var periods: [String]
  /// From Sunday.
  public var days: [String]
  public var shortDays: [String]
  public var months: [String]
  public var shortMonths: [String]

  public init(
    dateTime: String, date: String, time: String, periods: [String], days: [String], shortDays: [String],
    months: [String], shortMonths: [String]
  ) {
    self.dateTime = dateTime
    self.date = date
    self.time = time
    self.periods = periods
    self.days = days
    self.shortDays = shortDays
    self.months = months
    self.shortMonths = shortMonths
  }

  /// d3's default locale, `en-US`.
  public static let english = TimeLocale(
    dateTime: "%x, %X", date: "%-m/%-d/%Y", time: "%-I:%M:%S %p", periods: ["AM", "PM"],
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    months: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])

  /// d3's `zh-CN`.
  public static let chinese = TimeLocale(
    dateTime: "%x %A %X", date: "%Y年%-m月%-d日", time: "%H:%M:%S", periods: ["上午", "下午"],
    days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
    shortDays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
    months: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
    shortMonths: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"])
}
