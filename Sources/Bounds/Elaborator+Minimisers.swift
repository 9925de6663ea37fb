import Exact
import Symbolic
import Syntax

/// The multipliers of one constraint at the minimum.
struct Multipliers {
    let minimiser: String
    let values: [[Rational]: Rational]
    /// Whether the minimum has no others.
    let areUnique: Bool
}

/// Quadratic programs: solved exactly before the run, their entries are constants.
extension Elaborator {
    private static let linear = "write sums of multiples of the entries"
    private static let quadratic = "write squares and products of the entries, and linear terms"

    /// Entries of a minimiser, and constraints on it.
    private static let mostRows = 400

    /// Solves every minimiser, each after those that it reads. Parameters, data and draws are known.
    func minimise() throws(Failure) {
        for name in dependencies.order {
            if let declaration = dependencies.minimisers[name] { try minimise(declaration) }
        }
    }

    private func minimise(_ declaration: MinimiserDeclaration) throws(Failure) {
        let name = declaration.name
        let scope = Scope(file: declaration.place.file)
        let axes = try axes(declaration.dimensions, scope)
        var count = 1
        for axis in axes { count = min(count * axis.count, Self.mostRows + 1) }
        guard count <= Self.mostRows else {
            throw unsupported("a minimiser of more than \(Self.mostRows) entries", name.span, scope)
        }
        // While its own formulas are read the entries are symbols; no name that an author can write has brackets.
        let symbols = (0..<count).map { Symbol.open("\(name.text)[\($0)]") }
        let variables = Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, $0) })
        tables[name.text] = .array(IndexedArray(axes: axes, numbers: symbols.map { graph.symbol($0) }))
        let form = try number(declaration.objective, scope)
        let objective = try polynomial(declaration.objective, form, variables, "E0609", scope) {
            "the objective of '\(name.text)' is not quadratic in its entries"
        }
        var rows: [(constraint: String, index: [Rational], row: QuadraticProgram.Constraint)] = []
        for constraint in declaration.constraints {
            try forEachMember(of: constraint.binder, scope) { (inner) throws(Failure) in
                let index = try self.index(constraint, inner)
                if rows.contains(where: { $0.constraint == constraint.name.text && $0.index == index }) {
                    throw self.wrong("\(constraint.text(index)) is stated twice", "E0616", constraint.name.span, inner,
                        remedy: "use a set without repetitions")
                }
                guard rows.count < Self.mostRows else {
                    throw self.unsupported("a minimiser with more than \(Self.mostRows) constraints", name.span, inner)
                }
                rows.append((constraint.name.text, index, try self.row(constraint, index, variables, inner)))
            }
        }
        let solution = try solve(objective, count, rows.map(\.row), declaration)
        tables[name.text] = .array(IndexedArray(axes: axes, numbers: solution.point.map { graph.constant($0) }))
        for constraint in declaration.constraints {
            let own = rows.indices.filter { rows[$0].constraint == constraint.name.text }
            multipliers[constraint.name.text] = Multipliers(
                minimiser: name.text,
                values: Dictionary(uniqueKeysWithValues: own.map { (rows[$0].index, solution.multipliers[$0]) }),
                areUnique: solution.hasUniqueMultipliers)
        }
    }

    private func solve(
        _ objective: QuadraticPolynomial, _ count: Int, _ rows: [QuadraticProgram.Constraint],
        _ declaration: MinimiserDeclaration
    ) throws(Failure) -> QuadraticProgram.Solution {
        var hessian = Array(repeating: Array(repeating: Rational.zero, count: count), count: count)
        for (pair, coefficient) in objective.quadratic {
            hessian[pair.first][pair.second] += coefficient
            hessian[pair.second][pair.first] += coefficient
        }
        let slope = (0..<count).map { objective.linear[$0] ?? .zero }
        let name = declaration.name
        let scope = Scope(file: declaration.place.file)
        do throws(QuadraticProgram.Failure) {
            return try QuadraticProgram(hessian: hessian, slope: slope, constraints: rows).solve()
        } catch {
            switch error {
            case .notPositiveDefinite:
                throw wrong(
                    "the objective of '\(name.text)' is not positive definite", "E0610", declaration.objective.span,
                    scope, remedy: "add a square of every entry")
            case .infeasible:
                throw wrong(
                    "nothing meets the constraints of '\(name.text)'", "E0613", name.span, scope,
                    remedy: "drop one, or check the direction of each")
            }
        }
    }

    // MARK: Constraints

    private func index(_ constraint: ConstraintSyntax, _ scope: Scope) throws(Failure) -> [Rational] {
        var index: [Rational] = []
        for dimension in constraint.dimensions {
            guard let name = dimension.name, case .number(let e)? = scope.local[name.text], let value = exactValue(e)
            else {
                throw wrong(
                    "expected a set of numbers, found tuples", "E0402", dimension.set.span, scope,
                    remedy: "write an index for each entry: [i in I, j in I]")
            }
            index.append(value)
        }
        return index
    }

    /// a - b >= 0 for a >= b, b - a >= 0 for a <= b, a - b = 0 for a = b.
    private func row(
        _ constraint: ConstraintSyntax, _ index: [Rational], _ variables: [Symbol: Int], _ scope: Scope
    ) throws(Failure) -> QuadraticProgram.Constraint {
        guard case .relation(let sides, let relations) = constraint.relation.kind, sides.count == 2 else {
            throw unsupported("this constraint", constraint.relation.span, scope)
        }
        let (a, b) = (try number(sides[0], scope), try number(sides[1], scope))
        let difference = relations[0] == .lessOrEqual ? graph.subtract(b, a) : graph.subtract(a, b)
        func text() -> String { "\(constraint.text(index)) is not linear" }
        let form = try polynomial(constraint.relation, difference, variables, "E0611", scope, text)
        guard form.isLinear else { throw wrong(text(), "E0611", constraint.relation.span, scope, remedy: Self.linear) }
        return QuadraticProgram.Constraint(
            normal: form.linear, bound: -form.constant, isEquality: relations[0] == .equal)
    }

    private func polynomial(
        _ syntax: ExpressionSyntax, _ e: Expression, _ variables: [Symbol: Int], _ id: String, _ scope: Scope,
        _ text: () -> String
    ) throws(Failure) -> QuadraticPolynomial {
        do throws(QuadraticPolynomial.Obstacle) {
            return try QuadraticPolynomial(e, in: graph, variables: variables)
        } catch {
            switch error {
            case .degree:
                throw wrong(text(), id, syntax.span, scope, remedy: id == "E0611" ? Self.linear : Self.quadratic)
            case .inexact:
                throw wrong(
                    "a quadratic program needs exact rational numbers", "E0612", syntax.span, scope,
                    remedy: "no roots, no functions: write rational numbers near them")
            case .length: throw unsupported("a formula of more than 1000000 terms", syntax.span, scope)
            }
        }
    }

    // MARK: Multipliers

    /// `dual(margin[1, 2])`
    func multiplier(of e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Expression {
        guard case .subscripted(let base, let indices) = e.kind, case .name(let name) = base.kind,
            let known = multipliers[name]
        else { throw unsupported("'dual' of this form", e.span, scope) }
        var index: [Rational] = []
        for part in indices {
            guard let value = exactValue(try number(part, scope)) else {
                throw unsupported("an index that is not an exact number", part.span, scope)
            }
            index.append(value)
        }
        guard let value = known.values[index] else {
            let list = index.map(\.shortText).joined(separator: ", ")
            throw wrong(
                "there is no constraint \(name)[\(list)]", "E0403", e.span, scope,
                remedy: "use an index that its sets and its 'where' allow")
        }
        guard known.areUnique else {
            throw wrong(
                "the multipliers of '\(known.minimiser)' may not be unique: its active constraints are "
                    + "linearly dependent", "E0615", e.span, scope,
                remedy: "ask for the entries instead: they are unique")
        }
        return graph.constant(value)
    }
}

extension ConstraintSyntax {
    /// The indices and the filter as a binder: a set may depend on the indices before it.
    fileprivate var binder: Binder {
        Binder(
            dimensions.compactMap { dimension in
                dimension.name.map { .member(name: $0.text, nameSpan: $0.span, set: dimension.set) }
            }, condition: condition, span: name.span)
    }

    /// `the constraint margin[1, 2]`
    fileprivate func text(_ index: [Rational]) -> String {
        "the constraint \(name.text)[\(index.map(\.shortText).joined(separator: ", "))]"
    }
}
