import Exact
import Symbolic
import Syntax

/// A formula at a moment other than the start: a number that the run encloses once the moment is known.
public struct MomentValue: Sendable {
    /// Its symbol is `.moment(name)`; the name is the formula as written, with a number where several are written alike.
    public let name: String
    public let quantity: Expression
    /// A formula of parameters and moments.
    public let moment: Expression
}

extension Elaborator {
    /// q@T, entry by entry for an array.
    func value(
        _ q: ExpressionSyntax, at moment: ExpressionSyntax, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        let time = try number(moment, scope)
        return try entrywise(try value(q, scope), e.span, scope) { (x) throws(Failure) in
            try self.value(of: x, at: time, e, scope)
        }
    }

    /// At the start a formula of the start's formulas; at any other moment, and wherever `@` is a free atom, a symbol.
    private func value(
        of x: Expression, at time: Expression, _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Expression {
        let symbols = graph.symbols(in: x)
        guard symbols.contains(where: { if case .state = $0 { true } else { $0 == .time } }) else { return x }
        guard let starts else { throw unsupported("'@' in the start of a state", e.span, scope) }
        if graph.constant(time)?.isZero ?? false, !momentsAreAtoms {
            return graph.substitute(x, graph.origin(starts))
        }
        if symbols.contains(where: { if case .bound = $0 { true } else { false } }) {
            throw unsupported("'@' under a law", e.span, scope)
        }
        return graph.symbol(.moment(momentValue(of: x, at: time, text: names.contents.source(scope.file).text(e.span))))
    }
}

extension Graph {
    /// What formulas read at the start of a run.
    func origin(_ starts: [Expression]) -> [Symbol: Expression] {
        var origin: [Symbol: Expression] = [.time: zero, .stage: zero]
        for (position, start) in starts.enumerated() { origin[.state(position)] = start }
        return origin
    }
}

extension ExpressionSyntax {
    /// Whether `@` occurs, in the formula or in a definition that it uses.
    func readsMomentValues(_ definitions: [String: Definition]) -> Bool {
        var (pending, seen) = ([self], Set<String>())
        while let formula = pending.popLast() {
            var found = false
            formula.visit { part in
                switch part.kind {
                case .at: found = true
                case .name(let name), .call(let name, _, _):
                    if let definition = definitions[name], seen.insert(name).inserted { pending.append(definition.body) }
                default: break
                }
            }
            if found { return true }
        }
        return false
    }
}
