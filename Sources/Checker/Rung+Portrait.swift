import Bounds
import Exact
import GradientFlow
import Symbolic

/// The path of a run in the plane of two of its quantities, at sampled moments: what a phase diagram shows.
public struct PhasePortrait: Sendable {
    public let names: [String]
    public let samples: [Sample]

    public struct Sample: Sendable {
        public let moment: Rational
        public let x: RationalInterval
        public let y: RationalInterval

        public init(moment: Rational, x: RationalInterval, y: RationalInterval) {
            self.moment = moment
            self.x = x
            self.y = y
        }
    }

    public init(names: [String], samples: [Sample]) {
        self.names = names
        self.samples = samples
    }
}

extension Rung {
    /// States that are looked at for a portrait: a large model has many alike.
    private static var mostStates: Int { 16 }

    /// The two states that move furthest; of a lone state, its value and its velocity, or its next value.
    func portrait() -> PhasePortrait? {
        guard let trajectory, let last = lastMoment, let plane = plane(last) else { return nil }
        var samples: [PhasePortrait.Sample] = []
        for moment in SampleMoments().moments(0, last, clock) where !isStopped() {
            guard let x = try? trajectory.range(of: plane[0].value, at: moment...moment),
                let y = try? trajectory.range(of: plane[1].value, at: moment...moment)
            else { continue }
            samples.append(.init(moment: moment, x: x, y: y))
        }
        return samples.count > 1 ? PhasePortrait(names: plane.map(\.name), samples: samples) : nil
    }

    private func plane(_ last: Rational) -> [(name: String, value: Expression)]? {
        let states = (0..<problem.declaredStates).map { (name: problem.states[$0].name, value: graph.symbol(.state($0))) }
        guard states.count > 1 else {
            guard let state = states.first else { return nil }
            if let field = problem.flow?.field { return [state, ("\(state.name)'", field[0])] }
            return problem.steps.map { [state, ("next(\(state.name))", $0.map[0])] }
        }
        let moments = SampleMoments(evenly: 8, logarithmically: 8).moments(0, last, clock)
        let ranges = states.prefix(Self.mostStates).map { state -> Double in
            let values = moments.compactMap { moment in
                isStopped() ? nil : (try? trajectory?.range(of: state.value, at: moment...moment))?.lower?.approximation
            }
            guard let low = values.min(), let high = values.max() else { return 0 }
            return high - low
        }
        let furthest = ranges.indices.sorted { (-ranges[$0], $0) < (-ranges[$1], $1) }.prefix(2).sorted()
        return furthest.map { states[$0] }
    }
}
