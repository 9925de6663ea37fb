import Arithmetic
import Exact
import Symbolic

extension Machine {
    /// Coefficient j of a slot from the lower ones and the arguments' coefficients up to j.
    func coefficient(_ j: Int, _ slot: Int) {
        let at = position(slot)
        let c = at + j
        switch program.operations[slot] {
        case .constant, .pi, .input, .loopOutput:
            break
        case .add(let a, let b):
            span.add(c, position(a) + j, position(b) + j)
        case .subtract(let a, let b):
            span.subtract(c, position(a) + j, position(b) + j)
        case .negate(let a):
            span.negate(c, position(a) + j)
        case .multiply(let a, let b):
            if !program.varies[b] || order == 0 {
                span.multiply(c, position(a) + j, position(b))
            } else if !program.varies[a] {
                span.multiply(c, position(a), position(b) + j)
            } else {
                span.productCoefficient(j, at, position(a), position(b))
            }
        case .scale(_, let a):
            if let n = integerFactors[slot] {
                span.scale(c, position(a) + j, by: n)
            } else {
                span.multiply(c, position(a) + j, auxiliary[slot])
            }
        case .contraction(let index):
            span.contract(c, products(of: index), degree: j, order: order)
        case .square(let a):
            if j == 0 {
                // The element's square: never negative.
                span[c] = span[position(a)].power(2)
            } else {
                span.squareCoefficient(j, at, position(a))
            }
        case .divide(let a, let b):
            if program.varies[b] {
                span.quotientCoefficient(j, at, position(a), position(b))
            } else {
                span.divide(c, position(a) + j, position(b))
            }
        case .reciprocal(let a):
            span.reciprocalCoefficient(j, at, position(a))
        case .exponential(let a):
            span.weightedCoefficient(j, auxiliary[slot], position(a))
            if j == 0 {
                span[c] = span[position(a)].exp()
            } else {
                span.exponentialCoefficient(j, at, auxiliary[slot])
            }
        case .logarithm(let a):
            if j == 0 {
                span[c] = span[position(a)].log()
                span.setZero(auxiliary[slot])
            } else {
                span.logarithmCoefficient(j, at, auxiliary[slot], position(a))
            }
        case .power(let a, let r):
            span.weightedCoefficient(j, auxiliary[slot], position(a))
            if j == 0 {
                span[c] = span[position(a)].power(r)
                span.setZero(auxiliary[slot] + width)
            } else {
                span.powerCoefficient(
                    j, at, auxiliary[slot], auxiliary[slot] + width, position(a), exponent: auxiliary[slot] + 2 * width)
            }
        case .integral(let function, let a, let slope):
            span.weightedCoefficient(j, auxiliary[slot], position(a))
            if j == 0 {
                span[c] = function.value(at: span[position(a)])
            } else {
                span.integratedProductCoefficient(j, at, position(slope), auxiliary[slot])
            }
        case .sine(let a):
            let cosine = auxiliary[slot] + width
            span.weightedCoefficient(j, auxiliary[slot], position(a))
            if j == 0 {
                span[c] = span[position(a)].sin()
                span[cosine] = span[position(a)].cos()
            } else {
                span.sineCosineCoefficient(j, at, cosine, auxiliary[slot])
            }
        case .cosine(let sine):
            span.copy(c, from: span, auxiliary[sine] + width + j)
        case .tighten(let function, let a, let series):
            if j == 0 {
                span[c] = function.value(at: span[position(a)])
            } else {
                span.copy(c, from: span, position(series) + j)
            }
        case .element(let function, let a):
            if j == 0 { span[c] = function == .sqrt ? root(a) : function.value(at: span[position(a)]) }
        case .elementInteger(let a, let n):
            if j == 0 { span[c] = span[position(a)].power(n) }
        case .elementPower(let a, let r):
            if j == 0 { span[c] = r == Rational(1, 2) ? root(a) : span[position(a)].power(r) }
        case .piecewise(let function, let a):
            // A guess for recurrences; the remainder rule certifies or replaces it.
            piece(function, a, j, c)
        case .minimum(let a, let b, let difference):
            let takesFirst = span[position(difference)].approximation <= 0
            span.copy(c, from: span, position(takesFirst ? a : b) + j)
        case .maximum(let a, let b, let difference):
            let takesFirst = span[position(difference)].approximation >= 0
            span.copy(c, from: span, position(takesFirst ? a : b) + j)
        case .select(let gate, let a, let b):
            let takesFirst = guess(gate)
            span.copy(c, from: span, position(takesFirst ? a : b) + j)
        }
    }

    /// The square root of a slot, also of a sum of squares that vanishes and is known but for rounding.
    private func root(_ a: Int) -> E {
        let x = span[position(a)]
        let root = x.sqrt()
        guard !root.isFinite, x.isFinite, order == 0, isNonNegative[a] else { return root }
        return E(exactly: 0, bits: bits).widened(by: x.magnitude.squareRoot())
    }

    private func piece(_ function: Function, _ a: Int, _ j: Int, _ c: Int) {
        let start = span[position(a)]
        switch function {
        case .abs:
            if start.approximation >= 0 {
                span.copy(c, from: span, position(a) + j)
            } else {
                span.negate(c, position(a) + j)
            }
        case .relu where start.approximation > 0:
            span.copy(c, from: span, position(a) + j)
        case .floor where j == 0:
            span[c] = start.floor()
        default:
            span.setZero(c)
        }
    }

    /// Which branch holds at tau = 0, as far as midpoints tell.
    private func guess(_ gate: Int) -> Bool {
        if let known = knownGates[gate] { return known != .no }
        let truth = program.gates[gate].truth { comparison, slot in
            let middle = span[position(slot)].midpoint
            return comparison.truth(ofDifference: middle)
        }
        return truth != .no
    }
}

extension Function {
    /// The function on a ball.
    func value<E: Enclosure>(at x: E) -> E {
        switch self {
        case .exp: x.exp()
        case .log: x.log()
        case .log1p: x.log1p()
        case .expm1: x.expm1()
        case .sqrt: x.sqrt()
        case .abs: x.abs()
        case .floor: x.floor()
        case .sin: x.sin()
        case .cos: x.cos()
        case .tanh: x.tanh()
        case .sinh: x.sinh()
        case .cosh: x.cosh()
        case .asinh: x.asinh()
        case .erf: x.erf()
        case .sigmoid: x.sigmoid()
        case .softplus: x.softplus()
        case .relu: x.relu()
        }
    }
}
