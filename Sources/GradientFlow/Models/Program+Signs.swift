import Exact
import Symbolic

extension Program {
    /// Per slot: whether its value is >= 0 wherever it has one, by the form of its operation: squares, and sums and
    /// products of such.
    ///
    /// A ball around such a value may reach below 0 by rounding; the value does not.
    var nonNegativeSlots: [Bool] {
        var known: [Bool] = []
        known.reserveCapacity(operations.count)
        for operation in operations { known.append(isNonNegative(operation, known)) }
        return known
    }

    private func isNonNegative(_ operation: Operation, _ known: [Bool]) -> Bool {
        switch operation {
        case .constant(let value): return !value.isNegative
        case .pi, .square, .exponential, .power, .elementPower: return true
        case .add(let a, let b), .multiply(let a, let b), .divide(let a, let b), .minimum(let a, let b, _):
            return known[a] && known[b]
        case .select(_, let a, let b): return known[a] && known[b]
        case .maximum(let a, let b, _): return known[a] || known[b]
        case .scale(let factor, let a): return factor.isPositive && known[a]
        case .reciprocal(let a): return known[a]
        case .contraction(let index):
            return contractions[index].allSatisfy { !$0.isNegative && known[$0.left] && known[$0.right] }
        case .elementInteger(let a, let n): return n % 2 == 0 || known[a]
        case .element(let function, _), .piecewise(let function, _):
            switch function {
            case .exp, .sqrt, .cosh, .abs, .relu, .sigmoid, .softplus: return true
            case .log, .log1p, .expm1, .floor, .sin, .cos, .tanh, .sinh, .asinh, .erf: return false
            }
        case .input, .subtract, .negate, .logarithm, .integral, .sine, .cosine, .tighten, .loopOutput: return false
        }
    }
}
