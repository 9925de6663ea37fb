import Exact
import Symbolic
import Syntax

extension Elaborator {
    /// The integral of q from 0 to t, or its sum over the steps before t: one more state, which starts at 0, and which
    /// nothing reads but claims.
    func total(of q: Expression, _ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Expression {
        if let known = knownTotals[q] { return known }
        guard let starts, field != nil || map != nil else { throw unsupported("'total' in the dynamics", e.span, scope) }
        for symbol in graph.symbols(in: q) {
            switch symbol {
            case .state, .time, .parameter, .stage: continue
            case .moment(let name): throw unsupported("'total' of a formula that reads '\(name)'", e.span, scope)
            case .open, .bound: throw unsupported("'total' of a formula with a bound name", e.span, scope)
            }
        }
        let total = graph.symbol(.state(starts.count))
        self.starts = starts + [graph.zero]
        knownTotals[q] = total
        totals.append((names.contents.source(scope.file).text(e.span), total))
        field?.append(q)
        map?.append(graph.add(total, q))
        return total
    }
}
