extension Int {
  /// The whole number towards zero of a number that an author or a file gave: never a trap.
  ///
  /// Not-a-number is 0; what lies beyond ±`limit` is that limit.
  package init(limited value: Double, to limit: Int = 1 << 53) {
    if value.isNaN {
      self = 0
    } else if value >= Double(limit) {
      self = limit
    } else if value <= -Double(limit) {
      self = -limit
    } else {
      self = Int(value)
    }
  }
}
