import Exact

/// A matrix of enclosed entries: the set of all matrices whose entries lie in the balls. Each operation encloses the
/// exact result for every choice of them.
///
///     let a = BallMatrix<Ball>([[2, 1], [1, 3]], bits: 128)
///     let inverse = a.choleskyFactor()?.solve(.identity(2, bits: 128))
///
/// Entries lie row by row in one ``BallVector``.
public struct BallMatrix<Element: Enclosure>: ~Copyable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    @usableFromInline let vector: BallVector<Element>

    /// The zero matrix.
    @inlinable
    public init(rows: Int, columns: Int, bits: Int) {
        precondition(rows >= 0 && columns >= 0, "the sizes of a matrix are not negative")
        self.rows = rows
        self.columns = columns
        vector = BallVector(count: rows * columns, bits: bits)
    }

    /// Encloses the entries, row by row. All rows have the same length.
    @inlinable
    public init(_ entries: [[Rational]], bits: Int) {
        self.init(rows: entries.count, columns: entries.first?.count ?? 0, bits: bits)
        for (i, row) in entries.enumerated() {
            precondition(row.count == columns, "all rows of a matrix have the same length")
            for (j, entry) in row.enumerated() { self[i, j] = Element(entry, bits: bits) }
        }
    }

    /// Ones on the diagonal, exactly.
    @inlinable
    public static func identity(_ size: Int, bits: Int) -> BallMatrix<Element> {
        let result = BallMatrix(rows: size, columns: size, bits: bits)
        for i in 0..<size { result.span.set(i * size + i, to: 1) }
        return result
    }

    /// The precision of the entries.
    @inlinable public var bits: Int { span.bits }
    @inlinable var span: Element.Span { vector.span }

    /// The entry in row i and column j, counted from 0.
    @inlinable
    public subscript(i: Int, j: Int) -> Element {
        get {
            precondition(i >= 0 && i < rows && j >= 0 && j < columns, "an entry lies inside the matrix")
            return span[i * columns + j]
        }
        nonmutating set {
            precondition(i >= 0 && i < rows && j >= 0 && j < columns, "an entry lies inside the matrix")
            span[i * columns + j] = newValue
        }
    }

    /// Rows and columns exchanged, exactly.
    @inlinable
    public func transposed() -> BallMatrix<Element> {
        let result = BallMatrix(rows: columns, columns: rows, bits: bits)
        for i in 0..<rows {
            for j in 0..<columns { result.span.copy(j * rows + i, from: span, i * columns + j) }
        }
        return result
    }

    /// The product; the precision is the higher one.
    ///
    /// - Error: in balls of any precision, that of one dot product per entry, times at most 17/16, and one unit in the
    ///   last place; exact where that one is exact. In doubles, as stated at `DoubleProduct`.
    /// - Domain: an entry without information takes it from every entry of the product that it could reach, also
    ///   through a zero.
    @inlinable
    public func times(_ other: borrowing BallMatrix<Element>) -> BallMatrix<Element> {
        precondition(columns == other.rows, "the inner sizes of a product agree")
        let result = BallMatrix(rows: rows, columns: other.columns, bits: Swift.max(bits, other.bits))
        if let a = span as? Ball.Span, let b = other.span as? Ball.Span, let c = result.span as? Ball.Span {
            c.setMatrixProduct(a, b, rows: rows, inner: columns, columns: other.columns)
            return result
        }
        // Packing does not pay for a few columns.
        if other.columns > 3, let a = span as? DoubleBall.Span, let b = other.span as? DoubleBall.Span,
            let c = result.span as? DoubleBall.Span
        {
            DoubleProduct(rows: rows, inner: columns, columns: other.columns).multiply(c, a, b)
        } else {
            multiplyByDots(other, into: result.span)
        }
        return result
    }

    /// One dot product per entry, over a transposed copy of `other` and one row of self after it.
    @inlinable
    func multiplyByDots(_ other: borrowing BallMatrix<Element>, into result: Element.Span) {
        let row = columns * other.columns
        let work = BallVector<Element>(count: row + columns + 1, bits: result.bits)
        for l in 0..<columns {
            for j in 0..<other.columns { work.span.set(j * columns + l, from: other.span, l * other.columns + j) }
        }
        for i in 0..<rows {
            for l in 0..<columns { work.span.set(row + l, from: span, i * columns + l) }
            for j in 0..<other.columns {
                work.span.dot(row + columns, row, j * columns, count: columns)
                result.copy(i * other.columns + j, from: work.span, row + columns)
            }
        }
    }
}

extension EnclosureSpan {
    /// self[i] = other[j], rounded outward if the precisions differ.
    @inlinable
    func set(_ i: Int, from other: Self, _ j: Int) {
        if bits == other.bits { copy(i, from: other, j) } else { self[i] = other[j] }
    }
}
