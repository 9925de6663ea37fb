import Bounds
import Exact
import GradientFlow
import Symbolic

/// A comparison solved for its open constant: right - left = p + q C, so C >= -p/q where q > 0, and C <= -p/q where q < 0.
struct Requirement {
    let name: String
    /// -p/q
    let ratio: Expression
    /// q; its certain sign gives the direction.
    let coefficient: Expression
    /// p: right - left without the constant.
    let rest: Expression
    /// C > ratio or C < ratio.
    let isStrict: Bool

    /// Nil if the comparison holds no open constant, or holds it in a form that cannot be solved.
    init?(_ graph: Graph, _ comparison: Comparison, _ left: Expression, _ right: Expression, open: [String]) {
        guard comparison == .less || comparison == .lessOrEqual else { return nil }
        let difference = graph.subtract(right, left)
        let symbols = graph.symbols(in: difference)
        guard let name = open.first(where: { symbols.contains(.open($0)) }) else { return nil }
        let constant = Symbol.open(name)
        // Where the other terms have no value, the rest has none.
        let slope = graph.derivative(of: graph.terms(of: difference, with: constant), by: constant)
        guard !graph.symbols(in: slope).contains(constant) else { return nil }
        self.name = name
        rest = graph.substitute(difference, [constant: graph.zero])
        ratio = graph.divide(graph.negate(rest), slope)
        coefficient = slope
        isStrict = comparison == .less
    }
}

extension Graph {
    /// The terms of a sum that read the symbol.
    fileprivate func terms(of e: Expression, with symbol: Symbol) -> Expression {
        guard case .add(let a, let b) = node(e) else { return e }
        return [a, b].filter { symbols(in: $0).contains(symbol) }.reduce(zero) { add($0, terms(of: $1, with: symbol)) }
    }
}

/// What the constants of a claim may be: an interval whose ends are known as enclosures.
struct Admissible: Sendable {
    struct Limit: Sendable {
        /// An enclosure of the end; an infinite upper (for lower limits) end means that no constant is known to do.
        let value: RationalInterval
        let isStrict: Bool
        /// False for a supremum that may only be approached: C > q(t) for all t then allows C = sup q.
        var isAttained = true
    }

    var lower: [Limit] = []
    var upper: [Limit] = []

    /// The greatest lower limit, as an enclosure; nil without any.
    var best: RationalInterval? { Admissible.greatest(lower) }
    /// The least upper limit.
    var worst: RationalInterval? { Admissible.least(upper) }

    static func greatest(_ limits: [Limit]) -> RationalInterval? {
        guard !limits.isEmpty else { return nil }
        let lows = limits.compactMap(\.value.lower)
        let highs = limits.compactMap(\.value.upper)
        return RationalInterval(lows.max(), highs.count == limits.count ? highs.max() : nil)
    }

    static func least(_ limits: [Limit]) -> RationalInterval? {
        guard !limits.isEmpty else { return nil }
        let lows = limits.compactMap(\.value.lower)
        let highs = limits.compactMap(\.value.upper)
        return RationalInterval(lows.count == limits.count ? lows.min() : nil, highs.min())
    }

    /// Whether some constant meets every limit: every lower limit lies certainly below every upper one.
    var isNonEmpty: Truth {
        var result = Truth.yes
        for low in lower {
            for high in upper {
                let strict = low.isStrict || high.isStrict
                if let a = low.value.upper, let b = high.value.lower, a < b || (a == b && !strict) { continue }
                let excludesEquality = low.isStrict && low.isAttained || high.isStrict && high.isAttained
                if let a = low.value.lower, let b = high.value.upper, a > b || (a == b && excludesEquality) { return .no }
                result = .unknown
            }
        }
        // An unbounded requirement (no finite constant known) is never met for certain.
        if lower.contains(where: { $0.value.upper == nil }) || upper.contains(where: { $0.value.lower == nil }) {
            result = .unknown
        }
        return result
    }
}
