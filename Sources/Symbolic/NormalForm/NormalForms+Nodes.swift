import Exact

extension NormalForms {
    /// The normal form of a node. Operands come first, so that the length of a formula needs no stack.
    func form(of e: Expression) throws(NormalFormFailure) -> Form {
        if let known = forms[e] { return try known.get() }
        let nodes = graph.reachable(from: [e], descend: { forms[$0] == nil })
        let inner = innerSums(nodes, root: e)
        for x in nodes where forms[x] == nil && !inner.contains(x) {
            do throws(NormalFormFailure) {
                forms[x] = .success(try build(x, inner))
            } catch {
                forms[x] = .failure(error)
            }
        }
        guard let result = forms[e] else { throw .tooLarge("a formula") }
        return try result.get()
    }

    /// Partial sums that only serve one larger sum. They get no form of their own: the forms of all partial sums of a
    /// long sum would be quadratic in its length.
    private func innerSums(_ nodes: [Expression], root: Expression) -> Set<Expression> {
        var uses: [Expression: Int] = [:]
        var other: Set<Expression> = [root]
        for x in nodes {
            var isSum = false
            if case .add = graph.node(x) { isSum = true }
            graph.forEachOperand(of: x) { operand in
                uses[operand, default: 0] += 1
                if !isSum { other.insert(operand) }
            }
        }
        return Set(nodes.filter { x in
            guard case .add = graph.node(x) else { return false }
            return uses[x] == 1 && !other.contains(x)
        })
    }

    private func sum(_ e: Expression, _ inner: Set<Expression>) throws(NormalFormFailure) -> Form {
        var result = Form()
        var pending = [e]
        while let x = pending.popLast() {
            if case .add(let a, let b) = graph.node(x), x == e || inner.contains(x) {
                pending += [a, b]
            } else {
                try accumulate(form(of: x), into: &result)
            }
        }
        return result
    }

    private func build(_ e: Expression, _ inner: Set<Expression>) throws(NormalFormFailure) -> Form {
        switch graph.node(e) {
        case .constant(let value):
            return Form(value)
        case .pi, .symbol:
            return Form(Polynomial(Monomial(nodeAtom(e))))
        case .add:
            return try sum(e, inner)
        case .multiply(let a, let b):
            return try multiply(form(of: a), form(of: b))
        case .divide(let a, let b):
            return try multiply(form(of: a), inverse(ofNode: b))
        case .power(let a, let exponent):
            guard exponent.isInteger else { return try rationalPower(form(of: a), exponent) }
            guard let n = exponent.asInt, n.magnitude < 1 << 30 else { throw .tooLarge("an exponent") }
            if let base = graph.constant(a), !Graph.isFolded(base, toPower: n) { throw .tooLarge("a power of a constant") }
            return n < 0 ? try power(inverse(ofNode: a), -n) : try power(form(of: a), n)
        case .apply(let function, let a):
            return try apply(function, form(of: a))
        case .minimum(let a, let b):
            return try extremum(.minimum, form(of: a), form(of: b), graph.minimum)
        case .maximum(let a, let b):
            return try extremum(.maximum, form(of: a), form(of: b), graph.maximum)
        case .cases(let condition, let a, let b):
            return try cases(e, condition, a, b)
        case .expectation(let law, let variable, let body):
            return try mean(law, variable, form(of: body))
        }
    }

    func nodeAtom(_ e: Expression, _ kind: Atom.Kind = .plain) -> Int {
        if let known = nodeAtoms[e] { return known }
        let atom = makeAtom(kind, e)
        nodeAtoms[e] = atom
        return atom
    }

    /// 1/e by the structure of e, so that the factors of a product stay factors.
    private func inverse(ofNode e: Expression, depth: Int = 0) throws(NormalFormFailure) -> Form {
        if let known = inverses[e] { return known }
        let result: Form
        switch graph.node(e) {
        case .multiply(let a, let b) where depth < 100:
            result = try multiply(inverse(ofNode: a, depth: depth + 1), inverse(ofNode: b, depth: depth + 1))
        case .divide(let a, let b) where depth < 100:
            // 1/(a/b) is b/a only where b is not 0, which the inverse of b checks.
            _ = try inverse(ofNode: b, depth: depth + 1)
            result = try multiply(form(of: b), inverse(ofNode: a, depth: depth + 1))
        case .power(let a, let exponent) where depth < 100 && exponent.isInteger && exponent.isPositive && exponent < 1_000_000:
            result = try power(inverse(ofNode: a, depth: depth + 1), exponent.asInt ?? 1)
        default:
            result = try inverse(form(of: e))
        }
        inverses[e] = result
        return result
    }

    /// The atom of an operation on formulas, where all arguments equal those of an earlier atom exactly, or a new one.
    func keyedAtom(
        _ operation: AtomKey.Operation, _ arguments: [Form?], make: () throws(NormalFormFailure) -> Int
    ) throws(NormalFormFailure) -> Int {
        let key = AtomKey(operation: operation, fingerprints: arguments.map { $0.flatMap(fingerprint) })
        for known in keyedAtoms[key] ?? [] where try agree(known.arguments, arguments) { return known.atom }
        let atom = try make()
        keyedAtoms[key, default: []].append((arguments, atom))
        return atom
    }

    private func agree(_ a: [Form?], _ b: [Form?]) throws(NormalFormFailure) -> Bool {
        for (x, y) in zip(a, b) {
            guard let x, let y else {
                if x == nil && y == nil { continue }
                return false
            }
            if try !areEqual(x, y) { return false }
        }
        return true
    }

    func areEqual(_ a: Form, _ b: Form) throws(NormalFormFailure) -> Bool {
        try isZero(add(a, b.scaled(by: -1)))
    }

    private func extremum(
        _ operation: AtomKey.Operation, _ a: Form, _ b: Form, _ node: (Expression, Expression) -> Expression
    ) throws(NormalFormFailure) -> Form {
        if try areEqual(a, b) { return a }
        // min(a, b) and min(b, a) are one atom.
        let inOrder = (fingerprint(a) ?? 0) <= (fingerprint(b) ?? 0)
        let (first, second) = inOrder ? (a, b) : (b, a)
        let atom = try keyedAtom(operation, [first, second]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.plain, node(expression(of: first), expression(of: second)))
        }
        return Form(Polynomial(Monomial(atom)))
    }

    /// `if` is an atom. Two are the same if their conditions compare the same quantities, up to a positive factor, and
    /// their branches are equal. A branch may be undefined.
    private func cases(_ e: Expression, _ condition: Condition, _ a: Expression, _ b: Expression) throws(NormalFormFailure) -> Form {
        let (first, second) = (try formIfDefined(a), try formIfDefined(b))
        if first == nil && second == nil { throw .undefined }
        if let first, let second, try areEqual(first, second) { return first }
        let shape = ConditionShape(condition)
        var arguments: [Form?] = []
        for (relation, difference) in zip(shape.relations, condition.differences) {
            let form = try formIfDefined(difference)
            if let form { arguments.append(try scaled(form, for: relation)) } else { arguments.append(nil) }
        }
        let atom = try keyedAtom(.cases(shape), arguments + [first, second]) { () throws(NormalFormFailure) -> Int in
            makeAtom(.plain, e)
        }
        return Form(Polynomial(Monomial(atom)))
    }

    private func formIfDefined(_ e: Expression) throws(NormalFormFailure) -> Form? {
        do throws(NormalFormFailure) {
            return try form(of: e)
        } catch .undefined {
            return nil
        }
    }

    /// The difference with leading coefficient 1 or, where the sign matters, of size 1.
    private func scaled(_ form: Form, for relation: Comparison) throws(NormalFormFailure) -> Form {
        guard let leading = leadingCoefficient(form), let inverse = leading.reciprocal else { return form }
        switch relation {
        case .equal, .notEqual: return try form.scaled(by: inverse)
        case .less, .lessOrEqual: return try form.scaled(by: inverse.magnitude)
        }
    }

    func leadingCoefficient(_ form: Form) -> Rational? {
        guard let first = form.parts.keys.min(), let numerator = form.parts[first],
            let monomial = numerator.terms.keys.min()
        else { return nil }
        return numerator.terms[monomial]
    }
}
