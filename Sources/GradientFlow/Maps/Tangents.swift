import Arithmetic
import Exact
import Symbolic

/// Partial derivatives of every slot of a program of order 0, by the chain rule along its operations (forward mode).
///
/// After the machine has run on a box, the entries enclose the partial derivatives at every point of it. A slot keeps
/// only the columns that it can depend on, so that a step of many states in small groups stays cheap.
///
/// - Domain: ``run(_:)`` is false unless every operation that depends on a column is certainly differentiable on the
///   whole box, or on the one side of its kink that the box lies on.
final class Tangents<E: Enclosure> {
    /// What a slot's row is made of: `target` = pa * `a` + pb * `b`; a negative place is 0.
    private struct Term {
        let target: Int
        let a: Int
        let b: Int
    }

    private let program: Program
    private let terms: [[Term]]
    /// Columns of the row of each slot, and where the row starts.
    private let supports: [[Int]]
    private let starts: [Int]
    private let vector: BallVector<E>
    private let span: E.Span
    private let bits: Int
    /// Places of the two factors and of the exact 0 that entries outside a row are.
    private let (first, second, zero): (Int, Int, Int)

    /// Rows longer than this in all take more memory than the digits that they save are worth.
    private static var mostEntries: Int { 5_000_000 }

    /// Derivatives by the inputs `columns`. Nil for a program with means over laws or contractions, or a very large one.
    init?(_ program: Program, by columns: [Int], bits: Int) {
        guard program.loops.isEmpty && program.contractions.isEmpty else { return nil }
        var (supports, starts, terms): ([[Int]], [Int], [[Term]]) = ([], [], [])
        var size = 3
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        for operation in program.operations {
            let (a, b) = operation.differentiated
            let (left, right) = (a.map { supports[$0] } ?? [], b.map { supports[$0] } ?? [])
            var support = Self.union(left, right)
            if case .input(let input) = operation, let column = places[input] { support = [column] }
            var row: [Term] = []
            var (i, j) = (0, 0)
            for (offset, column) in support.enumerated() {
                let inLeft = i < left.count && left[i] == column
                let inRight = j < right.count && right[j] == column
                let place = (inLeft ? starts[a ?? 0] + i : -1, inRight ? starts[b ?? 0] + j : -1)
                row.append(Term(target: size + offset, a: place.0, b: place.1))
                if inLeft { i += 1 }
                if inRight { j += 1 }
            }
            supports.append(support)
            starts.append(size)
            terms.append(row)
            size += support.count
            guard size <= Self.mostEntries else { return nil }
        }
        self.program = program
        self.supports = supports
        self.starts = starts
        self.terms = terms
        self.bits = bits
        (first, second, zero) = (0, 1, 2)
        vector = BallVector(count: size, bits: bits)
        span = vector.span
        for (slot, operation) in program.operations.enumerated() {
            if case .input = operation, !supports[slot].isEmpty { span.set(starts[slot], to: 1) }
        }
    }

    private static func union(_ a: [Int], _ b: [Int]) -> [Int] {
        if a.isEmpty || a == b { return b }
        if b.isEmpty { return a }
        var result: [Int] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            let next = j == b.count || (i < a.count && a[i] <= b[j]) ? a[i] : b[j]
            if i < a.count && a[i] == next { i += 1 }
            if j < b.count && b[j] == next { j += 1 }
            result.append(next)
        }
        return result
    }

    /// The derivative of an output by a column.
    func entry(_ output: Int, _ column: Int) -> E {
        let slot = program.outputs[output]
        guard let offset = supports[slot].firstIndex(of: column) else { return span[zero] }
        return span[starts[slot] + offset]
    }

    /// Makes all rows from the values in the machine, which has just run this program.
    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func run(_ machine: Machine<E>) -> Bool {
        for slot in program.operations.indices where !supports[slot].isEmpty {
            if !differentiate(slot, machine) { return false }
        }
        return true
    }

    // MARK: One operation

    private func differentiate(_ slot: Int, _ machine: Machine<E>) -> Bool {
        func value(_ slot: Int) -> E { machine.span[machine.position(slot)] }
        let row = terms[slot]
        switch program.operations[slot] {
        case .input:
            return true
        case .add:
            for term in row {
                if term.a < 0 || term.b < 0 { copy(term) } else { span.add(term.target, term.a, term.b) }
            }
        case .subtract:
            for term in row {
                if term.b < 0 {
                    copy(term)
                } else if term.a < 0 {
                    span.negate(term.target, term.b)
                } else {
                    span.subtract(term.target, term.a, term.b)
                }
            }
        case .negate:
            for term in row { span.negate(term.target, term.a) }
        case .scale:
            if let n = machine.integerFactors[slot] {
                for term in row { span.scale(term.target, term.a, by: n) }
            } else {
                combine(row, machine.span[machine.auxiliary[slot]])
            }
        case .multiply(let a, let b):
            combine(row, value(b), value(a))
        case .square(let a):
            combine(row, value(a) + value(a))
        case .divide(_, let b):
            // (a/b)' = a'/b - (a/b) b'/b
            combine(row, E(1, bits: bits) / value(b), -(value(slot) / value(b)))
        case .reciprocal:
            combine(row, -value(slot).power(2))
        case .element(let function, let a):
            guard let slope = function.slope(at: value(a), value: value(slot), bits: bits) else { return false }
            combine(row, slope)
        case .elementInteger(let a, let n):
            combine(row, value(a).power(n - 1) * E(Rational(n), bits: bits))
        case .elementPower(let a, let r):
            if r == Rational(1, 2) {
                combine(row, E(r, bits: bits) / value(slot))
            } else {
                combine(row, E(r, bits: bits) * value(a).power(r - 1))
            }
        case .piecewise(let function, let a):
            guard let slope = function.slope(at: value(a), value: value(slot), bits: bits) else { return false }
            combine(row, slope)
        case .minimum(_, _, let difference):
            let d = value(difference)
            return take(row, first: d.isCertainlyNonPositive, second: d.isCertainlyNonNegative)
        case .maximum(_, _, let difference):
            let d = value(difference)
            return take(row, first: d.isCertainlyNonNegative, second: d.isCertainlyNonPositive)
        case .select(let gate, _, _):
            let truth = machine.truth(ofGate: gate)
            return take(row, first: truth == .yes, second: truth == .no)
        case .constant, .pi, .loopOutput, .contraction, .exponential, .logarithm, .power, .integral, .sine, .cosine, .tighten:
            // The last seven are operations of series.
            return false
        }
        return true
    }

    /// target = pa * a + pb * b.
    private func combine(_ row: [Term], _ pa: E, _ pb: E? = nil) {
        span[first] = pa
        if let pb { span[second] = pb }
        for term in row {
            if term.a >= 0 {
                span.multiply(term.target, term.a, first)
                if term.b >= 0 { span.addProduct(term.target, term.b, second) }
            } else {
                span.multiply(term.target, term.b, second)
            }
        }
    }

    /// One branch's row. False if neither is certain.
    private func take(_ row: [Term], first isFirst: Bool, second isSecond: Bool) -> Bool {
        guard isFirst || isSecond else { return false }
        for term in row {
            let place = isFirst ? term.a : term.b
            span.copy(term.target, from: span, place < 0 ? zero : place)
        }
        return true
    }

    private func copy(_ term: Term) { span.copy(term.target, from: span, term.a < 0 ? term.b : term.a) }
}

extension Program.Operation {
    /// The slots whose derivatives enter, in the order of the factors.
    fileprivate var differentiated: (Int?, Int?) {
        switch self {
        case .constant, .pi, .input, .loopOutput, .contraction: (nil, nil)
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b): (a, b)
        case .minimum(let a, let b, _), .maximum(let a, let b, _), .select(_, let a, let b): (a, b)
        case .negate(let a), .scale(_, let a), .square(let a), .reciprocal(let a), .exponential(let a),
            .logarithm(let a), .power(let a, _), .integral(_, let a, _), .sine(let a), .cosine(let a), .tighten(_, let a, _),
            .element(_, let a), .elementInteger(let a, _), .elementPower(let a, _), .piecewise(_, let a):
            (a, nil)
        }
    }
}
