internal import AlmanacCore
internal import Notation

/// A piece of a spec that a macro writes, with the author's own pieces in it where they stand.
indirect enum SpecPart: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByStringInterpolation
{
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([SpecPart])
  case map([(String, SpecPart)])
  /// The author's, with the places where it is written.
  case own(NotationValue)
  /// Left out of the map or list that it stands in.
  case nothing

  init(stringLiteral value: String) { self = .text(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(nilLiteral: ()) { self = .null }
  init(arrayLiteral elements: SpecPart...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SpecPart)...) { self = .map(elements) }
  init(_ value: NotationValue?) { self = value.map { .own($0) } ?? .nothing }

  /// - Parameter span: where the macro is called, for everything that it writes itself.
  func notation(at span: SourceSpan) -> NotationValue {
    switch self {
    case .null, .nothing: NotationValue(.null, at: span)
    case .bool(let value): NotationValue(.bool(value), at: span)
    case .number(let value): NotationValue(.number(value), at: span)
    case .text(let value): NotationValue(.string(value), at: span)
    case .list(let parts): NotationValue(.array(parts.filter(\.isPresent).map { $0.notation(at: span) }), at: span)
    case .map(let members):
      NotationValue(
        .object(
          members.filter { $0.1.isPresent }.map {
            NotationMember(key: $0.0, keySpan: span, value: $0.1.notation(at: span))
          }), at: span)
    case .own(let value): value
    }
  }

  private var isPresent: Bool { if case .nothing = self { false } else { true } }

  /// The map with other members over its own.
  func with(_ over: SpecPart) -> SpecPart {
    guard case .map(let base) = self.opened, case .map(let more) = over.opened else { return self }
    return .map(base.filter { member in !more.contains { $0.0 == member.0 } } + more)
  }

  /// The map with members that it does not have itself.
  func withDefaults(_ under: SpecPart) -> SpecPart { under.with(self) }

  func without(_ keys: String...) -> SpecPart {
    guard case .map(let members) = opened else { return self }
    return .map(members.filter { !keys.contains($0.0) })
  }

  private var opened: SpecPart {
    guard case .own(let value) = self, let members = value.object else { return self }
    return .map(members.map { ($0.key, .own($0.value)) })
  }
}
