/// A regular expression with JavaScript's syntax.
///
/// Matching goes back and forth with a budget of steps, so that a hostile pattern cannot hang a build: when the budget is
/// used up there is no match. Covers classes, groups (also named and non-capturing), alternatives, greedy and lazy
/// quantifiers, anchors, word borders, back-references and lookahead; flags `i`, `g`, `m`, `s`, `u`. No lookbehind, no `\p`.
struct RegularExpression: Sendable {
  enum Instruction: Sendable {
    case character(UInt32)
    case any
    case set(Int)
    case jump(Int)
    /// Tries the first place, then the second.
    case split(Int, Int)
    case save(Int)
    case lineStart, lineEnd
    case wordBorder(Bool)
    case backReference(Int)
    /// Whether what follows matches; goes on behind the lookahead's end.
    case look(Bool, end: Int)
    /// Leaves a loop whose body matched nothing.
    case mark(Int)
    case progress(Int)
    case match
  }

  struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var negated = false
  }

  var instructions: [Instruction] = []
  var sets: [CharacterSet] = []
  var groups = 1
  var marks = 0
  var names: [String: Int] = [:]
  /// What searches are counted against.
  var spending: ExpressionBudget?
  let ignoresCase: Bool
  let isGlobal: Bool
  let isMultiline: Bool
  let dotMatchesAll: Bool

  /// Returns `nil` for a pattern that cannot be read.
  init?(_ pattern: String, flags: String = "") {
    ignoresCase = flags.contains("i")
    isGlobal = flags.contains("g")
    isMultiline = flags.contains("m")
    dotMatchesAll = flags.contains("s")
    guard flags.allSatisfy({ "dgimsuy".contains($0) }) else { return nil }
    var parser = RegularExpressionParser(pattern)
    guard let tree = parser.parse() else { return nil }
    groups = parser.groups
    names = parser.names
    guard compile(.group(0, tree)) else { return nil }
    instructions.append(.match)
  }
}

/// A pattern as a tree.
indirect enum RegularExpressionTree {
  case empty
  case character(UInt32)
  case any
  case set(RegularExpression.CharacterSet)
  case sequence([RegularExpressionTree])
  case alternatives([RegularExpressionTree])
  /// The number is `nil` where nothing is captured.
  case group(Int?, RegularExpressionTree)
  case repeated(RegularExpressionTree, least: Int, most: Int?, lazy: Bool)
  case lineStart, lineEnd
  case wordBorder(Bool)
  case backReference(Int)
  case namedReference(String)
  case look(Bool, RegularExpressionTree)
}

// MARK: - Compiling

extension RegularExpression {
  private static let largestProgram = 20_000

  private mutating func compile(_ tree: RegularExpressionTree) -> Bool {
    guard instructions.count < Self.largestProgram else { return false }
    switch tree {
    case .empty: break
    case .character(let scalar): instructions.append(.character(folded(scalar)))
    case .any: instructions.append(.any)
    case .set(let set):
      sets.append(set)
      instructions.append(.set(sets.count - 1))
    case .sequence(let trees): for tree in trees { guard compile(tree) else { return false } }
    case .alternatives(let trees):
      var ends: [Int] = []
      for (index, tree) in trees.enumerated() {
        let split = instructions.count
        if index < trees.count - 1 { instructions.append(.split(split + 1, 0)) }
        guard compile(tree) else { return false }
        if index < trees.count - 1 {
          ends.append(instructions.count)
          instructions.append(.jump(0))
          instructions[split] = .split(split + 1, instructions.count)
        }
      }
      for end in ends { instructions[end] = .jump(instructions.count) }
    case .group(let number, let tree):
      if let number { instructions.append(.save(number * 2)) }
      guard compile(tree) else { return false }
      if let number { instructions.append(.save(number * 2 + 1)) }
    case .repeated(let tree, let least, let most, let lazy):
      for _ in 0..<least {
        let before = instructions.count
        guard compile(tree) else { return false }
        // Nothing over and over is nothing; groups of it within each other would never be done.
        if instructions.count == before { break }
      }
      if let most {
        var splits: [Int] = []
        for _ in 0..<max(0, most - least) {
          splits.append(instructions.count)
          instructions.append(.split(0, 0))
          guard compile(tree) else { return false }
        }
        for split in splits {
          instructions[split] = lazy ? .split(instructions.count, split + 1) : .split(split + 1, instructions.count)
        }
      } else {
        let split = instructions.count
        let mark = marks
        marks += 1
        instructions.append(.split(0, 0))
        instructions.append(.mark(mark))
        guard compile(tree) else { return false }
        instructions.append(.progress(mark))
        instructions.append(.jump(split))
        instructions[split] = lazy ? .split(instructions.count, split + 1) : .split(split + 1, instructions.count)
      }
    case .lineStart: instructions.append(.lineStart)
    case .lineEnd: instructions.append(.lineEnd)
    case .wordBorder(let wanted): instructions.append(.wordBorder(wanted))
    case .backReference(let number): instructions.append(.backReference(number))
    case .namedReference(let name):
      guard let number = names[name] else { return false }
      instructions.append(.backReference(number))
    case .look(let positive, let tree):
      let look = instructions.count
      instructions.append(.look(positive, end: 0))
      guard compile(tree) else { return false }
      instructions.append(.match)
      instructions[look] = .look(positive, end: instructions.count)
    }
    return true
  }

  func folded(_ scalar: UInt32) -> UInt32 {
    guard ignoresCase else { return scalar }
    if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A ? scalar | 0x20 : scalar }
    let lower = Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars
    return lower?.count == 1 ? lower!.first!.value : scalar
  }
}
