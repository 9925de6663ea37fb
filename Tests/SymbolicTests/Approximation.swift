import Exact

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import Symbolic

/// A value in doubles: a guess to compare with. NaN where the formula is undefined, or where a double overflows.
func approximate(_ graph: Graph, _ e: Expression, _ point: [Symbol: Double]) -> Double {
    let value = unchecked(graph, e, point)
    return value.isFinite ? value : .nan
}

private func unchecked(_ graph: Graph, _ e: Expression, _ point: [Symbol: Double]) -> Double {
    func both(_ a: Expression, _ b: Expression, _ pick: (Double, Double) -> Double) -> Double {
        let (x, y) = (at(a), at(b))
        return x.isNaN || y.isNaN ? .nan : pick(x, y)
    }
    func at(_ e: Expression) -> Double { approximate(graph, e, point) }
    switch graph.node(e) {
    case .constant(let c): return c.approximation
    case .pi: return .pi
    case .symbol(let symbol): return point[symbol] ?? .nan
    case .add(let a, let b): return at(a) + at(b)
    case .multiply(let a, let b): return at(a) * at(b)
    case .divide(let a, let b): return at(a) / at(b)
    case .power(let a, let r): return pow(at(a), r.approximation)
    case .minimum(let a, let b): return both(a, b, min)
    case .maximum(let a, let b): return both(a, b, max)
    case .cases(.compare(let relation, let l, let r), let a, let b):
        if at(l).isNaN || at(r).isNaN { return .nan }
        let holds = switch relation {
        case .less: at(l) < at(r)
        case .lessOrEqual: at(l) <= at(r)
        case .equal: at(l) == at(r)
        case .notEqual: at(l) != at(r)
        }
        return holds ? at(a) : at(b)
    case .cases, .expectation: return .nan
    case .apply(let function, let a):
        let x = at(a)
        if x.isNaN { return .nan }
        switch function {
        case .exp: return exp(x)
        case .log: return log(x)
        case .log1p: return log1p(x)
        case .expm1: return expm1(x)
        case .sqrt: return x.squareRoot()
        case .abs: return abs(x)
        case .floor: return x.rounded(.down)
        case .sin: return sin(x)
        case .cos: return cos(x)
        case .tanh: return tanh(x)
        case .sinh: return sinh(x)
        case .cosh: return cosh(x)
        case .asinh: return asinh(x)
        case .erf: return erf(x)
        case .sigmoid: return 1 / (1 + exp(-x))
        case .softplus: return log1p(exp(x))
        case .relu: return max(x, 0)
        }
    }
}
