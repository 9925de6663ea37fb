import Bounds
import Exact
import GradientFlow
import Symbolic

/// A claim over a box of parameters (`for all a in [1, 2]`) or of starts (`state x in [1, 2]`): the box is cut until the
/// claim is certified on every part, with the parameters as balls in the run, or refuted at one exact point.
struct BoxCheck {
    let theorem: Theorem
    let instance: Instance
    let cancellation: Cancellation
    /// Hypotheses that are not made.
    let dropped: Set<Hypothesis>

    /// Steps of one part's run: a tube that is too wide for its part takes shorter and shorter ones.
    private let stepLimit = 40
    /// Of a map, steps are cheap, and come in packets.
    private let packetLimit = 400
    /// A part is halved so often, in all directions together, before the box counts as undecided: up to 2^6 parts.
    private let depth = 6

    /// One range for each parameter of the box.
    private typealias Part = [ClosedRange<Rational>]

    func decide(_ claim: Claim, bits: Int) -> Decision {
        guard claim.open.isEmpty else {
            return .undecided(.unsupported, "open constants over a box of parameters are not supported yet")
        }
        let problem: Problem
        do {
            problem = try theorem.problem(on: instance, free: Set(claim.boxes.map(\.parameter))) { [cancellation] in
                cancellation.isCancelled
            }
            problem.drop(dropped)
        } catch {
            return Decision(.undecided(Obstacle(building: error)))
        }
        guard let free = problem.claims.first(where: { $0.id == claim.id }) else {
            return .undecided(.unsupported, "the claim is not supported over a box")
        }
        return cover(free, problem, claim.boxes + problem.startBoxes, bits: bits)
    }

    private func cover(_ claim: Claim, _ problem: Problem, _ boxes: [Claim.ParameterBox], bits: Int) -> Decision {
        let whole = boxes.map { $0.lower...$0.upper }
        var pending = [(part: whole, halvings: 0)]
        var parts = 0
        var vacuous: String?
        // Two corners and the middle first: a counterexample is one exact point.
        for value in [whole.map(\.lowerBound), whole.map(\.upperBound), whole.map(\.middle)] {
            let decision = decide(claim, problem, boxes, value.map { $0...$0 }, bits: bits)
            if case .refuted(let counterexample) = decision.verdict {
                return Decision(.refuted(at(value, boxes, counterexample)))
            }
        }
        let names = boxes.map { "'\($0.parameter)'" }.joined(separator: ", ")
        var least: RationalInterval?
        while let (part, halvings) = pending.popLast() {
            if cancellation.isCancelled { return .undecided(.timeout, "stopped inside the box of \(names)") }
            let decision = decide(claim, problem, boxes, part, bits: bits)
            switch decision.verdict {
            case .proved(let evidence):
                parts += 1
                if let margin = evidence.margin?.value { least = least.map { $0.least(margin) } ?? margin }
                continue
            case .vacuous(let reason):
                // Nothing to prove on this part.
                vacuous = reason
                continue
            case .consistent, .refuted, .undecided:
                break
            }
            guard halvings < depth, let axis = widest(part, whole) else {
                let place = zip(boxes, part).map { "\($0.parameter) in \(RationalInterval($1.lowerBound, $1.upperBound).sentence)" }
                return .undecided(
                    .unsupported,
                    "the box is not covered by parts of 1/\(1 << depth) of it: nothing is decided for \(place.joined(separator: ", "))",
                    remedy: "a smaller box or a shorter run; finer coverings are not supported yet")
            }
            var halves = [part, part]
            halves[0][axis] = part[axis].lowerBound...part[axis].middle
            halves[1][axis] = part[axis].middle...part[axis].upperBound
            pending += halves.reversed().map { ($0, halvings + 1) }
        }
        if parts == 0, let vacuous { return Decision(.vacuous(vacuous)) }
        let margin = least.map { Margin(value: RationalInterval($0.lower, nil), time: nil) }
        return Decision(
            .proved(Evidence(margin: margin, remark: "the box of \(names) is covered by \(parts) parts")))
    }

    /// The direction in which the part is widest for the box; nil for a point.
    private func widest(_ part: Part, _ whole: Part) -> Int? {
        let axes = part.indices.filter { part[$0].lowerBound < part[$0].upperBound }
        func share(_ axis: Int) -> Rational {
            (part[axis].upperBound - part[axis].lowerBound) / (whole[axis].upperBound - whole[axis].lowerBound)
        }
        return axes.max { share($0) < share($1) }
    }

    private func decide(
        _ claim: Claim, _ problem: Problem, _ boxes: [Claim.ParameterBox], _ part: Part, bits: Int
    ) -> Decision {
        let values = zip(boxes, part).map { ($0.parameter, RationalInterval($1.lowerBound, $1.upperBound)) }
        var steps = 0
        let limit = problem.steps == nil ? stepLimit : packetLimit
        let rung = Rung(
            problem, bits: bits, boxes: Dictionary(values) { first, _ in first }, isStopped: { cancellation.isCancelled }
        ) { _, _ in
            steps += 1
            return steps < limit && !cancellation.isCancelled
        }
        rung.run()
        for assumption in problem.assumptions {
            guard let result = try? rung.truth(of: assumption.condition) else {
                return .undecided(.undefined, "whether 'assume \(assumption.name)' holds is undefined")
            }
            switch result.truth {
            case .yes: continue
            case .no: return Decision(.vacuous("'assume \(assumption.name)' is certainly false there"))
            case .unknown: return .undecided(.precision, "whether 'assume \(assumption.name)' holds is not decided")
            }
        }
        return rung.decide(claim)
    }

    private func at(_ point: [Rational], _ boxes: [Claim.ParameterBox], _ found: Counterexample) -> Counterexample {
        let place = zip(boxes, point).map { "\($0.parameter) = \($1)" }.joined(separator: ", ")
        return Counterexample(sentence: "at \(place): \(found.sentence)", time: found.time)
    }
}

extension ClosedRange<Rational> {
    fileprivate var middle: Rational { (lowerBound + upperBound) * Rational(1, 2) }
}
