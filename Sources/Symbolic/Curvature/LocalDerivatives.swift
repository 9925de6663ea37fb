import Exact

/// First and second derivatives of one node by its moving arguments, without the parts of the second derivative that make
/// the loss's Hessian larger for certain.
struct LocalDerivatives {
    let graph: Graph
    let moves: (Expression) -> Bool

    struct Node {
        /// Each moving argument once.
        var slopes: [(operand: Expression, slope: Expression)] = []
        /// Second derivatives by arguments i <= k.
        var curvatures: [(Int, Int, Expression)] = []
    }

    /// Nil for nodes that are differentiated as a whole only.
    func derivatives(of x: Expression, adjoint: Expression) -> Node? {
        switch graph.node(x) {
        case .constant, .pi, .symbol:
            return Node()
        case .add(let a, let b):
            if a == b { return Node(slopes: [(a, graph.constant(2))]) }
            return Node(slopes: [a, b].filter(moves).map { ($0, graph.one) })
        case .multiply(let a, let b):
            if a == b {
                let two = graph.constant(2)
                return dropped(Node(slopes: [(a, graph.multiply(two, a))], curvatures: [(0, 0, two)]), adjoint)
            }
            let slopes = [(operand: a, slope: b), (operand: b, slope: a)].filter { moves($0.operand) }
            return Node(slopes: slopes, curvatures: slopes.count == 2 ? [(0, 1, graph.one)] : [])
        case .divide(let a, let b):
            return quotient(x, a, b, adjoint)
        case .power(let a, let exponent):
            return power(x, a, exponent, adjoint)
        case .apply(let function, let a):
            return logSumExp(function, a, adjoint) ?? apply(function, x, a, adjoint)
        case .minimum(let a, let b):
            return gate(a, b, lower: graph.one, upper: graph.zero)
        case .maximum(let a, let b):
            return gate(a, b, lower: graph.zero, upper: graph.one)
        case .cases, .expectation:
            return nil
        }
    }

    /// Without the curvature of a node of one argument if its share of the Hessian is certainly >= 0.
    private func dropped(_ node: Node, _ adjoint: Expression) -> Node {
        guard node.slopes.count == 1, node.curvatures.count == 1 else { return node }
        let share = Certainty.product(graph.certainty(adjoint), graph.certainty(node.curvatures[0].2))
        return share.isNonNegative ? Node(slopes: node.slopes) : node
    }

    private func quotient(_ x: Expression, _ a: Expression, _ b: Expression, _ adjoint: Expression) -> Node {
        // 1 wherever it is defined.
        if a == b { return Node() }
        let inverse = graph.divide(graph.one, b)
        if !moves(b) { return Node(slopes: [(a, inverse)]) }
        let falling = (operand: b, slope: graph.negate(graph.multiply(x, inverse)))
        let square = graph.power(inverse, 2)
        let bend = graph.multiply(graph.constant(2), graph.multiply(x, square))
        if !moves(a) { return dropped(Node(slopes: [falling], curvatures: [(0, 0, bend)]), adjoint) }
        return Node(slopes: [(a, inverse), falling], curvatures: [(0, 1, graph.negate(square)), (1, 1, bend)])
    }

    private func power(_ x: Expression, _ a: Expression, _ exponent: Rational, _ adjoint: Expression) -> Node {
        if exponent.isZero { return Node() }
        let slope = graph.slope(ofPower: exponent, at: a, value: x)
        let bend: Expression
        if exponent == 2 {
            bend = graph.constant(2)
        } else if exponent.isInteger && exponent > 2 {
            bend = graph.multiply(graph.constant(exponent * (exponent - 1)), graph.power(a, exponent - 2))
        } else {
            bend = graph.divide(graph.multiply(graph.constant(exponent - 1), slope), a)
        }
        return dropped(Node(slopes: [(a, slope)], curvatures: [(0, 0, bend)]), adjoint)
    }

    private func apply(_ function: Function, _ x: Expression, _ a: Expression, _ adjoint: Expression) -> Node {
        guard let slope = graph.slope(of: function, at: a, value: x),
            let bend = graph.curvature(of: function, at: a, value: x, slope: slope)
        else { return Node(slopes: [(a, graph.slope(ofGate: function, at: a, value: x))]) }
        return dropped(Node(slopes: [(a, slope)], curvatures: [(0, 0, bend)]), adjoint)
    }

    /// min and max are linear on each side of the tie.
    private func gate(_ a: Expression, _ b: Expression, lower: Expression, upper: Expression) -> Node {
        let first = (operand: a, slope: graph.split(a, below: b, first: lower, second: upper))
        let second = (operand: b, slope: graph.split(a, below: b, first: upper, second: lower))
        return Node(slopes: [first, second].filter { moves($0.operand) })
    }

    // MARK: Sums of exponentials

    /// A logarithm whose argument is a sum of exponentials, or with an adjoint <= 0 one exponential over such a sum, as one
    /// convex (concave) node of the exponents. Nil for anything else.
    private func logSumExp(_ function: Function, _ argument: Expression, _ adjoint: Expression) -> Node? {
        guard function == .log || function == .log1p else { return nil }
        let sign = graph.certainty(adjoint)
        if sign.isNonNegative, let terms = exponentials(argument) {
            let total = function == .log ? argument : graph.add(graph.one, argument)
            return joined(terms.map { ($0.exponent, graph.divide($0.term, total)) })
        }
        guard sign.isNonPositive, function == .log, case .divide(let above, let below) = graph.node(argument),
            let numerator = exponentials(above), numerator.count <= 1, above == numerator.first?.term || numerator.isEmpty,
            let terms = exponentials(below)
        else { return nil }
        return joined(
            numerator.map { ($0.exponent, graph.one) }
                + terms.map { ($0.exponent, graph.negate(graph.divide($0.term, below))) })
    }

    /// The moving terms w exp(z), w >= 0, of a sum whose other terms are >= 0 and do not move; nil for other sums.
    private func exponentials(_ sum: Expression) -> [(exponent: Expression, term: Expression)]? {
        var found: [(exponent: Expression, term: Expression)] = []
        var pending = [sum]
        while let x = pending.popLast() {
            if !moves(x) {
                guard graph.certainty(x).isNonNegative else { return nil }
                continue
            }
            switch graph.node(x) {
            case .add(let a, let b):
                pending += [b, a]
            case .apply(.exp, let z):
                found.append((z, x))
            case .multiply(let a, let b):
                let (weight, rest) = moves(a) ? (b, a) : (a, b)
                guard !moves(weight), graph.certainty(weight).isNonNegative, case .apply(.exp, let z) = graph.node(rest)
                else { return nil }
                found.append((z, x))
            default:
                return nil
            }
        }
        return found
    }

    /// Slopes by the same argument added up.
    private func joined(_ slopes: [(Expression, Expression)]) -> Node {
        var node = Node()
        var positions: [Expression: Int] = [:]
        for (operand, slope) in slopes where moves(operand) {
            if let position = positions[operand] {
                node.slopes[position].slope = graph.add(node.slopes[position].slope, slope)
            } else {
                positions[operand] = node.slopes.count
                node.slopes.append((operand, slope))
            }
        }
        return node
    }
}

extension Graph {
    /// f''(x) for a function that is smooth on its domain; nil for the gates.
    /// - Parameters: `value` is the node of f(x), `slope` that of f'(x).
    func curvature(of function: Function, at x: Expression, value: Expression, slope: Expression) -> Expression? {
        switch function {
        case .exp, .sinh, .cosh: return value
        case .expm1: return slope
        case .log, .log1p: return negate(power(slope, 2))
        case .sqrt: return negate(divide(slope, multiply(constant(2), x)))
        case .sin, .cos: return negate(value)
        case .tanh: return multiply(constant(-2), multiply(value, slope))
        case .asinh: return negate(multiply(x, power(slope, 3)))
        case .erf: return multiply(constant(-2), multiply(x, slope))
        case .sigmoid: return multiply(slope, subtract(apply(.sigmoid, negate(x)), value))
        case .softplus: return multiply(slope, apply(.sigmoid, negate(x)))
        case .abs, .floor, .relu: return nil
        }
    }
}
