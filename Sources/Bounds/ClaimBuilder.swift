import Exact
import Symbolic
import Syntax

/// Turns one claim into formulas; what is not supported becomes an obstacle of this claim alone.
struct ClaimBuilder {
    let elaborator: Elaborator
    let claim: ClaimSyntax
    let scope: Scope
    private let feature: Feature?
    var graph: Graph { elaborator.graph }

    init(_ builder: ProblemBuilder, _ claim: Placed<ClaimSyntax>, _ feature: Feature?) {
        elaborator = builder.elaborator
        self.claim = claim.value
        self.feature = feature
        var scope = Scope(file: claim.place.file)
        for case .some(let name, _) in claim.value.quantifiers {
            scope.local[name.text] = .number(builder.graph.symbol(.open(name.text)))
        }
        self.scope = scope
    }

    /// The claim, and what is wrong with its text. Where its hypothesis is false, nothing is: a formula may have no
    /// meaning for other parameters.
    func build() -> (claim: Claim, mistake: Failure?) {
        if let feature { return (obstacle(feature.text), nil) }
        do throws(Failure) {
            return (try elaborated(), nil)
        } catch {
            let given = try? condition(claim.given)
            if let given, elaborator.exactTruth(given) == false {
                return (Claim(id: claim.id.text, given: given, body: .unsupported(error.text), open: [], boxes: []), nil)
            }
            if case .invalid(_, let id, _, _, _) = error, Self.mistakes.contains(id) { return (obstacle(error.text), error) }
            return (obstacle(error.text), nil)
        }
    }

    /// Shapes, kinds, indices and numbers of arguments. What else a formula may lack is an obstacle of its claim.
    private static let mistakes: Set<String> = ["E0401", "E0402", "E0403", "E0404", "E0803"]

    private func elaborated() throws(Failure) -> Claim {
        let given = try condition(claim.given)
        let body = try body()
        let (open, boxes) = try (openConstants(), self.boxes())
        if let text = unsolvable(body) { return obstacle(text) }
        return Claim(id: claim.id.text, given: given, body: body, open: open, boxes: boxes)
    }

    private func obstacle(_ text: String) -> Claim {
        Claim(id: claim.id.text, given: nil, body: .unsupported(text), open: [], boxes: [])
    }

    private func number(_ e: ExpressionSyntax) throws(Failure) -> Expression { try elaborator.number(e, scope) }
    private func condition(_ e: ExpressionSyntax) throws(Failure) -> Condition { try elaborator.condition(e, scope) }

    private func condition(_ e: ExpressionSyntax?) throws(Failure) -> Condition? {
        guard let e else { return nil }
        return try elaborator.condition(e, scope)
    }

    private func body() throws(Failure) -> Claim.Body {
        switch claim.body {
        case .condition(let c): return .condition(try condition(c))
        case .identity(let c):
            guard c.readsMomentValues(elaborator.dependencies.definitions) else { return .identity(try equations(c, scope)) }
            return .identity(try elaborator.withAtoms { () throws(Failure) in try self.equations(c, self.scope) })
        case .always(let interval, let condition, let c):
            return .always(try self.interval(interval), while: try self.condition(condition), try self.condition(c))
        case .sometime(let interval, let condition, let c):
            return .sometime(try self.interval(interval), while: try self.condition(condition), try self.condition(c))
        case .monotone(let increasing, let q, let interval):
            return .monotone(increasing: increasing, try number(q), try self.interval(interval))
        case .at(let moment, let c): return .at(try number(moment), try condition(c))
        case .growth(let q, let parameter, let family, let low, let high):
            return .growth(
                Claim.Growth(
                    quantity: try number(q), parameter: parameter.text, family: family.text, lower: try number(low),
                    upper: try number(high)))
        case .everywhere(let c): return .everywhere(try closed(condition(c)))
        case .solution(let state, let e): return .solution(try distinct(replacements(state, e, scope)))
        case .symmetry(let pairs): return .symmetry(try symmetry(pairs))
        }
    }

    /// A statement about all states is not solved for constants.
    private func closed(_ condition: Condition) throws(Failure) -> Condition {
        if let name = claim.quantifiers.openNames.first {
            throw elaborator.unsupported("an open constant ('\(name)') under 'everywhere'", claim.bodySpan, scope)
        }
        return condition
    }

    /// Without a scope: the whole run.
    private func interval(_ interval: ScopeSyntax?) throws(Failure) -> Claim.Interval {
        switch interval {
        case .interval(let low, let high, let openStart, let openEnd, _):
            let (start, end) = (try number(low), try number(high))
            return Claim.Interval(
                start: start, end: end, openStart: openStart, openEnd: openEnd,
                stage: elaborator.stage(from: start, to: end))
        case .stage(let name):
            return Claim.Interval(
                start: elaborator.start(ofStage: name.text), end: elaborator.end(ofStage: name.text), openStart: false,
                openEnd: false, stage: elaborator.position(ofStage: name.text))
        case nil:
            return Claim.Interval(start: graph.zero, end: graph.symbol(.moment("end")), openStart: false, openEnd: false)
        }
    }

    /// a = b = c is two equations; `all` and `and` collect theirs.
    private func equations(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> [(Expression, Expression)] {
        var result: [(Expression, Expression)] = []
        switch e.kind {
        case .relation(let operands, _):
            let sides = try elaborator.numbers(operands, scope)
            result = Array(zip(sides, sides.dropFirst()))
        case .and(let parts):
            for part in parts { result += try equations(part, scope) }
        case .quantified(true, let binder, let body):
            try elaborator.forEachMember(of: binder, scope) { (inner) throws(Failure) in
                result += try self.equations(body, inner)
            }
        default:
            throw elaborator.unsupported("an identity of this form", e.span, scope)
        }
        return result
    }

    // MARK: Quantifiers

    private func openConstants() throws(Failure) -> [Claim.OpenConstant] {
        var result: [Claim.OpenConstant] = []
        for case .some(let name, let condition) in claim.quantifiers {
            result.append(Claim.OpenConstant(name: name.text, condition: try self.condition(condition)))
        }
        return result
    }

    private func boxes() throws(Failure) -> [Claim.ParameterBox] {
        var result: [Claim.ParameterBox] = []
        for case .all(let name, let low, let high) in claim.quantifiers {
            guard let lower = elaborator.exactValue(try number(low)), let upper = elaborator.exactValue(try number(high)) else {
                throw elaborator.unsupported("a box whose ends are not exact constants", name.span, scope)
            }
            guard lower <= upper else {
                throw .invalid(
                    "the box of '\(name.text)' is empty: [\(lower.shortText), \(upper.shortText)]", file: scope.file,
                    span: name.span)
            }
            try checkEnds(name, [lower, upper])
            result.append(Claim.ParameterBox(parameter: name.text, lower: lower, upper: upper))
        }
        return result
    }

    /// The ends of a box must be values that the parameter may have, beside the other parameters of the instance.
    private func checkEnds(_ name: Identifier, _ ends: [Rational]) throws(Failure) {
        for parameter in elaborator.names.contents.parameters {
            guard let syntax = parameter.condition, syntax.occurrences(of: name.text) > 0 else { continue }
            var inner = Scope(file: parameter.place.file)
            for end in ends {
                inner.local[name.text] = .number(graph.constant(end))
                if elaborator.exactTruth(try elaborator.condition(syntax, inner)) == false {
                    throw .invalid(
                        "'where' of '\(parameter.name.text)' fails on the box of 'for all', at \(name.text) = \(end.shortText)",
                        file: scope.file, span: name.span)
                }
            }
        }
    }

    /// The static rule makes every comparison affine in its constant; this is the same fact about the formulas.
    private func unsolvable(_ body: Claim.Body) -> String? {
        let condition: Condition
        switch body {
        case .condition(let c), .always(_, _, let c), .sometime(_, _, let c), .at(_, let c): condition = c
        case .identity, .monotone, .growth, .everywhere, .solution, .symmetry, .unsupported: return nil
        }
        for (left, right) in condition.comparisons {
            let difference = graph.subtract(right, left)
            for symbol in graph.symbols(in: difference) {
                guard case .open(let name) = symbol else { continue }
                if graph.symbols(in: graph.derivative(of: difference, by: symbol)).contains(symbol) {
                    return "a comparison that is not affine in '\(name)' is not supported yet"
                }
            }
        }
        return nil
    }
}

extension Condition {
    /// Both sides of every comparison.
    var comparisons: [(Expression, Expression)] {
        switch self {
        case .truth: []
        case .compare(_, let a, let b): [(a, b)]
        case .not(let c): c.comparisons
        case .and(let parts), .or(let parts): parts.flatMap(\.comparisons)
        case .implies(let a, let b): a.comparisons + b.comparisons
        }
    }
}
