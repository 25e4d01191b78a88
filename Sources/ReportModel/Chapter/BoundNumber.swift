package import AlmanacCore
package import MarkdownTree

/// A number in the text that is tied to the data: `` `{v} genai-users.cn.2025-06 fmt=.1f` ``.
package struct BoundNumber: Hashable, Sendable {
  package var node: NodeID
  package var value: BoundValue
  package var span: SourceSpan
}

/// What stands behind `{v}`: an expression, and how its value is written.
package struct BoundValue: Hashable, Sendable {
  /// `nil` when it cannot be read, which has been diagnosed.
  package var expression: ValueExpression?
  package var options = NumberOptions()

  package struct NumberOptions: Hashable, Sendable {
    /// `fmt=.1f`: a d3-format for the scaled number.
    package var format: String?
    /// `unit=off`, or the name of a unit.
    package var unit: String?
    /// `scale=off`, or the name of a scale.
    package var scale: String?
    /// `sign`: a plus before a positive number.
    package var showsSign = false
    /// Where the options stand, by name.
    package var formatSpan: SourceSpan?
    package var unitSpan: SourceSpan?
    package var scaleSpan: SourceSpan?
  }
}

/// An expression over facts and cells of datasets.
package struct ValueExpression: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    case number(Double)
    /// A row of the ledger by its id.
    case fact(String)
    /// `arena[gpt-5].elo`: the column of the row with that key.
    case cell(dataset: String, key: String, column: String)
    case negation(ValueExpression)
    case operation(Operator, ValueExpression, ValueExpression)
    case call(Function, [ValueExpression])
  }

  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case plus = "+", minus = "-", times = "*", divided = "/"
  }

  package enum Function: String, Hashable, Sendable, CaseIterable {
    /// `growth(a, b)`: from a to b, in percent.
    case growth
    /// `diff(a, b)`: b less a.
    case diff
    /// `share(part, whole)`, in percent.
    case share
    /// `cagr(a, b, years)`: the yearly growth from a to b, in percent.
    case cagr
    case sum, mean, abs, round, min, max

    /// How many arguments the function takes.
    package var arity: ClosedRange<Int> {
      switch self {
      case .growth, .diff, .share: 2...2
      case .cagr: 3...3
      case .abs: 1...1
      case .round: 1...2
      case .sum, .mean, .min, .max: 1...1_000
      }
    }
  }

  package var content: Content
  package var span: SourceSpan

  package init(_ content: Content, at span: SourceSpan) {
    self.content = content
    self.span = span
  }
}

extension ValueExpression {
  /// The ids of all facts, with their places, in the order of the text.
  package var facts: [(id: String, span: SourceSpan)] {
    switch content {
    case .number, .cell: []
    case .fact(let id): [(id, span)]
    case .negation(let operand): operand.facts
    case .operation(_, let left, let right): left.facts + right.facts
    case .call(_, let arguments): arguments.flatMap(\.facts)
    }
  }

  /// All facts by their ids and all cells as they are written (`arena[gpt-5].elo`), with their places, in the order of the
  /// text.
  package var sources: [(id: String, span: SourceSpan)] {
    switch content {
    case .number: []
    case .fact(let id): [(id, span)]
    case .cell(let dataset, let key, let column): [("\(dataset)[\(key)].\(column)", span)]
    case .negation(let operand): operand.sources
    case .operation(_, let left, let right): left.sources + right.sources
    case .call(_, let arguments): arguments.flatMap(\.sources)
    }
  }
}
