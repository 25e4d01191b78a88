/// Returns the candidate that `word` was probably meant to be, for hints of the form "did you mean 'energy'?".
///
/// The distance is Damerau-Levenshtein over Unicode scalars (optimal string alignment); a match may differ in at most
/// a third of the longer word, and at most three places. Of equal ones the first in `candidates` wins.
/// - Complexity: O(*n*·*m*) for each candidate of length *m*; candidates of very different length cost nothing.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(word.lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let limit = min(3, max(wanted.count, letters.count) / 3 + (max(wanted.count, letters.count) < 3 ? 1 : 0))
    guard abs(letters.count - wanted.count) <= limit, letters.count <= 200 else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// Returns the hint for an unknown word: the nearest match, or the list of what is allowed when it is short.
public func unknownWordHint(_ word: String, among candidates: [String]) -> String? {
  if let match = closestMatch(to: word, among: candidates) { return "did you mean '\(match)'?" }
  guard !candidates.isEmpty, candidates.count <= 24 else { return nil }
  return "use one of " + candidates.map { "'\($0)'" }.joined(separator: ", ")
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var current = last
  for i in 1...a.count {
    current[0] = i
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      current[j] = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        current[j] = min(current[j], beforeLast[j - 2] + 1)
      }
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[b.count]
}
