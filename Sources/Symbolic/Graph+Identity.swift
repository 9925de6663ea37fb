import Exact

/// The outcome of an attempt to prove an identity.
public enum IdentityProof: Hashable, Sendable {
    /// Both sides are equal wherever both are defined. `conditions` are the formulas without law variables that stand
    /// under a denominator there and are not certainly non-zero: "where S != 0".
    case proved(conditions: [Expression])
    /// Not proved; this is no evidence that the sides differ.
    case notShown(String)
}

extension Graph {
    /// Proves a = b for all values of all symbols at which both sides are defined, by normal form: rational functions
    /// with exact coefficients in atoms (symbols, e^x, logarithms, roots, sines, means, ...), see ``NormalForms``.
    /// Where that does not suffice, means are compared under the sum, and gates (`if`, abs, relu, min, max) by cases.
    ///
    /// Agreement of numbers never counts. Large formulas end in `notShown`, not in a long wait.
    public func proveIdentity(_ a: Expression, _ b: Expression) -> IdentityProof {
        let difference = machineForm(add(a, negate(b)))
        var prover = IdentityProver(graph: self)
        switch prover.decide(difference) {
        case .zero:
            return .proved(conditions: denominators(in: [a, b]))
        case .undefined:
            return .notShown("a side is not defined anywhere")
        case .open(let reason):
            return .notShown(reason)
        }
    }

    /// Whether the formula certainly exists, for all values of its symbols, and is 0 there, by normal form.
    ///
    /// Meant for exact equality of constants, such as log(2) + log(3) - log(6). False says nothing. Where it is known
    /// otherwise that the formula exists, ``proveIdentity(_:_:)`` with zero proves more.
    public func isExactlyZero(_ e: Expression) -> Bool {
        guard certainty(e).isDefined, case .proved(let conditions) = proveIdentity(e, zero) else { return false }
        return conditions.isEmpty
    }

    /// What stands under a denominator and may vanish, factor by factor, without branches of cases (they count only
    /// where they are taken) and without formulas of a law's variable.
    private func denominators(in roots: [Expression]) -> [Expression] {
        let open = Set(roots.flatMap { freeVariables(in: $0) })
        var pending: [Expression] = []
        for e in reachable(from: roots, descend: { !isCases($0) }) {
            switch node(e) {
            case .divide(_, let b): pending.append(b)
            case .power(let a, let exponent) where exponent.isNegative: pending.append(a)
            default: break
            }
        }
        var found: Set<Expression> = []
        var seen: Set<Expression> = []
        while let e = pending.popLast() {
            guard seen.insert(e).inserted, !certainty(e).isNonZero else { continue }
            switch node(e) {
            case .multiply(let a, let b): pending += [a, b]
            case .divide(let a, _): pending.append(a)
            case .power(let a, let exponent) where exponent.isPositive: pending.append(a)
            default:
                if freeVariables(in: e).allSatisfy(open.contains), !isNonZeroNumber(e) { found.insert(e) }
            }
        }
        return found.sorted { $0.index < $1.index }
    }

    private func isCases(_ e: Expression) -> Bool {
        if case .cases = node(e) { return true }
        return false
    }

    /// Whether the formula expands to a number other than 0, as (x + 1) - x does.
    private func isNonZeroNumber(_ e: Expression) -> Bool {
        guard let form = try? NormalForms(self).form(of: machineForm(e)), let c = form.constant else { return false }
        return !c.isZero
    }
}
