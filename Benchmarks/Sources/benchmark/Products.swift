import Arithmetic

/// The operands and results of the products of matrices and of series, as values of the public interface: a product
/// allocates its result, and what it needs on the way.
final class Products<E: Enclosure> {
    private let leftMatrix: BallMatrix<E>
    private let rightMatrix: BallMatrix<E>
    private var matrix: BallMatrix<E>
    private let leftSeries: BallSeries<E>
    private let rightSeries: BallSeries<E>
    private var series: BallSeries<E>

    /// The blocks x and y; empty matrices, or series of order 0, for other operations.
    init(_ operation: Operation, _ operands: [Block: [Operand]], bits: Int) {
        let d = operation == .matrixProduct ? Operation.dimension : 0
        leftMatrix = BallMatrix(rows: d, columns: d, bits: bits)
        rightMatrix = BallMatrix(rows: d, columns: d, bits: bits)
        matrix = BallMatrix(rows: d, columns: d, bits: bits)
        for i in 0..<d {
            for j in 0..<d {
                leftMatrix[i, j] = operands[.x]![i * d + j].element(bits: bits)
                rightMatrix[i, j] = operands[.y]![i * d + j].element(bits: bits)
            }
        }
        let order = operation == .seriesProduct ? operation.size - 1 : 0
        leftSeries = BallSeries(order: order, bits: bits)
        rightSeries = BallSeries(order: order, bits: bits)
        series = BallSeries(order: order, bits: bits)
        for j in 0...order {
            leftSeries[j] = operands[.x]![j].element(bits: bits)
            rightSeries[j] = operands[.y]![j].element(bits: bits)
        }
    }

    @inline(__always)
    func multiplyMatrices() { matrix = leftMatrix.times(rightMatrix) }

    @inline(__always)
    func multiplySeries() { series = leftSeries.times(rightSeries) }

    var matrixEntries: [E] {
        (0..<matrix.rows * matrix.columns).map { matrix[$0 / matrix.columns, $0 % matrix.columns] }
    }

    var seriesCoefficients: [E] { (0...series.order).map { series[$0] } }
}
