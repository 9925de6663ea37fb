import Arithmetic
import Exact
import Symbolic

/// Certified enclosures of x(0), x(1), x(2), ... for x(t + 1) = g(t, x(t)), every one of them kept.
///
/// A step evaluates g once at the midpoint m, which is exact, and adds how far g(x) can lie from g(m): componentwise by
/// the absolute values of the derivatives, and in the 2-norm, which does not grow under rotations and under a descent
/// on a convex loss. Where the derivatives say nothing (a kink inside the box), g runs on the box itself.
///
/// A state that starts at an exact point and keeps it is no part of this: a descent on few of many weights costs what
/// the few cost.
///
/// - Error: x(n) lies in the box of row n, and within ``distance`` of its midpoint (for the last row).
final class Orbit<E: Enclosure> {
    private let map: StepMap
    private let bits: Int
    private let machine: Machine<E>
    private let spread: MeanValueSpread<E>?
    private let environment: Environment
    private let plans: LawPlans
    /// The states that are not points for ever.
    private let moving: [Int]
    private let isFixed: [Bool]
    /// Row n encloses x(n).
    let states: EnclosureTable<E>
    /// The number of the last step so far.
    private(set) var last = 0
    /// A bound of |x(last) - midpoint| over the moving states, in the spread's norm.
    private var distance: Magnitude
    /// The largest radius of all rows.
    private(set) var largestRadius: Magnitude

    /// Steps that a run may take: their enclosures are kept.
    private static var mostSteps: Int { 2_000_000 }
    /// Where a state is beyond this and the next step has no value, the numbers have most likely overflowed.
    private static var divergence: Double { 1e300 }

    /// `start` encloses x(0).
    init(
        _ map: StepMap, start: [E], bits: Int, environment: Environment, plans: LawPlans
    ) throws(IntegrationFailure) {
        self.map = map
        self.bits = bits
        machine = Machine(map.tape, order: 0, bits: bits, policy: .hull, plans: plans)
        self.environment = environment
        self.plans = plans
        isFixed = zip(map.isKept, start).map { $0 && $1.rounded(toBits: bits).isExact }
        moving = isFixed.indices.filter { [isFixed] in !isFixed[$0] }
        spread = MeanValueSpread(map, moving: moving, bits: bits, environment: environment, plans: plans)
        for (index, symbol) in map.parameters.enumerated() {
            machine.setInput(map.dimension + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
        states = EnclosureTable(width: map.dimension, bits: bits)
        var squares = Magnitude.zero
        largestRadius = .zero
        for (i, value) in start.enumerated() {
            guard value.isFinite else {
                throw IntegrationFailure(.undefined, "the start of \(map.names[i]) is undefined")
            }
            squares += value.radius * value.radius
            largestRadius = .max(largestRadius, value.radius)
        }
        distance = squares.squareRoot()
        states.fill(0) { span, first in
            for (i, value) in start.enumerated() { span[first + i] = value.rounded(toBits: bits) }
        }
    }

    /// Encloses one more step.
    func step() throws(IntegrationFailure) {
        guard last < Self.mostSteps else {
            throw IntegrationFailure(.stepUnderflow, "the run is not over after \(Self.mostSteps) steps")
        }
        let n = map.dimension
        let box = (0..<n).map { states[last, $0] }
        machine.setInput(n, coefficient: 0, E(exactly: Double(last), bits: bits))
        let isPoint = box.allSatisfy(\.isExact)
        let bound = isPoint ? nil : meanValueBound(box)
        if bound == nil {
            states.load(last, into: machine)
        } else {
            for (i, range) in box.enumerated() { machine.setInput(i, coefficient: 0, range.midpoint) }
        }
        machine.run()
        var (rounding, radii): ([Magnitude], [Magnitude]) = ([], [])
        var next = box
        for i in 0..<n where isFixed[i] && !machine.isFinite(machine.output(i)) {
            throw failure(at: last + 1, component: i, box)
        }
        for (place, i) in moving.enumerated() {
            let value = machine.span[machine.position(machine.output(i))]
            var image = value
            if let bound { image = value.widened(by: bound.components[place]) }
            guard image.isFinite else { throw failure(at: last + 1, component: i, box) }
            // Widening may move the midpoint of a ball that is nothing but radius.
            rounding.append(value.radius + (image.midpoint - value.midpoint).magnitude)
            radii.append(image.radius)
            largestRadius = .max(largestRadius, image.radius)
            next[i] = image
        }
        let norm = spread?.norm ?? WeightedNorm(dimension: moving.count)
        distance = norm.bound(radii)
        if let bound { distance = .min(distance, bound.distance + norm.bound(rounding)) }
        last += 1
        states.fill(last) { span, first in
            for (i, value) in next.enumerated() { span[first + i] = value }
        }
    }

    private func meanValueBound(_ box: [E]) -> MeanValueSpread<E>.Bound? {
        spread?.bound(box, radii: moving.map { box[$0].radius }, distance: distance, time: last)
    }

    /// Why a step has no value: more bits help unless it has none at the midpoint either. (At 53 bits the number may
    /// only be too large for a double.)
    private func failure(at step: Int, component: Int, _ box: [E]) -> IntegrationFailure {
        let middle = box.map(\.midpoint)
        for (i, value) in middle.enumerated() { machine.setInput(i, coefficient: 0, value) }
        machine.run()
        let isUndefined = !machine.isFinite(machine.output(component))
        guard isUndefined && bits > 53 else {
            let name = map.names[component]
            return IntegrationFailure(
                .precision, "the enclosure of \(name) is too wide at step \(step), or there is no value")
        }
        for divisor in map.divisors {
            guard let found = value(of: divisor.value, at: middle), found.isFinite, !found.isCertainlyPositive else {
                continue
            }
            return IntegrationFailure(
                found.isExact ? .undefined : .precision,
                "\(divisor.name) \(found.isExact ? "is" : "may be") 0 before step \(step): \(divisor.consequence)")
        }
        let largest = middle.reduce(Magnitude.zero) { .max($0, $1.magnitude) }
        guard largest <= Magnitude(Self.divergence) else {
            return IntegrationFailure(
                .stepUnderflow,
                "the run seems to diverge: a state is beyond 10^300 before step \(step), and \(map.names[component]) has no "
                    + "value then that a number can hold")
        }
        return IntegrationFailure(
            .undefined,
            "\(map.names[component]) has no value at step \(step), or may have none: "
                + "a division by 0, the logarithm or root of a negative number, or a tie of a gate")
    }

    /// A formula's value at a point, at the number of the last step.
    private func value(of e: Expression, at point: [E]) -> E? {
        guard let tape = map.tape(of: e) else { return nil }
        let machine = Machine<E>(tape, order: 0, bits: bits, policy: .hull, plans: plans)
        for (i, coordinate) in point.enumerated() { machine.setInput(i, coefficient: 0, coordinate) }
        machine.setInput(point.count, coefficient: 0, E(exactly: Double(last), bits: bits))
        for (index, symbol) in map.parameters.enumerated() {
            machine.setInput(point.count + 1 + index, coefficient: 0, environment.value(of: symbol, bits: bits))
        }
        machine.run()
        return machine.span[machine.position(machine.output(0))]
    }
}
