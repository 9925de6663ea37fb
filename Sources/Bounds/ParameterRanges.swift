import Exact
import Symbolic
import Syntax

/// The ranges of the parameters, read from the conditions on each of them alone.
struct ParameterRanges {
    let names: NameTable
    let dependencies: Dependencies

    /// What `where` and `assume` say about the parameter alone, when the parameters in `known` have these values. Hypotheses
    /// that are `dropped` say nothing.
    func range(
        of parameter: String, given known: [String: Rational], without dropped: Set<Hypothesis> = []
    ) -> ParameterRange {
        var range = ParameterRange()
        let elaborator = elaborator(known)
        for declaration in names.contents.parameters where declaration.name.text == parameter {
            guard let condition = declaration.condition else { continue }
            bound(&range, parameter, condition, elaborator, Scope(file: declaration.place.file))
        }
        for assumption in names.contents.assumptions
        where !dropped.contains(.assumption(assumption.value.name.text)) {
            bound(&range, parameter, assumption.value.condition, elaborator, Scope(file: assumption.place.file))
        }
        return range
    }

    private func bound(
        _ range: inout ParameterRange, _ name: String, _ condition: ExpressionSyntax, _ elaborator: Elaborator,
        _ scope: Scope
    ) {
        if case .and(let parts) = condition.kind {
            for part in parts { bound(&range, name, part, elaborator, scope) }
        }
        if case .call("divides", _, let arguments) = condition.kind, arguments.count == 2,
            case .name(name) = arguments[1].kind, !arguments[0].mentionedNames.contains(name),
            let divisor = (try? elaborator.number(arguments[0], scope)).flatMap(elaborator.exactValue),
            divisor.isInteger, !divisor.isZero
        {
            range.keep(multiplesOf: divisor)
        }
        guard case .relation(let operands, let relations) = condition.kind else { return }
        func value(_ e: ExpressionSyntax) -> Rational? {
            guard !e.mentionedNames.contains(name) else { return nil }
            return (try? elaborator.number(e, scope)).flatMap(elaborator.exactValue)
        }
        for (position, relation) in relations.enumerated() {
            let (left, right) = (operands[position], operands[position + 1])
            if case .name(name) = left.kind {
                if relation == .member, let values = try? elaborator.numbers(in: right, scope) { range.keep(values) }
                if let value = value(right) { range.narrow(relation, value) }
            }
            if case .name(name) = right.kind, relation != .member, let value = value(left) {
                range.narrow(relation.mirrored, value)
            }
        }
    }

    /// One that knows these values.
    func elaborator(_ known: [String: Rational]) -> Elaborator {
        let elaborator = Elaborator(names: names, dependencies: dependencies)
        for (name, value) in known { elaborator.parameters[name] = elaborator.graph.constant(value) }
        return elaborator
    }
}

extension ParameterRange {
    fileprivate mutating func narrow(_ relation: Relation, _ value: Rational) {
        switch relation {
        case .less, .lessOrEqual: cut(value, strict: relation == .less)
        case .greater, .greaterOrEqual: raise(value, strict: relation == .greater)
        case .equal: keep([value])
        case .notEqual, .member: break
        }
    }
}

extension Relation {
    fileprivate var mirrored: Relation {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .notEqual, .member: self
        }
    }
}
