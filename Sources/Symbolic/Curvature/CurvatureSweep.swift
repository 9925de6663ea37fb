import Exact

/// One reverse pass over a loss that makes first and second derivatives by its cuts.
///
/// `adjoints[x]` is the derivative of the loss by the node x, and `rows[x][y]` the kept part of the second derivative by
/// x and y, both over the nodes that are still to be passed. Passing a node moves its share to its arguments.
struct CurvatureSweep {
    private let graph: Graph
    private let nodes: [Expression]
    private let root: Expression
    private let cuts: CutPolynomials
    private let local: LocalDerivatives
    private var adjoints: [Expression: Expression] = [:]
    private var rows: [Expression: [Expression: Expression]] = [:]
    /// How many second derivatives may still be added up.
    private var work: Int

    init(graph: Graph, root: Expression) {
        self.graph = graph
        self.root = root
        nodes = graph.reachable(from: [root])
        // What a loss of samples needs, many times over.
        work = 100_000 + 8 * nodes.count
        let cuts = CutPolynomials(graph: graph, nodes: nodes)
        self.cuts = cuts
        local = LocalDerivatives(graph: graph) { cuts.moves[$0.index] }
    }

    mutating func run() -> CurvatureForm? {
        guard cuts.moves[root.index] else { return CurvatureForm(coefficients: [], cuts: [], interactions: []) }
        var found: [Expression] = []
        adjoints[root] = graph.one
        for x in nodes.reversed() where cuts.moves[x.index] && (adjoints[x] != nil || rows[x] != nil) {
            if cuts.isCut(x) {
                found.append(x)
                continue
            }
            guard let node = local.derivatives(of: x, adjoint: adjoints[x] ?? graph.zero) else { return nil }
            pass(x, node)
            guard work > 0 else { return nil }
        }
        return form(found.reversed())
    }

    private mutating func pass(_ x: Expression, _ node: LocalDerivatives.Node) {
        if let adjoint = adjoints.removeValue(forKey: x) {
            for (operand, slope) in node.slopes { addAdjoint(graph.multiply(adjoint, slope), operand) }
            for (i, k, curvature) in node.curvatures {
                add(graph.multiply(adjoint, curvature), node.slopes[i].operand, node.slopes[k].operand)
            }
        }
        guard let row = rows.removeValue(forKey: x) else { return }
        for y in row.keys.sorted(by: { $0.index < $1.index }) {
            guard let value = row[y] else { continue }
            if y == x {
                for (i, first) in node.slopes.enumerated() {
                    let part = graph.multiply(value, first.slope)
                    for second in node.slopes[i...] { add(graph.multiply(part, second.slope), first.operand, second.operand) }
                }
                continue
            }
            rows[y]?[x] = nil
            for (operand, slope) in node.slopes {
                let part = graph.multiply(value, slope)
                // 2 w dx dy with dx = slope dy + ...: both orders of the pair fall on one square.
                add(operand == y ? graph.multiply(graph.constant(2), part) : part, operand, y)
            }
        }
    }

    private mutating func addAdjoint(_ value: Expression, _ x: Expression) {
        if graph.constant(value)?.isZero == true { return }
        adjoints[x] = adjoints[x].map { graph.add($0, value) } ?? value
    }

    private mutating func add(_ value: Expression, _ x: Expression, _ y: Expression) {
        guard graph.constant(value)?.isZero != true, work > 0 else { return }
        work -= 1
        let sum = rows[x]?[y].map { graph.add($0, value) } ?? value
        rows[x, default: [:]][y] = sum
        rows[y, default: [:]][x] = sum
    }

    private func form(_ found: [Expression]) -> CurvatureForm {
        var coefficients: [Expression] = []
        var known: [Expression: Int] = [:]
        let list = found.map { cut in
            let terms = cuts.monomials(of: cut).map { coefficient, states in
                let position = known[coefficient] ?? coefficients.count
                if position == coefficients.count {
                    coefficients.append(coefficient)
                    known[coefficient] = position
                }
                return CurvatureForm.Term(
                    coefficient: position, first: states[0], second: states.count > 1 ? states[1] : nil)
            }
            return CurvatureForm.Cut(terms: terms, adjoint: adjoints[cut] ?? graph.zero)
        }
        let positions = Dictionary(uniqueKeysWithValues: zip(found, found.indices))
        var interactions: [CurvatureForm.Interaction] = []
        for (first, cut) in found.enumerated() {
            for (other, value) in (rows[cut] ?? [:]).sorted(by: { $0.key.index < $1.key.index }) {
                guard let second = positions[other], second >= first else { continue }
                interactions.append(CurvatureForm.Interaction(first: first, second: second, value: value))
            }
        }
        return CurvatureForm(coefficients: coefficients, cuts: list, interactions: interactions)
    }
}
