import Exact

/// What one prepared node becomes: an instruction over nodes instead of slots.
enum Step {
    case constant(Rational)
    case pi
    case input(Symbol)
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    case negate(Expression)
    case multiply(Expression, Expression)
    case scale(Rational, Expression)
    case square(Expression)
    case divide(Expression, Expression)
    case reciprocal(Expression)
    case integerPower(Expression, Int)
    case power(Expression, Rational)
    case apply(Function, Expression)
    case minimum(Expression, Expression)
    case maximum(Expression, Expression)
    case select(Condition, Expression, Expression)
    case mean(Law, variable: Int, body: Expression)
    /// A sum of products, made from chains of the others (``ContractionPlan``).
    case contraction([ContractionTerm<Expression>])

    /// The nodes whose slots the instruction reads. A mean reads what its loop captures instead.
    var operands: [Expression] {
        switch self {
        case .constant, .pi, .input, .mean:
            return []
        case .negate(let a), .scale(_, let a), .square(let a), .reciprocal(let a), .integerPower(let a, _), .power(let a, _),
            .apply(_, let a):
            return [a]
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b), .minimum(let a, let b),
            .maximum(let a, let b):
            return [a, b]
        case .select(let condition, let a, let b):
            return condition.differences + [a, b]
        case .contraction(let terms):
            return terms.flatMap { term in term.right.map { [term.left, $0] } ?? [term.left] }
        }
    }
}

extension Condition {
    /// The right sides of the comparisons of a prepared condition; every left side is 0 there.
    var differences: [Expression] {
        var found: [Expression] = []
        var isLeft = true
        forEachExpression { e in
            if !isLeft { found.append(e) }
            isLeft.toggle()
        }
        return found
    }
}

extension Graph {
    func step(for e: Expression) throws(TapeError) -> Step {
        switch node(e) {
        case .constant(let value): return .constant(value)
        case .pi: return .pi
        case .symbol(let symbol): return .input(symbol)
        case .add(let a, let b):
            if let b = negated(b) { return .subtract(a, b) }
            if let a = negated(a) { return .subtract(b, a) }
            return .add(a, b)
        case .multiply(let a, let b):
            if let factor = constant(a) { return factor == -1 ? .negate(b) : .scale(factor, b) }
            if let factor = constant(b) { return factor == -1 ? .negate(a) : .scale(factor, a) }
            return .multiply(a, b)
        case .divide(let a, let b): return .divide(a, b)
        case .power(let a, let exponent):
            if exponent == -1 { return .reciprocal(a) }
            if exponent == 2 { return .square(a) }
            guard exponent.isInteger else { return .power(a, exponent) }
            guard let n = exponent.asInt else { throw .exponentTooLarge(exponent) }
            return .integerPower(a, n)
        case .apply(let function, let a): return .apply(function, a)
        case .minimum(let a, let b): return .minimum(a, b)
        case .maximum(let a, let b): return .maximum(a, b)
        case .cases(let condition, let a, let b): return .select(condition, a, b)
        case .expectation(let law, let variable, let body): return .mean(law, variable: variable, body: body)
        }
    }

    /// y of a node -1*y.
    private func negated(_ e: Expression) -> Expression? {
        guard case .multiply(let a, let b) = node(e) else { return nil }
        if constant(a) == -1 { return b }
        if constant(b) == -1 { return a }
        return nil
    }
}
