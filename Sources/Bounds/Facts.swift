import Syntax

/// What a formula is.
enum Kind: Sendable, Equatable {
    case integer, real, condition, set, list, law, vector, matrix
    /// Of a construction that is not supported yet: nothing is checked about it.
    case any

    var isNumber: Bool { self == .integer || self == .real || self == .any }
    var isCondition: Bool { self == .condition || self == .any }
    var isSet: Bool { self == .set || self == .list || self == .vector || self == .any }

    var withArticle: String {
        switch self {
        case .integer: "an integer"
        case .real: "a real"
        case .condition: "a condition"
        case .set: "a set"
        case .list: "a list"
        case .law: "a law"
        case .vector: "a vector"
        case .matrix: "a matrix"
        case .any: "something else"
        }
    }
}

/// A construction that the language has and this version does not.
struct Feature: Sendable {
    /// `'softmax'`
    let name: String
    let file: Int
    let span: Span
    var text: String { "\(name) is not supported yet" }
    static let remedy = "'flowbound explain E0901' says what this version does not run"
}

/// What a formula is and depends on, through all definitions.
struct Facts: Sendable {
    /// What was read, by its first mention in the formula itself.
    struct Read: Sendable {
        let name: String
        let span: Span
    }

    var kind: Kind = .any
    var state: Read?
    var time: Read?
    var moment: Read?
    var openConstant: Read?
    /// What depends on the past of the run: it has no value at a state alone.
    var total: Read?
    var feature: Feature?

    /// Takes over what a definition reads, as mentioned here.
    mutating func absorb(_ other: Facts, at span: Span) {
        state = state ?? other.state.map { Read(name: $0.name, span: span) }
        time = time ?? other.time.map { Read(name: $0.name, span: span) }
        moment = moment ?? other.moment.map { Read(name: $0.name, span: span) }
        total = total ?? other.total.map { Read(name: $0.name, span: span) }
        feature = feature ?? other.feature
    }

    /// What a formula of parameters alone may not read: `the state 's'`.
    var moving: (text: String, span: Span)? {
        if let state { return ("the state '\(state.name)'", state.span) }
        if let time { return (time.name == "t" ? "the time 't'" : "the schedule '\(time.name)'", time.span) }
        return nil
    }
}
