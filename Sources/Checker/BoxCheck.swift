import Bounds
import Exact
import GradientFlow
import Symbolic

/// A claim over a box of parameters (`for all a in [1, 2]`): the box is cut until the claim is certified on every part,
/// with the parameter as a ball in the run, or refuted at one exact value.
struct BoxCheck {
    let theorem: Theorem
    let instance: Instance
    let cancellation: Cancellation

    /// Steps of one part's run: a tube that is too wide for its part takes shorter and shorter ones.
    private let stepLimit = 40
    /// Of a map, steps are cheap, and come in packets.
    private let packetLimit = 400
    /// A part is halved so often before the box counts as undecided: up to 2^6 parts.
    private let depth = 6

    func decide(_ claim: Claim, bits: Int) -> Decision {
        guard claim.boxes.count == 1, let box = claim.boxes.first else {
            return .undecided(.unsupported, "a claim over more than one parameter's box is not supported yet")
        }
        guard claim.open.isEmpty else {
            return .undecided(.unsupported, "open constants over a box of parameters are not supported yet")
        }
        let problem: Problem
        do {
            problem = try theorem.problem(on: instance, free: [box.parameter])
        } catch {
            return .undecided(.undefined, error.diagnostics.first?.message ?? "the problem cannot be built over the box")
        }
        guard let free = problem.claims.first(where: { $0.id == claim.id }) else {
            return .undecided(.unsupported, "the claim is not supported over a box")
        }
        return cover(free, problem, box, bits: bits)
    }

    private func cover(_ claim: Claim, _ problem: Problem, _ box: Claim.ParameterBox, bits: Int) -> Decision {
        var pending = [(box.lower, box.upper)]
        let narrowest = (box.upper - box.lower) * .powerOfTwo(-depth)
        var parts = 0
        var vacuous: String?
        // The ends and the middle first: a counterexample is one exact value.
        for value in [box.lower, box.upper, (box.lower + box.upper) * Rational(1, 2)] {
            let decision = decide(claim, problem, box, RationalInterval(value), bits: bits)
            if case .refuted(let counterexample) = decision.verdict {
                return Decision(.refuted(at(value, box, counterexample)))
            }
        }
        var least: RationalInterval?
        while let (lower, upper) = pending.popLast() {
            if cancellation.isCancelled { return .undecided(.timeout, "stopped inside the box of '\(box.parameter)'") }
            let decision = decide(claim, problem, box, RationalInterval(lower, upper), bits: bits)
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
            guard upper - lower > narrowest else {
                return .undecided(
                    .unsupported,
                    "the box is not covered by parts of 1/\(1 << depth) of it: nothing is decided for \(box.parameter) in \(RationalInterval(lower, upper).sentence)",
                    remedy: "a smaller box or a shorter run; finer coverings are not supported yet")
            }
            let middle = (lower + upper) * Rational(1, 2)
            pending.append((middle, upper))
            pending.append((lower, middle))
        }
        if parts == 0, let vacuous { return Decision(.vacuous(vacuous)) }
        let margin = least.map { Margin(value: RationalInterval($0.lower, nil), time: nil) }
        return Decision(
            .proved(Evidence(margin: margin, remark: "the box of '\(box.parameter)' is covered by \(parts) parts")))
    }

    private func decide(
        _ claim: Claim, _ problem: Problem, _ box: Claim.ParameterBox, _ value: RationalInterval, bits: Int
    ) -> Decision {
        var steps = 0
        let limit = problem.steps == nil ? stepLimit : packetLimit
        let rung = Rung(
            problem, bits: bits, boxes: [box.parameter: value], isStopped: { cancellation.isCancelled }
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

    private func at(_ value: Rational, _ box: Claim.ParameterBox, _ found: Counterexample) -> Counterexample {
        Counterexample(sentence: "at \(box.parameter) = \(value): \(found.sentence)", time: found.time)
    }
}
