import Exact

/// What one scope computes, and in which order.
struct TapePlan {
    private(set) var captured: [Expression] = []
    private(set) var steps: [Expression: Step] = [:]
    private(set) var order: [Expression] = []
    private var groups: [GroupKey: [Expression]] = [:]
    private var keys: [Expression: GroupKey] = [:]

    /// Means that can run in one loop: same law, same variable, neither waits for the other.
    private struct GroupKey: Hashable {
        let law: Law
        let variable: Int
        let stage: Int
    }

    func group(of e: Expression) -> [Expression] {
        keys[e].flatMap { groups[$0] } ?? [e]
    }

    init(graph: Graph, roots: [Expression], own: Int?, scope: Set<Int>, contracts: Bool) throws(TapeError) {
        var frontiers: [Expression: [Expression]] = [:]
        var seen: Set<Expression> = []
        var pending = roots
        while let e = pending.popLast() {
            guard seen.insert(e).inserted else { continue }
            if let own, !graph.freeVariables(in: e).contains(own), !graph.isExactConstant(e) {
                captured.append(e)
                continue
            }
            let step = try graph.step(for: e)
            steps[e] = step
            if case .mean(_, _, let body) = step {
                let frontier = try graph.frontier(of: body, scope: scope)
                frontiers[e] = frontier
                pending.append(contentsOf: frontier)
            } else {
                pending.append(contentsOf: step.operands)
            }
        }
        captured.sort { $0.index < $1.index }
        if contracts { steps = ContractionPlan(graph, steps, pinned: roots + frontiers.values.flatMap { $0 }).steps }

        // Stage 0 needs no loop; a loop of stage k captures only values of the stages before it.
        var stages: [Expression: Int] = [:]
        let nodes = steps.keys.sorted { $0.index < $1.index }
        for e in nodes {
            if case .mean(let law, let variable, _) = steps[e] {
                let stage = 1 + (frontiers[e]?.lazy.map { stages[$0] ?? 0 }.max() ?? 0)
                let key = GroupKey(law: law, variable: variable, stage: stage)
                stages[e] = stage
                keys[e] = key
                groups[key, default: []].append(e)
            } else {
                stages[e] = steps[e]?.operands.lazy.map { stages[$0] ?? 0 }.max() ?? 0
            }
        }
        let keys = self.keys
        func rank(_ e: Expression) -> (Int, Int, Int) { (stages[e] ?? 0, keys[e] == nil ? 1 : 0, e.index) }
        order = nodes.sorted { rank($0) < rank($1) }
    }
}

extension Graph {
    /// Constants cost nothing to repeat in a body, and are exact there.
    fileprivate func isExactConstant(_ e: Expression) -> Bool {
        switch node(e) {
        case .constant, .pi: true
        default: false
        }
    }

    /// What a loop over `body` takes from outside: what its instructions read and has a value in `scope`.
    fileprivate func frontier(of body: Expression, scope: Set<Int>) throws(TapeError) -> [Expression] {
        var found: [Expression] = []
        var seen: Set<Expression> = []
        var pending = [body]
        while let e = pending.popLast() {
            guard seen.insert(e).inserted, !isExactConstant(e) else { continue }
            if freeVariables(in: e).allSatisfy(scope.contains) {
                found.append(e)
                continue
            }
            let step = try step(for: e)
            if case .mean(_, _, let inner) = step { pending.append(inner) }
            pending.append(contentsOf: step.operands)
        }
        return found
    }
}
