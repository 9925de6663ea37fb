import Syntax

/// Whether a claim can be solved for its open constants: each comparison holds at most one of them, once, as a factor
/// or a summand, and stands under `and`, `all`, chains and the right side of `implies` only. This makes every
/// comparison affine in its constant.
struct OpenConstantCheck {
    private let claim: ClaimSyntax
    private let source: SourceFile

    init(_ claim: Placed<ClaimSyntax>, source: SourceFile) {
        self.claim = claim.value
        self.source = source
    }

    /// The first error, for these constants.
    func problem(_ open: Set<String>) -> Diagnostic? {
        do throws(Diagnostic) {
            try check(open)
            return nil
        } catch {
            return error
        }
    }

    private func check(_ open: Set<String>) throws(Diagnostic) {
        guard !open.isEmpty else { return }
        let body = claim.conditions
        for case .some(let name, _) in claim.quantifiers {
            let formulas = body.solved + body.other
            if formulas.allSatisfy({ $0.occurrences(of: name.text) == 0 }) {
                throw Diagnostic(
                    "E0701", "'\(name.text)' is quantified but does not occur", file: source.name, span: name.span,
                    remedy: "use it in the claim, or delete 'for some \(name.text)'")
            }
        }
        for formula in body.other {
            if let name = constants(in: formula, open).first { throw unsolvable(name, formula.span) }
        }
        for formula in body.solved { try check(condition: formula, open) }
    }

    private func constants(in e: ExpressionSyntax, _ open: Set<String>) -> [String] {
        open.sorted().filter { e.occurrences(of: $0) > 0 }
    }

    private func unsolvable(_ name: String, _ span: Span) -> Diagnostic {
        Diagnostic(
            "E0703", "cannot solve this comparison for the open constant '\(name)'", file: source.name, span: span,
            remedy: "let '\(name)' enter once, as a factor or a summand")
    }

    private func check(condition e: ExpressionSyntax, _ open: Set<String>) throws(Diagnostic) {
        guard let name = constants(in: e, open).first else { return }
        switch e.kind {
        case .and(let parts):
            for part in parts { try check(condition: part, open) }
        case .quantified(true, let binder, let body):
            for formula in binder.formulas {
                if let name = constants(in: formula, open).first { throw unsolvable(name, formula.span) }
            }
            try check(condition: body, open)
        case .implies(let hypothesis, let conclusion):
            if let name = constants(in: hypothesis, open).first { throw unsolvable(name, hypothesis.span) }
            try check(condition: conclusion, open)
        case .relation(let operands, let relations):
            for (position, relation) in relations.enumerated() {
                try check(relation, operands[position], operands[position + 1], open)
            }
        default:
            throw unsolvable(name, e.span)
        }
    }

    private func check(
        _ relation: Relation, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ open: Set<String>
    ) throws(Diagnostic) {
        let span = left.span.union(right.span)
        let present = open.sorted().filter { left.occurrences(of: $0) + right.occurrences(of: $0) > 0 }
        guard let name = present.first else { return }
        if present.count > 1 {
            throw Diagnostic(
                "E0702", "two open constants in one comparison", file: source.name, span: span,
                remedy: "split it, or make one a parameter")
        }
        switch relation {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: break
        case .equal, .notEqual, .member: throw unsolvable(name, span)
        }
        let counts = [left, right].map { $0.occurrences(of: name) }
        let side = counts[0] > 0 ? left : right
        if counts[0] + counts[1] != 1 || !isAffine(side, in: name) { throw unsolvable(name, span) }
    }

    /// Whether the only occurrence of the constant is reached through sums, products and numerators.
    private func isAffine(_ e: ExpressionSyntax, in name: String) -> Bool {
        var part = e
        while part.occurrences(of: name) > 0 {
            switch part.kind {
            case .name: return true
            case .negate(let a): part = a
            case .binary(.add, let a, let b), .binary(.subtract, let a, let b), .binary(.multiply, let a, let b):
                part = a.occurrences(of: name) > 0 ? a : b
            case .binary(.divide, let a, let b):
                if b.occurrences(of: name) > 0 { return false }
                part = a
            default: return false
            }
        }
        return false
    }
}

extension ClaimSyntax {
    /// The condition that open constants are solved from, and the formulas that may not read them.
    var conditions: (solved: [ExpressionSyntax], other: [ExpressionSyntax]) {
        let hypotheses = given.map { [$0] } ?? []
        switch body {
        case .condition(let c): return ([c], hypotheses)
        case .always(let scope, let condition, let c), .sometime(let scope, let condition, let c):
            return ([c], hypotheses + (scope?.formulas ?? []) + (condition.map { [$0] } ?? []))
        case .at(let moment, let c): return ([c], hypotheses + [moment])
        case .everywhere(let c): return ([c], hypotheses)
        case .identity(let c): return ([], hypotheses + [c])
        case .solution(let a, let b): return ([], hypotheses + [a, b])
        case .symmetry(let pairs): return ([], hypotheses + pairs.flatMap { [$0.0, $0.1] })
        case .monotone(_, let q, let scope): return ([], hypotheses + [q] + (scope?.formulas ?? []))
        case .growth(let q, _, _, let low, let high): return ([], hypotheses + [q, low, high])
        }
    }
}

extension ScopeSyntax {
    var formulas: [ExpressionSyntax] {
        switch self {
        case .interval(let low, let high, _, _, _): [low, high]
        case .stage: []
        }
    }
}
