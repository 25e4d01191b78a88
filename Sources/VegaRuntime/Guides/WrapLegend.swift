/// Entries in a row of a horizontal legend, so that it is no wider than the plot that it stands above.
///
/// - Parameters:
///   - widths: of the entries, in pixels.
///   - available: pixels.
/// - Returns: the most entries in a row for which the columns, each as wide as its widest entry, fit; at least 1.
func legendColumns(_ widths: [Double], padding: Double, available: Double) -> Int {
  for columns in stride(from: widths.count, through: 2, by: -1) {
    var total = padding * Double(columns - 1)
    for column in 0..<columns {
      total += stride(from: column, to: widths.count, by: columns).map { widths[$0].rounded(.up) }.max() ?? 0
    }
    if total <= available { return columns }
  }
  return 1
}
