import Bounds
import Exact
import Symbolic

/// Formulas of one problem in plain doubles, over the states, the time, and what else they may read.
struct FloatFormulas {
    private let graph: Graph
    private let symbols: [Symbol]
    /// The values of parameters that range over a box: its middle.
    private let middles: [Double]
    private let momentNames: [String]
    private let stateCount: Int

    init(_ problem: Problem) {
        graph = problem.graph
        stateCount = problem.states.count
        momentNames =
            ["end"] + problem.stages.map { "end(\($0.name))" } + problem.events.map(\.name) + problem.momentValues.map(\.name)
        middles = problem.startBoxes.map { (($0.lower + $0.upper) / 2).approximation }
        symbols =
            (0..<stateCount).map(Symbol.state) + [.time, .stage] + problem.startBoxes.map { .parameter($0.parameter) }
            + momentNames.map(Symbol.moment)
    }

    /// Where no state and no moment has a value yet.
    var origin: [Double] { inputs(time: 0, stage: 0, state: Array(repeating: .nan, count: stateCount), [:]) }

    func inputs(time: Double, stage: Int, state: [Double], _ moments: [String: Double]) -> [Double] {
        state + [time, Double(stage)] + middles + momentNames.map { moments[$0] ?? .nan }
    }

    func inputs(_ sample: FloatRun.Sample, _ moments: [String: Double]) -> [Double] {
        inputs(time: sample.time, stage: sample.stage, state: sample.state, moments)
    }

    /// Nil where a formula reads something that has no number, as an open constant.
    func tape(_ formulas: [Expression]) -> FloatTape? {
        (try? graph.compile(outputs: formulas, inputs: symbols, varying: [])).map(FloatTape.init)
    }

    /// Nil unless all are finite.
    func values(of formulas: [Expression], at inputs: [Double]) -> [Double]? {
        guard let values = tape(formulas)?(inputs), values.allSatisfy(\.isFinite) else { return nil }
        return values
    }

    func value(of formula: Expression, at inputs: [Double]) -> Double? { values(of: [formula], at: inputs)?.first }

    func condition(_ condition: Condition) -> FloatCondition? {
        FloatCondition(condition.negationNormalForm(), self)
    }
}

/// A condition whose comparisons have margins.
struct FloatCondition {
    private indirect enum Form {
        case truth(Bool)
        /// Positions of the sides.
        case compare(Comparison, Int, Int)
        case all([Form])
        case any([Form])
    }

    private let form: Form
    private let sides: FloatTape

    /// - Parameter condition: in negation normal form.
    init?(_ condition: Condition, _ formulas: FloatFormulas) {
        var outputs: [Expression] = []
        func form(_ condition: Condition) -> Form {
            switch condition {
            case .truth(let value): return .truth(value)
            case .compare(let relation, let left, let right):
                outputs += [left, right]
                return .compare(relation, outputs.count - 2, outputs.count - 1)
            case .and(let list): return .all(list.map(form))
            case .or(let list): return .any(list.map(form))
            case .not, .implies: return form(condition.negationNormalForm())
            }
        }
        self.form = form(condition)
        guard let tape = formulas.tape(outputs) else { return nil }
        sides = tape
    }

    var cost: Int { sides.cost }

    /// From -1 to 1, negative where the condition looks false: see ``relativeMargin(_:_:_:)``. Nil where it looks undefined.
    func margin(_ inputs: [Double]) -> Double? {
        let values = sides(inputs)
        func margin(_ form: Form) -> Double {
            switch form {
            case .truth(let holds): holds ? 1 : -1
            case .compare(let relation, let left, let right): relativeMargin(relation, values[left], values[right])
            case .all(let list): list.map(margin).reduce(1) { $0.isNaN || $1.isNaN ? .nan : min($0, $1) }
            case .any(let list): list.map(margin).reduce(-1) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
            }
        }
        let result = margin(form)
        return result.isNaN ? nil : result
    }
}

/// How far a comparison is from failing, without a unit: right minus left side over the sum of their sizes, or d/(1 + |d|)
/// where one side is 0. Differences that rounding explains count as 0.
func relativeMargin(_ relation: Comparison, _ left: Double, _ right: Double) -> Double {
    let difference = right - left
    let size = left.magnitude + right.magnitude
    var relative = difference / (left == 0 || right == 0 ? 1 + size : size)
    if size == 0 || relative.magnitude < 1e-9 { relative = 0 }
    switch relation {
    case .less, .lessOrEqual: return relative
    case .equal: return relative.magnitude < 1e-6 ? 1 : -relative.magnitude
    case .notEqual: return relative.magnitude
    }
}
