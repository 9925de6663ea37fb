import Exact
import Symbolic
import Syntax

/// Entries, entrywise operations and linear algebra.
extension Elaborator {
    func element(
        of base: ExpressionSyntax, _ indices: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        let array = try array(base, scope)
        guard indices.count == array.axes.count else {
            throw wrong(
                "\(array.description) takes \(array.axes.count) ind\(array.axes.count == 1 ? "ex" : "ices"), here \(indices.count)",
                "E0404", e.span, scope, remedy: "give one for each index set; a colon takes a whole row or column, W[1, :]")
        }
        var positions: [Int?] = []
        for (axis, index) in zip(array.axes, indices) {
            if case .wholeRange = index.kind {
                positions.append(nil)
                continue
            }
            guard let value = exactValue(try number(index, scope)) else {
                throw unsupported("an index that is not an exact number", index.span, scope)
            }
            guard let position = axis.firstIndex(of: value) else {
                throw wrong(
                    "index \(value.shortText) is outside \(Self.text(axis))", "E0403", index.span, scope,
                    remedy: "use an index of the set, or correct the data")
            }
            positions.append(position)
        }
        let (axes, entries) = array.slice(positions)
        return axes.isEmpty ? entries[0] : .array(IndexedArray(axes: axes, entries: entries))
    }

    /// `1..7`, or the numbers themselves.
    private static func text(_ axis: [Rational]) -> String {
        guard let first = axis.first, let last = axis.last else { return "an empty set" }
        let isRange = first.isInteger && axis.indices.allSatisfy { axis[$0] == first + Rational($0) }
        if isRange { return "\(first)..\(last)" }
        return "{" + axis.prefix(8).map(\.shortText).joined(separator: ", ") + (axis.count > 8 ? ", ..." : "") + "}"
    }

    func entrywise(
        _ value: Value, _ span: Span, _ scope: Scope, _ operation: (Expression) throws(Failure) -> Expression
    ) throws(Failure) -> Value {
        switch value {
        case .number(let x): return .number(try operation(x))
        case .array(let array):
            var entries: [Expression] = []
            for x in try numbers(array.entries, span, scope) { entries.append(try operation(x)) }
            return .array(IndexedArray(axes: array.axes, numbers: entries))
        case .condition, .set:
            throw wrong(
                "expected a number, found \(value.description)", "E0402", span, scope, remedy: value.remedyForNumber)
        }
    }

    /// The sum or difference of two arrays of the same shape.
    func combineEntrywise(
        _ a: IndexedArray, _ b: IndexedArray, _ op: BinaryOperator, _ span: Span, _ scope: Scope
    ) throws(Failure) -> IndexedArray {
        let (x, y) = try sameShape(a, b, span, scope)
        return IndexedArray(
            axes: a.axes, numbers: zip(x, y).map { op == .add ? graph.add($0, $1) : graph.subtract($0, $1) })
    }

    private func sameShape(
        _ a: IndexedArray, _ b: IndexedArray, _ span: Span, _ scope: Scope
    ) throws(Failure) -> ([Expression], [Expression]) {
        guard a.shape == b.shape else {
            throw wrong(
                "the sizes do not agree: \(a.description), \(b.description)", "E0401", span, scope,
                remedy: "make the index sets equal")
        }
        return (try numbers(a.entries, span, scope), try numbers(b.entries, span, scope))
    }

    /// Matrix times vector, and matrix times matrix.
    func product(_ a: IndexedArray, _ b: IndexedArray, _ span: Span, _ scope: Scope) throws(Failure) -> IndexedArray {
        guard a.axes.count == 2, b.axes.count <= 2, a.axes[1].count == b.axes[0].count else {
            let areVectors = a.axes.count == 1 && b.axes.count == 1
            throw wrong(
                "\(a.description) times \(b.description) has no meaning", "E0401", span, scope,
                remedy: areVectors ? "write dot(a, b)" : "a matrix has as many columns as what follows has rows")
        }
        let (x, y) = (try numbers(a.entries, span, scope), try numbers(b.entries, span, scope))
        let (rows, inner) = (a.axes[0].count, a.axes[1].count)
        let columns = b.axes.count == 2 ? b.axes[1].count : 1
        try countTerms(rows * inner * columns, span, scope)
        var entries: [Expression] = []
        for i in 0..<rows {
            for k in 0..<columns {
                entries.append(sum((0..<inner).map { graph.multiply(x[i * inner + $0], y[$0 * columns + k]) }))
            }
        }
        return IndexedArray(axes: [a.axes[0]] + b.axes.dropFirst(), numbers: entries)
    }

    func sum(_ terms: [Expression]) -> Expression { terms.reduce(graph.zero) { graph.add($0, $1) } }

    // MARK: Functions

    func apply(
        _ function: Vocabulary.ArrayFunction, _ arguments: [ExpressionSyntax], _ e: ExpressionSyntax, _ scope: Scope
    ) throws(Failure) -> Value {
        switch function {
        case .dot:
            let (a, b) = (try array(arguments[0], scope), try array(arguments[1], scope))
            let (x, y) = try sameShape(a, b, e.span, scope)
            return .number(sum(zip(x, y).map { graph.multiply($0, $1) }))
        case .outer:
            let (a, b) = (try array(arguments[0], scope), try array(arguments[1], scope))
            let (x, y) = (try numbers(a.entries, e.span, scope), try numbers(b.entries, e.span, scope))
            try countTerms(x.count * y.count, e.span, scope)
            return .array(
                IndexedArray(axes: a.axes + b.axes, numbers: x.flatMap { left in y.map { graph.multiply(left, $0) } }))
        case .norm:
            let entries = try numbers(try array(arguments[0], scope).entries, e.span, scope)
            return .number(graph.apply(.sqrt, sum(entries.map { graph.power($0, 2) })))
        case .spectralNorm:
            return .number(try spectralNorm(try array(arguments[0], scope), e.span, scope))
        case .trace:
            let (entries, n) = try square(arguments[0], scope)
            return .number(sum((0..<n).map { entries[$0 * n + $0] }))
        case .determinant:
            let (entries, n) = try square(arguments[0], scope)
            guard n <= Self.largestDeterminant else {
                throw unsupported("a determinant of more than \(Self.largestDeterminant) rows", e.span, scope)
            }
            return .number(determinant(entries, n, rows: 0, columns: Array(0..<n)))
        case .transpose:
            let a = try array(arguments[0], scope)
            guard a.axes.count == 2 else {
                throw wrong(
                    "expected a matrix, found \(a.description)", "E0401", e.span, scope,
                    remedy: "write matrix(i in I, j in J) e, or a table with two index sets")
            }
            let (m, n) = (a.axes[0].count, a.axes[1].count)
            let entries = (0..<n).flatMap { j in (0..<m).map { i in a.entries[i * n + j] } }
            return .array(IndexedArray(axes: [a.axes[1], a.axes[0]], entries: entries))
        case .identity:
            guard let n = exactValue(try number(arguments[0], scope))?.asInt, 1...1000 ~= n else {
                throw wrong(
                    "the size of 'eye' is an integer from 1 to 1000", "E0401", e.span, scope, remedy: "write eye(3)")
            }
            try countTerms(n * n, e.span, scope)
            let axis = (1...n).map { Rational($0) }
            let entries = (0..<n * n).map { $0 / n == $0 % n ? graph.one : graph.zero }
            return .array(IndexedArray(axes: [axis, axis], numbers: entries))
        case .length:
            return .number(graph.constant(try array(arguments[0], scope).entries.count))
        case .distinct:
            var seen: Set<Value> = []
            return .set(try array(arguments[0], scope).entries.filter { seen.insert($0).inserted })
        }
    }

    /// Expanded along its rows a determinant has n! terms.
    private static let largestDeterminant = 6

    private func square(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> ([Expression], Int) {
        let a = try array(e, scope)
        guard a.axes.count == 2, a.axes[0].count == a.axes[1].count else {
            throw wrong(
                "expected a square matrix, found \(a.description)", "E0401", e.span, scope,
                remedy: "give as many rows as columns")
        }
        return (try numbers(a.entries, e.span, scope), a.axes[0].count)
    }

    private func determinant(_ entries: [Expression], _ n: Int, rows: Int, columns: [Int]) -> Expression {
        guard rows < n else { return graph.one }
        return sum(
            columns.enumerated().map { position, column in
                let rest = columns.filter { $0 != column }
                let minor = graph.multiply(
                    entries[rows * n + column], determinant(entries, n, rows: rows + 1, columns: rest))
                return position % 2 == 0 ? minor : graph.negate(minor)
            })
    }
}
