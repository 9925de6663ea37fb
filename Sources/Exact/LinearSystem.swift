/// constant + coefficients . x >= 0, or > 0 if strict.
public struct LinearInequality: Hashable, Sendable {
    /// One per variable.
    public let coefficients: [Rational]
    /// What is added to the linear form.
    public let constant: Rational
    /// Whether equality is excluded.
    public let isStrict: Bool

    /// The inequality of this linear form.
    public init(_ coefficients: [Rational], _ constant: Rational, isStrict: Bool = false) {
        self.coefficients = coefficients
        self.constant = constant
        self.isStrict = isStrict
    }

    func holds(at point: [Rational]) -> Bool {
        let value = zip(coefficients, point).reduce(constant) { $0 + $1.0 * $1.1 }
        return isStrict ? value.isPositive : !value.isNegative
    }
}

/// Whether some real x meets linear inequalities; both answers carry what shows them.
public enum LinearFeasibility: Equatable, Sendable {
    case point([Rational])
    /// Multipliers >= 0, one per inequality, with which the left sides add up to a number that is not >= 0 (not > 0, if
    /// a strict one takes part).
    case contradiction([Rational])
    /// Too many pivots.
    case unknown

    /// Both answers are checked against the inequalities, so nothing rests on the search.
    public static func decide(
        _ system: [LinearInequality], unknowns: Int, mostPivots: Int = 10_000
    ) -> LinearFeasibility {
        precondition(system.allSatisfy { $0.coefficients.count == unknowns }, "one coefficient per unknown")
        var simplex = Simplex(system, unknowns)
        switch simplex.search(mostPivots) {
        case .point(let point) where system.allSatisfy { $0.holds(at: point) }: return .point(point)
        case .contradiction(let m) where isContradiction(m, system, unknowns): return .contradiction(m)
        case .point, .contradiction, .unknown: return .unknown
        }
    }

    private static func isContradiction(
        _ multipliers: [Rational], _ system: [LinearInequality], _ unknowns: Int
    ) -> Bool {
        guard multipliers.count == system.count, multipliers.allSatisfy({ !$0.isNegative }) else { return false }
        let parts = zip(multipliers, system).filter { !$0.0.isZero }
        for column in 0..<unknowns {
            guard parts.reduce(Rational.zero, { $0 + $1.0 * $1.1.coefficients[column] }).isZero else { return false }
        }
        let sum = parts.reduce(Rational.zero) { $0 + $1.0 * $1.1.constant }
        return sum.isNegative || (sum.isZero && parts.contains { $0.1.isStrict })
    }
}

/// The simplex method for feasibility: free unknowns, one bounded variable per inequality, Bland's smallest index.
///
/// - Source: Dutertre and de Moura, "A fast linear-arithmetic solver for DPLL(T)", CAV 2006.
private struct Simplex {
    /// a + b d for an infinitesimal d > 0: a strict bound is one d away.
    struct Value {
        var main: Rational
        var tiny: Rational
        static func < (a: Value, b: Value) -> Bool { a.main < b.main || (a.main == b.main && a.tiny < b.tiny) }
        static func + (a: Value, b: Value) -> Value { Value(main: a.main + b.main, tiny: a.tiny + b.tiny) }
        static func * (c: Rational, a: Value) -> Value { Value(main: c * a.main, tiny: c * a.tiny) }
    }

    private let unknowns: Int
    /// Per variable: first the unknowns, which have no bound, then the left sides of the inequalities.
    private let bounds: [Value?]
    private var values: [Value]
    private var basic: [Int]
    private var free: [Int]
    /// basic[i] = sum over j of rows[i][j] free[j].
    private var rows: [[Rational]]

    init(_ system: [LinearInequality], _ unknowns: Int) {
        self.unknowns = unknowns
        bounds = Array(repeating: nil, count: unknowns)
            + system.map { Value(main: -$0.constant, tiny: $0.isStrict ? 1 : 0) }
        values = Array(repeating: Value(main: 0, tiny: 0), count: bounds.count)
        basic = Array(unknowns..<bounds.count)
        free = Array(0..<unknowns)
        rows = system.map(\.coefficients)
    }

    mutating func search(_ mostPivots: Int) -> LinearFeasibility {
        for _ in 0..<mostPivots {
            let violated = basic.indices.filter { row in bounds[basic[row]].map { values[basic[row]] < $0 } ?? false }
            guard let row = violated.min(by: { basic[$0] < basic[$1] }) else { return .point(point()) }
            let movable = free.indices.filter { column in
                let slope = rows[row][column]
                if slope.isPositive { return true }
                return slope.isNegative && (bounds[free[column]].map { $0 < values[free[column]] } ?? true)
            }
            guard let column = movable.min(by: { free[$0] < free[$1] }) else { return .contradiction(multipliers(row)) }
            pivot(row, column)
        }
        return .unknown
    }

    /// Moves the violated variable to its bound and exchanges it with a free one.
    private mutating func pivot(_ row: Int, _ column: Int) {
        guard let bound = bounds[basic[row]], let inverse = rows[row][column].reciprocal else { return }
        let step = inverse * (bound + Rational(-1) * values[basic[row]])
        values[basic[row]] = bound
        values[free[column]] = values[free[column]] + step
        for other in rows.indices where other != row && !rows[other][column].isZero {
            values[basic[other]] = values[basic[other]] + rows[other][column] * step
        }
        // free[column] = (basic[row] - the other terms) / slope
        var solved = rows[row].map { -(inverse * $0) }
        solved[column] = inverse
        for other in rows.indices where other != row && !rows[other][column].isZero {
            let factor = rows[other][column]
            for j in free.indices where !solved[j].isZero {
                rows[other][j] = j == column ? factor * solved[j] : rows[other][j] + factor * solved[j]
            }
        }
        rows[row] = solved
        (basic[row], free[column]) = (free[column], basic[row])
    }

    /// The violated left side is at most what the inequalities of its row allow.
    private func multipliers(_ row: Int) -> [Rational] {
        var result = Array(repeating: Rational.zero, count: bounds.count - unknowns)
        result[basic[row] - unknowns] = 1
        for (variable, slope) in zip(free, rows[row]) where !slope.isZero && variable >= unknowns {
            result[variable - unknowns] = -slope
        }
        return result
    }

    /// The unknowns for a d so small that no inequality fails.
    private func point() -> [Rational] {
        var d = Rational.one
        for (value, bound) in zip(values, bounds) {
            guard let bound else { continue }
            let (main, tiny) = (value.main - bound.main, value.tiny - bound.tiny + (bound.tiny.isZero ? 0 : 1))
            if main.isPositive, tiny.isNegative { d = min(d, main / (Rational(-2) * tiny)) }
        }
        return values.prefix(unknowns).map { $0.main + d * $0.tiny }
    }
}
