import Bounds
import Exact
import GradientFlow
import Symbolic

/// What plots show of a run.
extension Rung {
    /// Comparisons of one claim that are sampled: an `all` over a large set has many alike.
    private static var mostComparisons: Int { 4 }
    private static var profilePieces: Int { 200 }

    /// Adds the profile of the run, and the series of every claim.
    func plot(_ result: inout InstanceResult, _ claims: [String: Claim]) {
        guard let trajectory, !isStopped() else { return }
        result.profile = trajectory.profile(pieces: Self.profilePieces)
        result.portrait = portrait()
        for index in result.obligations.indices {
            let obligation = result.obligations[index]
            guard let claim = claims[obligation.claim.id], claim.boxes.isEmpty, !isStopped() else { continue }
            guard let (range, comparisons) = try? plotted(claim) else { continue }
            result.obligations[index].series = comparisons.prefix(Self.mostComparisons).compactMap {
                series($0, over: range, claim, obligation.verdict)
            }
            result.obligations[index].comparisonsWithoutSeries = Swift.max(0, comparisons.count - Self.mostComparisons)
        }
    }

    private struct Plotted {
        let left: Expression
        let right: Expression?
        let relation: String
    }

    /// The sides that are compared, and the moments at which they are; nil for a claim that is not about the run.
    private func plotted(_ claim: Claim) throws(IntegrationFailure) -> (ClosedRange<Rational>, [Plotted])? {
        switch claim.body {
        case .always(let interval, _, let condition), .sometime(let interval, _, let condition):
            return try range(of: interval).map { ($0, comparisons(condition)) }
        case .monotone(let increasing, let quantity, let interval):
            let side = Plotted(left: quantity, right: nil, relation: increasing ? "increasing" : "decreasing")
            return try range(of: interval).map { ($0, [side]) }
        case .at(_, let condition):
            let zero: Rational = 0
            return lastMoment.map { (zero...$0, comparisons(condition)) }
        case .condition, .identity, .growth, .everywhere, .solution, .symmetry, .unsupported:
            return nil
        }
    }

    var lastMoment: Rational? {
        guard let trajectory else { return nil }
        return end?.upper.map { Swift.min($0, trajectory.end) } ?? trajectory.end
    }

    private func range(of interval: Claim.Interval) throws(IntegrationFailure) -> ClosedRange<Rational>? {
        guard let last = lastMoment, case .interval(let times) = try scope(interval) else { return nil }
        let outer = times.outer(last)
        return outer.lowerBound <= last ? outer.lowerBound...Swift.min(outer.upperBound, last) : nil
    }

    private func comparisons(_ condition: Condition) -> [Plotted] {
        graph.comparisons(in: condition).filter { readsRun($1) || readsRun($2) }.map { comparison, left, right in
            Plotted(left: left, right: right, relation: comparison.rawValue)
        }
    }

    /// Nil if a side reads an open constant of which no value is known, or has no value anywhere.
    private func series(
        _ sides: Plotted, over range: ClosedRange<Rational>, _ claim: Claim, _ verdict: Verdict
    ) -> ComparisonSeries? {
        guard let trajectory else { return nil }
        let names = Set([sides.left, sides.right].compactMap { $0 }.flatMap { graph.symbols(in: $0) })
        var constants: [(name: String, value: Rational)] = []
        for constant in claim.open where names.contains(.open(constant.name)) {
            guard let value = verdict.certifiedValue(of: constant.name) else { return nil }
            constants.append((constant.name, value))
        }
        let values = Dictionary(constants.map { (Symbol.open($0.name), graph.constant($0.value)) }) { first, _ in first }
        let left = graph.substitute(sides.left, values)
        let right = sides.right.map { graph.substitute($0, values) }
        let slack = right.map { graph.subtract($0, left) }
        var samples: [ComparisonSeries.Sample] = []
        for moment in claim.body.sampling.moments(range.lowerBound, range.upperBound, clock) where !isStopped() {
            let value = { (side: Expression) in
                (try? trajectory.range(of: side, at: moment...moment)) ?? RationalInterval(nil, nil)
            }
            samples.append(.init(moment: moment, left: value(left), right: right.map(value), slack: slack.map(value)))
        }
        guard samples.contains(where: { $0.left.width != nil || $0.right?.width != nil }) else { return nil }
        return ComparisonSeries(
            left: describe(sides.left), right: sides.right.map(describe), relation: sides.relation, constants: constants,
            samples: samples)
    }
}

extension Claim.Body {
    /// What is claimed at one moment is often costly to evaluate (a probability): its surroundings are drawn coarsely.
    fileprivate var sampling: SampleMoments {
        if case .at = self { SampleMoments(evenly: 32, logarithmically: 0) } else { SampleMoments() }
    }
}

extension Verdict {
    /// A short decimal on the certified side of the best constant.
    fileprivate func certifiedValue(of name: String) -> Rational? {
        let constants: [ConstantEnclosure] =
            switch self {
            case .proved(let evidence), .consistent(let evidence): evidence.constants
            case .refuted(let counterexample): counterexample.constants
            case .undecided, .vacuous: []
            }
        guard let constant = constants.first(where: { $0.name == name }) else { return nil }
        let end = constant.holdsAbove ? constant.value.upper : constant.value.lower
        let rounding: Rational.Rounding = constant.holdsAbove ? .up : .down
        return end.flatMap { Rational(parsing: $0.decimal(significantDigits: 6, rounding: rounding)) }
    }
}
