import Exact
import Symbolic
import Syntax

extension Elaborator {
    /// The largest singular value, in closed form for matrices with at most two rows or two columns.
    ///
    /// - Source: the larger eigenvalue of [[a, b], [b, d]], the Gram matrix of the two rows or columns, is
    ///   (a + d + sqrt((a - d)^2 + 4 b^2))/2.
    func spectralNorm(_ matrix: IndexedArray, _ span: Span, _ scope: Scope) throws(Failure) -> Expression {
        let entries = try numbers(matrix.entries, span, scope)
        let shape = matrix.axes.map(\.count)
        guard shape.count == 2 else {
            throw wrong(
                "expected a matrix, found \(matrix.description)", "E0401", span, scope, remedy: "write norm(...) for a vector")
        }
        guard let short = shape.min(), short <= 2 else {
            throw unsupported("'opnorm' of a matrix of more than two rows and columns", span, scope)
        }
        // The rows, or the columns if there are fewer of them.
        let isWide = shape[0] == short
        let lines = (0..<short).map { line in
            (0..<(entries.count / short)).map { isWide ? entries[line * shape[1] + $0] : entries[$0 * shape[1] + line] }
        }
        func product(_ i: Int, _ j: Int) -> Expression {
            sum(zip(lines[i], lines[j]).map { $0 == $1 ? graph.power($0, 2) : graph.multiply($0, $1) })
        }
        guard short == 2 else { return graph.apply(.sqrt, product(0, 0)) }
        let (a, b, d) = (product(0, 0), product(0, 1), product(1, 1))
        let discriminant = graph.add(
            graph.power(graph.subtract(a, d), 2), graph.multiply(graph.constant(4), graph.power(b, 2)))
        let double = graph.add(graph.add(a, d), graph.apply(.sqrt, discriminant))
        return graph.apply(.sqrt, graph.multiply(graph.constant(Rational(1, 2)), double))
    }
}
