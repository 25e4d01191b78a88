import AlmanacCore
import ArgumentParser
import Datasets
import Localization

/// How the rows of a query are printed.
enum RowFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json

  func print(_ result: QueryResult) -> String {
    switch self {
    case .table: printTable(result)
    case .csv: printCSV(result)
    case .json: printJSON(result)
    }
  }
}

// MARK: - For people

/// Columns as wide as their widest value, Han characters counted as two; numbers to the right.
private func printTable(_ result: QueryResult) -> String {
  let cells = result.columns.map { column in column.values.map { cellText($0) } }
  let widths = result.columns.indices.map { index in
    cells[index].reduce(width(result.columns[index].name)) { max($0, width($1)) }
  }
  let isNumber = result.columns.map { column in column.values.allSatisfy { if case .text = $0 { false } else { true } }
  }
  func line(_ texts: [String]) -> String {
    var line = texts.indices.map { index in
      let space = String(repeating: " ", count: widths[index] - width(texts[index]))
      return isNumber[index] ? space + texts[index] : texts[index] + space
    }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
  var text = line(result.columns.map(\.name))
  text += widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
  for row in 0..<result.rowCount { text += line(cells.map { $0[row] }) }
  return text + "(\(counted(result.rowCount, "row")))\n"
}

private func cellText(_ value: QueryValue) -> String {
  switch value {
  case .null: "–"
  case .number(let number): javaScriptString(number)
  case .text(let text): text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

private func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + terminalWidth(of: $1) } }

// MARK: - For programs

/// RFC 4180; a missing value is an empty cell.
private func printCSV(_ result: QueryResult) -> String {
  func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + "\r\n" }
  func quoted(_ cell: String) -> String {
    let isPlain = !cell.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
  var text = line(result.columns.map(\.name))
  for row in 0..<result.rowCount {
    text += line(
      result.columns.map { column in
        switch column.values[row] {
        case .null: ""
        case .number(let number): javaScriptString(number)
        case .text(let text): text
        }
      })
  }
  return text
}

/// A list of objects, a row a line.
private func printJSON(_ result: QueryResult) -> String {
  let rows = (0..<result.rowCount).map { row in
    let members = result.columns.map { column in
      let value =
        switch column.values[row] {
        case .null: "null"
        case .number(let number): javaScriptString(number)
        case .text(let text): jsonString(text)
        }
      return jsonString(column.name) + ":" + value
    }
    return "{" + members.joined(separator: ",") + "}"
  }
  return rows.isEmpty ? "[]\n" : "[\n" + rows.joined(separator: ",\n") + "\n]\n"
}
