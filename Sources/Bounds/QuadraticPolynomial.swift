import Exact
import Symbolic

/// A polynomial of degree 2 at most, with exact coefficients, as a formula spells it.
struct QuadraticPolynomial {
    /// Positions of two variables, the first not after the second.
    struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    private(set) var constant: Rational = .zero
    private(set) var linear: [Int: Rational] = [:]
    /// Coefficients of products of two variables.
    private(set) var quadratic: [Pair: Rational] = [:]

    var isLinear: Bool { quadratic.values.allSatisfy(\.isZero) }

    enum Obstacle: Error {
        /// The formula is not written as a polynomial of so low a degree.
        case degree
        /// A coefficient has no exact rational value, or depends on something else.
        case inexact
        /// More than a million terms.
        case length
    }

    /// Reads sums, products, squares and quotients by numbers; all else must be an exact number, so the polynomial has
    /// the value of the formula at every point.
    init(_ e: Expression, in graph: Graph, variables: [Symbol: Int]) throws(Obstacle) {
        var left = 1_000_000
        try self.init(e, in: graph, variables: variables, degree: 2, left: &left)
    }

    private init(
        _ e: Expression, in graph: Graph, variables: [Symbol: Int], degree: Int, left: inout Int
    ) throws(Obstacle) {
        var pending: [(e: Expression, factor: Rational)] = [(e, .one)]
        while let (e, factor) = pending.popLast() {
            left -= 1
            guard left >= 0 else { throw .length }
            switch graph.node(e) {
            case .add(let a, let b):
                pending.append((a, factor))
                pending.append((b, factor))
            case .symbol(let symbol):
                guard let position = variables[symbol] else { throw .inexact }
                linear[position, default: .zero] += factor
            case .multiply(let a, let b):
                if let value = try Self.number(a, graph) {
                    pending.append((b, factor * value))
                } else if let value = try Self.number(b, graph) {
                    pending.append((a, factor * value))
                } else {
                    guard degree == 2 else { throw .degree }
                    let x = try Self(a, in: graph, variables: variables, degree: 1, left: &left)
                    let y = try Self(b, in: graph, variables: variables, degree: 1, left: &left)
                    add(x, times: y, factor)
                }
            case .divide(let a, let b):
                guard let value = try Self.number(b, graph) else { throw .degree }
                guard let inverse = value.reciprocal else { throw .inexact }
                pending.append((a, factor * inverse))
            case .power(let a, 2) where degree == 2:
                let x = try Self(a, in: graph, variables: variables, degree: 1, left: &left)
                add(x, times: x, factor)
            case .constant, .pi, .power, .apply, .minimum, .maximum, .cases, .expectation:
                guard let value = try Self.number(e, graph) else { throw .degree }
                constant += factor * value
            }
        }
    }

    /// The value of a formula without symbols; nil for one with symbols.
    private static func number(_ e: Expression, _ graph: Graph) throws(Obstacle) -> Rational? {
        guard graph.symbols(in: e).isEmpty else { return nil }
        guard let value = graph.exactValue(of: e, at: [:]) else { throw .inexact }
        return value
    }

    /// Adds factor x y, x and y linear.
    private mutating func add(_ x: QuadraticPolynomial, times y: QuadraticPolynomial, _ factor: Rational) {
        constant += factor * x.constant * y.constant
        for (i, a) in x.linear {
            linear[i, default: .zero] += factor * a * y.constant
            for (j, b) in y.linear {
                quadratic[Pair(first: min(i, j), second: max(i, j)), default: .zero] += factor * a * b
            }
        }
        for (j, b) in y.linear { linear[j, default: .zero] += factor * x.constant * b }
    }
}
