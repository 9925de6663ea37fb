import Exact
import Foundation
import Symbolic

/// A tape in plain doubles: guesses without an error bound, NaN where a formula is undefined. They rank what to look at
/// first, and decide nothing.
struct FloatTape: Sendable {
    private enum Operation: Sendable {
        case constant(Double)
        case input(Int)
        case add(Int, Int)
        case subtract(Int, Int)
        case negate(Int)
        case multiply(Int, Int)
        case scale(Double, Int)
        case divide(Int, Int)
        case power(Int, Double)
        case apply(Function, Int)
        case minimum(Int, Int)
        case maximum(Int, Int)
        case select(gate: Int, Int, Int)
        case loopOutput(loop: Int, output: Int)
        /// A range of `terms`.
        case contraction(Range<Int>)
    }

    private struct Term: Sendable {
        let sign: Double
        let left: Int
        /// Negative: the term is `left` alone.
        let right: Int
    }

    private struct Loop: Sendable {
        let law: FloatLaw
        let captured: [Int]
        let body: FloatTape
    }

    private var operations: [Operation] = []
    private var terms: [Term] = []
    private var loops: [Loop] = []
    private let gates: [Tape.Gate]
    private let outputs: [Int]
    /// Operations of one evaluation, those of the loops included.
    private(set) var cost = 0

    init(_ tape: Tape) {
        gates = tape.gates
        outputs = tape.outputs
        for instruction in tape.instructions { append(instruction) }
        loops = tape.loops.map { Loop(law: FloatLaw($0.law), captured: $0.captured, body: FloatTape($0.body)) }
        cost = operations.count + terms.count + loops.reduce(0) { $0 + $1.law.values.count * $1.body.cost }
    }

    private mutating func append(_ instruction: Tape.Instruction) {
        switch instruction {
        case .constant(let value): operations.append(.constant(value.approximation))
        case .pi: operations.append(.constant(.pi))
        case .input(let position): operations.append(.input(position))
        case .add(let a, let b): operations.append(.add(a, b))
        case .subtract(let a, let b): operations.append(.subtract(a, b))
        case .negate(let a): operations.append(.negate(a))
        case .multiply(let a, let b): operations.append(.multiply(a, b))
        case .scale(let factor, let a): operations.append(.scale(factor.approximation, a))
        case .square(let a): operations.append(.multiply(a, a))
        case .divide(let a, let b): operations.append(.divide(a, b))
        case .reciprocal(let a): operations.append(.power(a, -1))
        case .integerPower(let a, let n): operations.append(.power(a, Double(n)))
        case .power(let a, let r): operations.append(.power(a, r.approximation))
        case .apply(let function, let a): operations.append(.apply(function, a))
        case .minimum(let a, let b): operations.append(.minimum(a, b))
        case .maximum(let a, let b): operations.append(.maximum(a, b))
        case .select(let gate, let a, let b): operations.append(.select(gate: gate, a, b))
        case .loopOutput(let loop, let output): operations.append(.loopOutput(loop: loop, output: output))
        case .contraction(let list):
            let first = terms.count
            terms += list.map { Term(sign: $0.isNegative ? -1 : 1, left: $0.left, right: $0.right ?? -1) }
            operations.append(.contraction(first..<terms.count))
        }
    }

    /// The outputs at the inputs.
    func callAsFunction(_ inputs: [Double]) -> [Double] {
        var slots: [Double] = []
        slots.reserveCapacity(operations.count)
        var means: [[Double]] = Array(repeating: [], count: loops.count)
        for operation in operations {
            switch operation {
            case .constant(let value): slots.append(value)
            case .input(let position): slots.append(inputs[position])
            case .add(let a, let b): slots.append(slots[a] + slots[b])
            case .subtract(let a, let b): slots.append(slots[a] - slots[b])
            case .negate(let a): slots.append(-slots[a])
            case .multiply(let a, let b): slots.append(slots[a] * slots[b])
            case .scale(let factor, let a): slots.append(factor * slots[a])
            case .divide(let a, let b): slots.append(slots[a] / slots[b])
            case .power(let a, let r): slots.append(pow(slots[a], r))
            case .apply(let function, let a): slots.append(function.approximation(at: slots[a]))
            case .minimum(let a, let b): slots.append(slots[a] < slots[b] ? slots[a] : slots[b])
            case .maximum(let a, let b): slots.append(slots[a] > slots[b] ? slots[a] : slots[b])
            case .select(let gate, let a, let b): slots.append(holds(gates[gate], slots) ? slots[a] : slots[b])
            case .loopOutput(let loop, let output):
                if means[loop].isEmpty { means[loop] = mean(loops[loop], slots) }
                slots.append(means[loop][output])
            case .contraction(let range):
                var sum = 0.0
                for term in terms[range] {
                    sum += term.sign * (term.right < 0 ? slots[term.left] : slots[term.left] * slots[term.right])
                }
                slots.append(sum)
            }
        }
        return outputs.map { slots[$0] }
    }

    private func mean(_ loop: Loop, _ slots: [Double]) -> [Double] {
        var sums: [Double] = Array(repeating: 0, count: loop.body.outputs.count)
        var inputs = [0.0] + loop.captured.map { slots[$0] }
        for (value, weight) in zip(loop.law.values, loop.law.weights) {
            inputs[0] = value
            for (position, output) in loop.body(inputs).enumerated() { sums[position] += weight * output }
        }
        return sums
    }

    private func holds(_ gate: Tape.Gate, _ slots: [Double]) -> Bool {
        switch gate {
        case .truth(let value): value
        case .compare(.less, let difference): slots[difference] > 0
        case .compare(.lessOrEqual, let difference): slots[difference] >= 0
        case .compare(.equal, let difference): slots[difference] == 0
        case .compare(.notEqual, let difference): slots[difference] != 0
        case .not(let inner): !holds(inner, slots)
        case .and(let list): list.allSatisfy { holds($0, slots) }
        case .or(let list): list.contains { holds($0, slots) }
        case .implies(let a, let b): !holds(a, slots) || holds(b, slots)
        }
    }
}

/// The values of a law that matter in doubles, with their probabilities.
struct FloatLaw: Sendable {
    private(set) var values: [Double] = []
    private(set) var weights: [Double] = []

    /// Relative to the largest probability.
    private static let least = 1e-18

    init(_ law: Law) {
        switch law {
        case .binomial(let trials, let probability):
            let (n, p) = (Double(trials), probability.approximation)
            if p <= 0 || p >= 1 {
                (values, weights) = ([p <= 0 ? 0 : n], [1])
                return
            }
            let mode = min(n, ((n + 1) * p).rounded(.down))
            add(mode, 1)
            var weight = 1.0
            for k in stride(from: mode + 1, through: n, by: 1) where weight > Self.least {
                weight *= (n - k + 1) / k * p / (1 - p)
                add(k, weight)
            }
            weight = 1
            for k in stride(from: mode - 1, through: 0, by: -1) where weight > Self.least {
                weight *= (k + 1) / (n - k) * (1 - p) / p
                add(k, weight)
            }
        }
        let total = weights.reduce(0, +)
        weights = weights.map { $0 / total }
    }

    private mutating func add(_ value: Double, _ weight: Double) {
        values.append(value)
        weights.append(weight)
    }
}

extension Function {
    /// NaN outside the domain.
    fileprivate func approximation(at x: Double) -> Double {
        switch self {
        case .exp: Foundation.exp(x)
        case .log: Foundation.log(x)
        case .log1p: Foundation.log1p(x)
        case .expm1: Foundation.expm1(x)
        case .sqrt: x.squareRoot()
        case .abs: x.magnitude
        case .floor: x.rounded(.down)
        case .sin: Foundation.sin(x)
        case .cos: Foundation.cos(x)
        case .tanh: Foundation.tanh(x)
        case .sinh: Foundation.sinh(x)
        case .cosh: Foundation.cosh(x)
        case .asinh: Foundation.asinh(x)
        case .erf: Foundation.erf(x)
        case .sigmoid: 1 / (1 + Foundation.exp(-x))
        case .softplus: x > 0 ? x + Foundation.log1p(Foundation.exp(-x)) : Foundation.log1p(Foundation.exp(x))
        case .relu: x > 0 ? x : 0
        }
    }
}
