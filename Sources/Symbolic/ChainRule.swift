import Exact

/// The partial derivatives of formulas by the states in the form in which they are cheap to enclose: node by node,
///
///     Dv = sum over the arguments a of v of (slope of v by a) Da,
///
/// where no slope holds a derivative. With n states, written out, they would be n times as many formulas.
public struct ChainRule {
    public struct Part: Sendable {
        /// Position in ``ChainRule/nodes``, before the node's own.
        public let argument: Int
        /// Position in ``ChainRule/slopes``; nil for the slope 1.
        public let slope: Int?
    }

    public enum Node: Sendable {
        case state(Int)
        /// The sum of the parts. Without a part the node is constant where it is defined.
        case sum([Part])
    }

    /// The nodes that depend on a state, arguments first.
    public let nodes: [Node]
    /// Each formula once.
    public let slopes: [Expression]
    /// By formula: its node; nil if it depends on no state.
    public let outputs: [Int?]
}

extension Graph {
    /// Nil if a sum over a law or an `if` moves with the states.
    ///
    /// The rule speaks of points at which the formulas and all slopes are defined, and no gate is at a tie.
    public func chainRule(of formulas: [Expression]) -> ChainRule? {
        let reached = reachable(from: formulas)
        var places: [Int?] = Array(repeating: nil, count: (reached.last?.index ?? -1) + 1)
        var nodes: [ChainRule.Node] = []
        var slopes: [Expression] = []
        var known: [Expression: Int] = [:]
        let local = LocalDerivatives(graph: self) { places[$0.index] != nil }
        for x in reached {
            if case .symbol(.state(let state)) = node(x) {
                places[x.index] = nodes.count
                nodes.append(.state(state))
                continue
            }
            var moves = false
            forEachOperand(of: x) { moves = moves || places[$0.index] != nil }
            guard moves else { continue }
            guard let derivatives = local.derivatives(of: x, adjoint: zero) else { return nil }
            var parts: [ChainRule.Part] = []
            for (operand, slope) in derivatives.slopes {
                guard let argument = places[operand.index] else { continue }
                if slope == one {
                    parts.append(ChainRule.Part(argument: argument, slope: nil))
                    continue
                }
                let position = known[slope] ?? slopes.count
                if position == slopes.count {
                    known[slope] = position
                    slopes.append(slope)
                }
                parts.append(ChainRule.Part(argument: argument, slope: position))
            }
            places[x.index] = nodes.count
            nodes.append(.sum(parts))
        }
        return ChainRule(nodes: nodes, slopes: slopes, outputs: formulas.map { places[$0.index] })
    }
}
