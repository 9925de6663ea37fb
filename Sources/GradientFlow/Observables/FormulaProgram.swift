import Arithmetic
import Exact
import Symbolic

/// What is known about the values of a formula on a box.
public enum Enclosed: Sendable {
    case interval(Rational, Rational)
    /// Defined on the box, but not below 10^100000 there, or not known to be: no decimal is written for it.
    case tooLarge
    /// The formula may be undefined somewhere on the box, or its value left the range of the arithmetic.
    case nothing

    /// The ends, if they are known.
    public var ends: (lower: Rational, upper: Rational)? {
        if case .interval(let lower, let upper) = self { return (lower, upper) }
        return nil
    }
}

/// Formulas compiled once and run on many boxes, at one precision: doubles up to 53 bits, balls of any precision above.
///
/// - Error: the formulas' enclosures in ball arithmetic, operation by operation; a gate that the box does not decide gives
///   both branches.
public final class FormulaProgram {
    private let runner: any FormulaRunner

    /// The box's coordinates are the values of `inputs`, in order; the formulas read no other symbols.
    public init(
        _ expressions: [Expression], conditions: [Condition] = [], of graph: Graph, inputs: [Symbol], bits: Int
    ) throws(IntegrationFailure) {
        let tape: Tape
        do {
            tape = try graph.compile(outputs: expressions, conditions: conditions, inputs: inputs, varying: [])
        } catch {
            switch error {
            case .exponentTooLarge: throw IntegrationFailure(.undefined, "an exponent of more than 18 digits is not supported yet")
            case .missingInput(let symbol): throw IntegrationFailure(.undefined, "\(Graph.defaultName(symbol)) has no value here")
            }
        }
        if bits <= 53 {
            runner = MachineRunner<DoubleBall>(tape, bits: 53)
        } else {
            runner = MachineRunner<Ball>(tape, bits: bits)
        }
    }

    /// Encloses the values of each formula on the box.
    public func values(on box: [ClosedRange<Rational>]) -> [Enclosed] {
        runner.run(box)
        return runner.values
    }

    /// The truth of a condition on the whole of the last box.
    public func truth(ofCondition index: Int) -> Truth { runner.truth(ofCondition: index) }
}

private protocol FormulaRunner: AnyObject {
    func run(_ box: [ClosedRange<Rational>])
    var values: [Enclosed] { get }
    func truth(ofCondition index: Int) -> Truth
}

private final class MachineRunner<E: Enclosure>: FormulaRunner {
    private let machine: Machine<E>

    init(_ tape: Tape, bits: Int) {
        machine = Machine(tape, order: 0, bits: bits, policy: .hull, plans: LawPlans())
    }

    func run(_ box: [ClosedRange<Rational>]) {
        for (input, range) in box.enumerated() {
            machine.setInput(input, coefficient: 0, E.enclosing(range, bits: machine.bits))
        }
        machine.run()
    }

    var values: [Enclosed] {
        machine.program.outputs.map { machine.span[machine.position($0)].enclosed }
    }

    func truth(ofCondition index: Int) -> Truth { machine.truth(ofCondition: index) }
}

extension Enclosure {
    /// Encloses the interval. Where one end can be kept exact, it is: sqrt(1 - x) on [1/10, 1] would be undefined on a ball
    /// that reaches beyond 1.
    static func enclosing(_ range: ClosedRange<Rational>, bits: Int) -> Self {
        let (lower, upper) = (range.lowerBound, range.upperBound)
        let plain = Self.interval(lower, upper, bits: bits)
        if lower == upper || plain.lowerBound == lower && plain.upperBound == upper { return plain }
        // A width of so few bits leaves room for a midpoint that is exact, too.
        let unit = Rational.powerOfTwo((upper - lower).binaryExponent - 44)
        let width = Rational(((upper - lower) / unit).ceiling) * unit
        if upper.isDyadic {
            let kept = Self.interval(upper - width, upper, bits: bits)
            if kept.upperBound == upper { return kept }
        }
        if lower.isDyadic {
            let kept = Self.interval(lower, lower + width, bits: bits)
            if kept.lowerBound == lower { return kept }
        }
        // A hull keeps at least the sign.
        return Self(lower, bits: bits).hull(Self(upper, bits: bits))
    }

    /// The set with rational ends of moderate length. Below 10^-100000 a number is only known to be near 0.
    fileprivate var enclosed: Enclosed {
        guard isFinite else { return .nothing }
        let limit = Rational.largestWrittenExponent
        let size = magnitude
        if size > .powerOfTwo(limit) { return .tooLarge }
        if size < .powerOfTwo(-limit) {
            if isExact && size.isZero { return .interval(.zero, .zero) }
            let least = Rational.powerOfTwo(-limit)
            return .interval(
                isCertainlyNonNegative ? .zero : -least, isCertainlyNonPositive ? .zero : least)
        }
        // A radius far below the midpoint's last place would only make the ends long.
        let least = size.scaled(byPowerOfTwo: -2 * bits - 128)
        let ball = radius.isZero || radius > least ? self : widened(by: least)
        guard let lower = ball.lowerBound, let upper = ball.upperBound else { return .tooLarge }
        return .interval(lower, upper)
    }
}

extension Rational {
    /// A number beyond 2^332193, about 10^100000, is not written: exact arithmetic with it takes seconds.
    public static let largestWrittenExponent = 332_193

    fileprivate var isDyadic: Bool { denominator.magnitude.trailingZeroBitCount == denominator.magnitude.bitWidth - 1 }
}
