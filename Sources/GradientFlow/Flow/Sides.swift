import Exact
import Symbolic

/// Where a step of a tube lies with respect to the gates of its field, and what formulas are there.
final class Sides {
    private let graph: Graph
    /// Gates that keep their sign, and are not 0, at every instant of the step.
    let signs: [Gate: Bool]
    /// Gates that may change theirs, once.
    let crossing: [Gate]
    private var images: [Expression: [Expression]] = [:]

    init(_ graph: Graph, signs: [Gate: Bool], crossing: [Gate] = []) {
        self.graph = graph
        self.signs = signs
        self.crossing = crossing
    }

    /// Formulas one of which has the value of `e`, instant by instant. At the tie of a gate that crosses, a derivative of
    /// relu, abs, min or max stands for those on both sides.
    func images(of e: Expression) -> [Expression] {
        if let known = images[e] { return known }
        var found: [Expression] = []
        for side in graph.sides(of: [e], given: signs, passing: crossing, atTies: true) where !found.contains(side[0]) {
            found.append(side[0])
        }
        images[e] = found
        return found
    }
}
