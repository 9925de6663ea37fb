import Arithmetic
import Exact
import Symbolic

/// A run as a tube, with models of every quantity that was asked for on every step that needs them.
final class TubeTrajectory<E: Enclosure>: Trajectory {
    let tube: Tube<E>
    let field: VectorField
    let bits: Int
    let plans = LawPlans()
    var environment: Environment {
        didSet { library.environmentChanged() }
    }
    var monitor: ((Rational, Rational) -> Bool)?
    var isStopped: (() -> Bool)?
    /// Why the tube could not be continued: it would fail again for every value beyond its end.
    private var failure: IntegrationFailure?
    private let observer: ((StepRecord) -> Void)?
    /// An upper bound of the integral of the logarithmic norm over the run so far.
    private var logarithmicNorm = DoubleBall(exactly: 0)
    /// Models of observables, by formula and step.
    let library: ObservableLibrary<E>
    /// For flows of one scalar.
    let quadrature: Quadrature<E>?
    /// States at the time that was asked for last: many formulas are evaluated there.
    private var point: Point?
    /// What was named to be asked for, and the sides of the gates on which it was prepared last.
    private var prepared: [Expression] = []
    private var preparedSides: Sides?

    private struct Point {
        let time: ClosedRange<Rational>
        /// Of the step.
        let start: Rational
        var states: [Int: E] = [:]
    }

    init(
        _ field: VectorField, start: [Expression], environment: Environment, bits: Int,
        observer: ((StepRecord) -> Void)?
    ) throws(IntegrationFailure) {
        self.observer = observer
        self.field = field
        self.bits = bits
        self.environment = environment
        let values: [E] = try evaluate(
            start, of: field.graph, environment: environment, bits: bits, plans: plans)
        tube = try Tube(field, start: values, bits: bits, environment: environment, plans: plans)
        library = ObservableLibrary(field: field, order: tube.order, bits: bits, plans: plans)
        quadrature = Quadrature(
            field, start: values[0], order: tube.order, bits: bits, environment: environment, plans: plans)
    }

    var stepCount: Int { tube.steps.count }
    var end: Rational { tube.end }

    var largestRadius: Rational? {
        tube.steps.reduce(Magnitude.zero) { Swift.max($0, $1.metric.reach($1.wholeRadius)) }.asRational
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func prepare(_ expressions: [Expression]) {
        prepared = expressions
        library.prepare(expressions)
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func cover(_ time: Rational) throws(IntegrationFailure) {
        while tube.end < time || tube.steps.isEmpty { try advance(horizon: time) }
    }

    func advance(horizon: Rational?) throws(IntegrationFailure) {
        if let failure { throw failure }
        do throws(IntegrationFailure) {
            try tube.step(horizon: horizon)
        } catch {
            failure = error
            throw error
        }
        let step = tube.steps[tube.steps.count - 1]
        if let sides = step.sides, sides !== preparedSides {
            library.prepare(prepared.flatMap(sides.images))
            preparedSides = sides
        }
        logarithmicNorm = logarithmicNorm + DoubleBall(exactly: step.logarithmicNorm.integral)
        observer?(StepRecord(step, bits: bits, total: logarithmicNorm.upperEndpoint))
        if let monitor, !monitor(tube.end, step.length) {
            throw IntegrationFailure(.cancelled, "stopped at t = \(tube.end.shortDecimal)")
        }
    }

    /// The step that contains the time; the earlier one at a border.
    func stepIndex(at time: Rational) -> Int {
        var (low, high) = (0, tube.steps.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if tube.steps[middle].end < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Values of a formula on [a, b] inside step `index`, on every side of the field's gates that the step may be on.
    func range(
        _ expression: Expression, step index: Int, _ a: Rational, _ b: Rational, unless suffices: (E) -> Bool
    ) throws(IntegrationFailure) -> E {
        let images = tube.steps[index].sides?.images(of: expression) ?? [expression]
        var hull = try smoothRange(images[0], step: index, a, b, unless: suffices)
        for image in images.dropFirst() {
            hull = hull.hull(try smoothRange(image, step: index, a, b, unless: suffices))
        }
        return hull
    }

    /// Values of a formula on [a, b] inside step `index`.
    ///
    /// The coarse model of the whole step is taken if it is good enough for the caller, and for a long piece. Else a fine
    /// model of a window around the piece; where truncation still dominates (the formula is singular nearby), a window
    /// eight times shorter, as long as the piece fits into it.
    private func smoothRange(
        _ expression: Expression, step index: Int, _ a: Rational, _ b: Rational, unless suffices: (E) -> Bool
    ) throws(IntegrationFailure) -> E {
        if isStopped?() ?? false {
            throw IntegrationFailure(.cancelled, "the deadline or an interrupt ended the search at t = \(a.shortDecimal)")
        }
        let step = tube.steps[index]
        let (from, to) = ((a - step.start) / step.length, (b - step.start) / step.length)
        let coarse = try library.coarseModel(of: expression, on: step, index: index, environment: environment)
        let first = coarse.range(from, to, library.basis(coarse.order))
        var scale: Rational = 8
        if (to - from) * scale > 1 || (first.isFinite && suffices(first)) { return first }
        for level in 1... {
            // The step's end belongs to the last window.
            let number = Swift.min((from * scale).floor, (scale - 1).floor)
            let window = ObservableLibrary<E>.Window(step: index, level: level, number: number)
            let model = try library.fineModel(
                of: expression, on: step, window: window, scale: scale, environment: environment)
            let deeper = scale * 8
            if (model.isFinite && !model.isTruncated) || (to - from) * deeper > 1 || level == 6 {
                let low = Rational(window.number) / scale
                let width = library.width(of: window, scale: scale)
                let piece = ((from - low) / width, (to - low) / width)
                return model.range(piece.0, piece.1, library.basis(model.order))
            }
            scale = deeper
        }
        return .noInformation(bits: bits)
    }

    /// The truth of a condition at every instant of [a, b] inside step `index`: `yes` and `no` hold throughout.
    func truth(
        _ condition: Condition, step index: Int, _ a: Rational, _ b: Rational, undefined: inout Bool
    ) throws(IntegrationFailure) -> Truth {
        switch condition {
        case .truth(let holds):
            return Truth(holds)
        case .compare(let comparison, let left, let right):
            let difference = try range(
                field.graph.subtract(right, left), step: index, a, b,
                unless: { comparison.truth(ofDifference: $0) != .unknown })
            if !difference.isFinite { undefined = true }
            return comparison.truth(ofDifference: difference)
        case .not(let inner):
            return try !truth(inner, step: index, a, b, undefined: &undefined)
        case .and(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(part, step: index, a, b, undefined: &undefined)) }
            return .all(truths)
        case .or(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(part, step: index, a, b, undefined: &undefined)) }
            return .any(truths)
        case .implies(let hypothesis, let conclusion):
            let first = try truth(hypothesis, step: index, a, b, undefined: &undefined)
            let second = try truth(conclusion, step: index, a, b, undefined: &undefined)
            return .any([!first, second])
        }
    }

    // MARK: At one time

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func range(
        of expression: Expression, at time: ClosedRange<Rational>
    ) throws(IntegrationFailure) -> RationalInterval {
        guard !time.lowerBound.isNegative else {
            throw IntegrationFailure(.undefined, "t = \(time.lowerBound.shortDecimal) lies before the run")
        }
        try cover(time.upperBound)
        var hull: E?
        for index in stepIndex(at: time.lowerBound)...stepIndex(at: time.upperBound) {
            let step = tube.steps[index]
            let a = Swift.max(time.lowerBound, step.start)
            let b = Swift.min(time.upperBound, step.end)
            let narrow = (b - a) * .powerOfTwo(12) <= step.length
            var pieces = narrow ? [try pointValue(expression, step, a, b)] : []
            if !narrow {
                let parts = 16
                for part in 0..<parts {
                    let width = (b - a) / Rational(parts)
                    pieces.append(
                        try range(
                            expression, step: index, a + width * Rational(part), a + width * Rational(part + 1),
                            unless: { _ in false }))
                }
            }
            for piece in pieces { hull = hull?.hull(piece) ?? piece }
        }
        return hull?.interval ?? RationalInterval(nil, nil)
    }

    /// Ball arithmetic on the states at a time in [a, b].
    private func pointValue(
        _ expression: Expression, _ step: Step<E>, _ a: Rational, _ b: Rational
    ) throws(IntegrationFailure) -> E {
        if point?.time != a...b || point?.start != step.start { point = Point(time: a...b, start: step.start) }
        var hull: E?
        for image in step.sides?.images(of: expression) ?? [expression] {
            let value = try library.pointValue(of: image, time: .interval(a, b, bits: bits), environment: environment) { i in
                if let known = point?.states[i] { return known }
                let value = state(i, step, a, b)
                point?.states[i] = value
                return value
            }
            hull = hull?.hull(value) ?? value
        }
        return hull ?? .noInformation(bits: bits)
    }

    /// The state's values at the times [a, b] of a step.
    func state(_ component: Int, _ step: Step<E>, _ a: Rational, _ b: Rational) -> E {
        let radius = a == b && a == step.start ? step.startRadius : step.wholeRadius
        return step.model(component, radius: radius).range(
            (a - step.start) / step.length, (b - step.start) / step.length, library.basis(step.order))
    }

    @specialized(where E == DoubleBall)
    @specialized(where E == Ball)
    func truth(of condition: Condition, at time: ClosedRange<Rational>) throws(IntegrationFailure) -> Truth {
        switch condition {
        case .truth(let holds):
            return Truth(holds)
        case .compare(let comparison, let left, let right):
            let difference = try range(of: field.graph.subtract(right, left), at: time)
            return comparison.truth(ofDifference: difference)
        case .not(let inner):
            return try !truth(of: inner, at: time)
        case .and(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(of: part, at: time)) }
            return .all(truths)
        case .or(let parts):
            var truths: [Truth] = []
            for part in parts { truths.append(try truth(of: part, at: time)) }
            return .any(truths)
        case .implies(let hypothesis, let conclusion):
            return .any([try !truth(of: hypothesis, at: time), try truth(of: conclusion, at: time)])
        }
    }
}

extension Comparison {
    /// The same decision on an interval with exact ends.
    public func truth(ofDifference d: RationalInterval) -> Truth {
        let positive = d.lower.map { $0.isPositive } ?? false
        let nonNegative = d.lower.map { !$0.isNegative } ?? false
        let negative = d.upper.map { $0.isNegative } ?? false
        let nonPositive = d.upper.map { !$0.isPositive } ?? false
        switch self {
        case .less: return positive ? .yes : nonPositive ? .no : .unknown
        case .lessOrEqual: return nonNegative ? .yes : negative ? .no : .unknown
        case .equal: return positive || negative ? .no : nonNegative && nonPositive ? .yes : .unknown
        case .notEqual: return positive || negative ? .yes : nonNegative && nonPositive ? .no : .unknown
        }
    }
}
