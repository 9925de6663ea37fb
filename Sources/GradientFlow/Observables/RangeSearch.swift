import Exact
import Symbolic

/// Encloses the range of a formula over a box, as sharply as asked: branch and bound for either end.
///
/// A part of the box is bounded by the formula's enclosure and by the mean value form f(c) + f'(X)(X - c); a coordinate in
/// which the derivative has one sign is replaced by the end at which the formula is least. Parts are halved, the most
/// promising one first, until the least bound is within the tolerance of a value that is certainly taken.
///
/// - Source: mean value form and monotonicity test, Moore, Kearfott and Cloud 2009, sections 6.4 and 11.
public final class RangeSearch {
    public struct Budget: Sendable {
        /// Cuts per end.
        public var parts: Int
        /// The search for the lower end stops half way.
        public var deadline: ContinuousClock.Instant?
        /// Points are evaluated with more bits where rounding hides the tolerance, up to this many.
        public var bits = 1 << 20

        public init(parts: Int, deadline: ContinuousClock.Instant?) {
            self.parts = parts
            self.deadline = deadline
        }
    }

    public enum Outcome {
        /// Both ends are within the tolerance of those of the range.
        case sharp(lower: Rational, upper: Rational)
        /// The range lies in the interval; what stopped the search.
        case stopped(lower: Rational, upper: Rational, Reason)
        /// No enclosure was found on this part of the box.
        case undefined([ClosedRange<Rational>])
    }

    public enum Reason: Sendable {
        case parts(Int), time, bits(Int)
    }

    enum Stop: Error {
        case budget(Reason)
        case undefined([ClosedRange<Rational>])
    }

    private let expression: Expression
    private let graph: Graph
    private let inputs: [Symbol]
    private let partials: [Expression]
    private(set) var bits: Int
    private let budget: Budget
    private var partsLeft = 0
    private var deadline: ContinuousClock.Instant?
    /// How sharp an end must be.
    let tolerance: Rational
    /// The formula and its partial derivatives.
    private var program: FormulaProgram
    private var pointProgram: FormulaProgram

    /// - Parameter tolerance: positive.
    public init(
        _ expression: Expression, of graph: Graph, inputs: [Symbol], bits: Int, tolerance: Rational, budget: Budget
    ) throws(IntegrationFailure) {
        self.expression = expression
        self.graph = graph
        self.inputs = inputs
        self.bits = bits
        self.tolerance = tolerance
        self.budget = budget
        // A derivative may have a value where the formula has none; then it says nothing.
        partials = graph.gradient(of: expression, by: inputs).map { graph.restrict($0, toDomainOf: expression) }
        program = try FormulaProgram([expression] + partials, of: graph, inputs: inputs, bits: bits)
        pointProgram = try FormulaProgram([expression], of: graph, inputs: inputs, bits: bits)
    }

    /// Searches the box. The values that count as taken are those at points of `inner`, which lies in the box and is the
    /// box unless its ends are irrational.
    public func range(
        over box: [ClosedRange<Rational>], inner: [ClosedRange<Rational>]
    ) throws(IntegrationFailure) -> Outcome {
        var ends: [Rational] = []
        var reason: Reason?
        for sign in [1, -1] {
            partsLeft = budget.parts
            deadline = budget.deadline.map { sign > 0 ? .now + ContinuousClock.now.duration(to: $0) / 2 : $0 }
            var search = EndSearch(search: self, sign: sign, box: box, inner: inner)
            do {
                ends.append(Rational(sign) * (try search.run()))
            } catch Stop.budget(let why) {
                guard let bound = search.leastBound else { return .undefined(search.leastPart) }
                ends.append(Rational(sign) * bound)
                reason = why
            } catch Stop.undefined(let part) {
                return .undefined(part)
            } catch {
                throw error as? IntegrationFailure ?? IntegrationFailure(.undefined, "the search failed: \(error)")
            }
        }
        if let reason { return .stopped(lower: ends[0], upper: ends[1], reason) }
        return .sharp(lower: ends[0], upper: ends[1])
    }

    // MARK: Evaluation

    /// The formula and its partial derivatives on the box.
    func values(on box: [ClosedRange<Rational>]) -> [Enclosed] { program.values(on: box) }

    /// The value at a point, thin enough for the tolerance; nil if it has none.
    func value(at point: [Rational]) throws -> (lower: Rational, upper: Rational)? {
        while true {
            let ends = pointProgram.values(on: point.map { $0...$0 })[0].ends
            if let ends, ends.upper - ends.lower <= tolerance / 4 { return ends }
            // Doubles overflow; balls that give no value will not give one with more bits.
            if ends == nil && bits > 53 { return nil }
            guard bits * 2 <= budget.bits else { throw Stop.budget(.bits(budget.bits)) }
            try checkTime()
            try raise(toBits: max(128, 2 * bits))
        }
    }

    private func raise(toBits bits: Int) throws(IntegrationFailure) {
        self.bits = bits
        program = try FormulaProgram([expression] + partials, of: graph, inputs: inputs, bits: bits)
        pointProgram = try FormulaProgram([expression], of: graph, inputs: inputs, bits: bits)
    }

    /// Takes one part off the budget.
    func spendPart() throws {
        guard partsLeft > 0 else { throw Stop.budget(.parts(budget.parts)) }
        partsLeft -= 1
        try checkTime()
    }

    private func checkTime() throws {
        if let deadline, deadline < .now { throw Stop.budget(.time) }
    }
}
