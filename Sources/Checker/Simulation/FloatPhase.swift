import Bounds
import Symbolic

extension FloatRun {
    /// One dynamics of a run, with what ends it.
    struct Phase {
        private let equations: FloatTape
        private let isFlow: Bool
        private let stage: Int
        private let stop: FloatCondition?
        private let formulas: FloatFormulas
        /// It ends after so long at the latest; infinity where nothing says so.
        let length: Double

        /// Nil where a formula has no number.
        init?(_ equations: [Expression], isFlow: Bool, _ horizon: Horizon?, stage: Int, _ formulas: FloatFormulas) {
            guard let tape = formulas.tape(equations) else { return nil }
            self.equations = tape
            self.isFlow = isFlow
            self.stage = stage
            self.formulas = formulas
            switch horizon {
            case nil:
                (length, stop) = (0, nil)
            case .time(let time):
                (length, stop) = (formulas.value(of: time, at: formulas.origin) ?? 0, nil)
            case .first(let condition, let cap):
                length = cap.flatMap { formulas.value(of: $0, at: formulas.origin) } ?? .infinity
                stop = formulas.condition(condition)
            }
            if length.isNaN || length < 0 { return nil }
        }

        /// Of one evaluation.
        var cost: Int { equations.cost + (stop?.cost ?? 0) }

        /// The field, or the next state.
        func rate(_ time: Double, _ state: [Double]) -> [Double] {
            equations(formulas.inputs(time: time, stage: stage, state: state, [:]))
        }

        func sample(_ time: Double, _ state: [Double]) -> Sample {
            Sample(time: time, stage: stage, state: state, slope: isFlow ? rate(time, state) : nil)
        }

        /// Of the condition that ends it; nil without one, and where it looks undefined.
        func margin(_ sample: Sample) -> Double? { stop?.margin(formulas.inputs(sample, [:])) }

        /// About where the condition begins to hold, which fails at `a` and holds at `b`: there it holds.
        func crossing(from a: Sample, to b: Sample) -> Sample {
            var (low, high) = (a.time, b)
            for _ in 0..<30 {
                let time = (low + high.time) / 2
                let state = FloatRun.state(between: a, b, at: time)
                let middle = Sample(time: time, stage: stage, state: state, slope: nil)
                if (margin(middle) ?? -1) >= 0 { high = middle } else { low = time }
            }
            return high
        }
    }
}
