import Exact

@testable import Symbolic

/// SplitMix64: the same formulas on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func rational() -> Rational { Rational(BigInt(int(-9...9)), BigInt(int(1...7))) }
}

let x0 = Symbol.state(0)
let x1 = Symbol.state(1)
let x2 = Symbol.state(2)
let threeStates = [x0, x1, x2]

extension SeededGenerator {
    mutating func point() -> [Symbol: Rational] {
        [x0: rational(), x1: rational(), x2: rational(), .time: rational()]
    }

    /// A random formula of + - * / and integer powers in three states and `extra`.
    mutating func rationalFunction(_ graph: Graph, depth: Int, extra: [Symbol] = []) -> Expression {
        if depth == 0 {
            let leaves = threeStates + extra
            let pick = int(0...(leaves.count + 1))
            return pick < leaves.count ? graph.symbol(leaves[pick]) : graph.constant(rational())
        }
        let a = rationalFunction(graph, depth: depth - int(1...depth), extra: extra)
        let b = rationalFunction(graph, depth: depth - 1, extra: extra)
        switch int(0...6) {
        case 0, 1: return graph.add(a, b)
        case 2: return graph.subtract(a, b)
        case 3, 4: return graph.multiply(a, b)
        case 5: return graph.divide(a, b)
        default: return graph.power(b, Rational([-2, -1, 2, 3][int(0...3)]))
        }
    }
}

/// C(N, n) p^n (1 - p)^(N - n), by the definition.
func binomialWeight(_ trials: Int, _ p: Rational, _ n: Int) -> Rational {
    var weight = Rational.one
    for i in 0..<n { weight = weight * Rational(BigInt(trials - i), BigInt(i + 1)) * p }
    for _ in n..<trials { weight = weight * (1 - p) }
    return weight
}

/// The exact value with every expectation written out as a sum.
func expandedValue(_ graph: Graph, _ e: Expression, _ point: [Symbol: Rational]) -> Rational? {
    func value(_ e: Expression) -> Rational? { expandedValue(graph, e, point) }
    func both(_ a: Expression, _ b: Expression, _ f: (Rational, Rational) -> Rational?) -> Rational? {
        guard let a = value(a), let b = value(b) else { return nil }
        return f(a, b)
    }
    switch graph.node(e) {
    case .constant(let c): return c
    case .pi, .minimum, .maximum: return nil
    case .symbol(let symbol): return point[symbol]
    case .add(let a, let b): return both(a, b) { $0 + $1 }
    case .multiply(let a, let b): return both(a, b) { $0 * $1 }
    case .divide(let a, let b): return both(a, b) { $1.isZero ? nil : $0 / $1 }
    case .power(let a, let r): return value(a).flatMap { x in r.asInt.flatMap { x.power($0) } }
    case .apply(let f, let a): return f == .abs ? value(a)?.magnitude : nil
    case .cases(.compare(let relation, let l, let r), let a, let b):
        guard let l = value(l), let r = value(r) else { return nil }
        let holds = switch relation {
        case .less: l < r
        case .lessOrEqual: l <= r
        case .equal: l == r
        case .notEqual: l != r
        }
        return holds ? value(a) : value(b)
    case .cases: return nil
    case .expectation(.binomial(let trials, let p), let variable, let body):
        var sum = Rational.zero
        for n in 0...trials {
            var inner = point
            inner[.bound(variable)] = Rational(n)
            guard let term = expandedValue(graph, body, inner) else { return nil }
            sum += binomialWeight(trials, p, n) * term
        }
        return sum
    }
}

private func join(_ list: [Bool?], absorbing: Bool) -> Bool? {
    if list.contains(absorbing) { return absorbing }
    return list.contains(nil) ? nil : !absorbing
}

/// Runs a tape over exact numbers, loops included: what every interpreter has to agree with.
func run(_ tape: Tape, _ inputs: [Rational?]) -> [Rational?] {
    var v: [Rational?] = []
    func both(_ a: Int, _ b: Int, _ f: (Rational, Rational) -> Rational?) -> Rational? {
        guard let a = v[a], let b = v[b] else { return nil }
        return f(a, b)
    }
    func open(_ gate: Tape.Gate) -> Bool? {
        switch gate {
        case .truth(let holds): return holds
        case .compare(let relation, let slot):
            guard let d = v[slot] else { return nil }
            return switch relation {
            case .less: d > .zero
            case .lessOrEqual: d >= .zero
            case .equal: d == .zero
            case .notEqual: d != .zero
            }
        case .not(let g): return open(g).map { !$0 }
        case .and(let list): return join(list.map(open), absorbing: false)
        case .or(let list): return join(list.map(open), absorbing: true)
        case .implies(let a, let b): return open(.or([.not(a), b]))
        }
    }
    var loopValues: [Int: [Rational?]] = [:]
    for instruction in tape.instructions {
        let value: Rational?
        switch instruction {
        case .constant(let c): value = c
        case .pi: value = nil
        case .input(let i): value = inputs[i]
        case .add(let a, let b): value = both(a, b) { $0 + $1 }
        case .subtract(let a, let b): value = both(a, b) { $0 - $1 }
        case .negate(let a): value = v[a].map { -$0 }
        case .multiply(let a, let b): value = both(a, b) { $0 * $1 }
        case .scale(let c, let a): value = v[a].map { c * $0 }
        case .contraction(let terms):
            value = terms.reduce(Rational.zero) { sum, term in
                let term = (v[term.left], term.right.map { v[$0] } ?? 1, term.isNegative)
                guard let sum, let a = term.0, let b = term.1 else { return nil }
                return term.2 ? sum - a * b : sum + a * b
            }
        case .square(let a): value = v[a].map { $0 * $0 }
        case .divide(let a, let b): value = both(a, b) { $1.isZero ? nil : $0 / $1 }
        case .reciprocal(let a): value = v[a]?.reciprocal
        case .integerPower(let a, let n): value = v[a].flatMap { $0.power(n) }
        case .power: value = nil
        case .apply(let f, let a): value = v[a].flatMap(f.exactValue)
        case .minimum(let a, let b): value = both(a, b) { min($0, $1) }
        case .maximum(let a, let b): value = both(a, b) { max($0, $1) }
        case .select(let gate, let a, let b): value = open(tape.gates[gate]).flatMap { $0 ? v[a] : v[b] }
        case .loopOutput(let index, let output):
            let loop = tape.loops[index]
            if loopValues[index] == nil {
                guard case .binomial(let trials, let p) = loop.law else { return [] }
                var sums = [Rational?](repeating: .zero, count: loop.body.outputs.count)
                for n in 0...trials {
                    let terms = run(loop.body, [Rational(n)] + loop.captured.map { v[$0] })
                    for j in sums.indices {
                        if let s = sums[j], let term = terms[loop.body.outputs[j]] {
                            sums[j] = s + binomialWeight(trials, p, n) * term
                        } else {
                            sums[j] = nil
                        }
                    }
                }
                loopValues[index] = sums
            }
            value = loopValues[index]?[output]
        }
        v.append(value)
    }
    return v
}
