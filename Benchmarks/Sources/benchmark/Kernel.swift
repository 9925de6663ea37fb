import Arithmetic

/// Our side of a row, by the public interface: the blocks x, y, z, w of `size` elements each, as in Peers.
///
/// Called with a concrete element type, so that the compiler specialises the loops as it would in a user's program.
final class Kernel<E: Enclosure> {
    private let operation: Operation
    private let vector: BallVector<E>
    private let products: Products<E>

    /// - Parameter operands: of the blocks x, y and w.
    init(_ operation: Operation, _ operands: [Block: [Operand]], bits: Int) {
        self.operation = operation
        vector = BallVector(count: 4 * operation.size, bits: bits)
        products = Products(operation, operands, bits: bits)
        for (block, operands) in operands {
            for (i, operand) in operands.enumerated() {
                vector.span[block.rawValue * operation.size + i] = operand.element(bits: bits)
            }
        }
    }

    /// The results, after a pass.
    var results: [E] {
        switch operation {
        case .matrixProduct: products.matrixEntries
        case .seriesProduct: products.seriesCoefficients
        default: (0..<operation.resultCount).map { vector.span[2 * operation.size + $0] }
        }
    }

    /// z = w: before each batch.
    func reset() {
        let n = operation.size
        for i in 0..<n { vector.span.copy(2 * n + i, from: vector.span, 3 * n + i) }
    }

    @inline(__always)
    func run(passes: Int) {
        let span = vector.span
        let n = operation.size
        let (y, z, w) = (n, 2 * n, 3 * n)
        switch operation {
        case .add: each(passes) { span.add(z + $0, $0, y + $0) }
        case .multiply: each(passes) { span.multiply(z + $0, $0, y + $0) }
        case .addProduct: each(passes) { span.addProduct(z + $0, $0, y + $0) }
        case .divide: each(passes) { span.divide(z + $0, $0, y + $0) }
        case .squareRoot: each(passes) { span.squareRoot(z + $0, $0) }
        case .exp: each(passes) { span.exp(z + $0, $0) }
        case .log: each(passes) { span.log(z + $0, $0) }
        case .tanh: each(passes) { span[z + $0] = span[$0].tanh() }
        case .sigmoid: each(passes) { span[z + $0] = span[$0].sigmoid() }
        case .dot30, .dot100: each(passes) { _ in span.dot(z, 0, y, count: n) }
        case .matrixProduct: each(passes) { _ in products.multiplyMatrices() }
        case .seriesProduct: each(passes) { _ in products.multiplySeries() }
        case .seriesExp: each(passes) { _ in seriesExp(span, z, weighted: w) }
        }
    }

    @inline(__always)
    private func each(_ passes: Int, _ body: (Int) -> Void) {
        for _ in 0..<passes {
            for i in 0..<operation.repeats { body(i) }
        }
    }

    @inline(__always)
    private func seriesExp(_ span: E.Span, _ z: Int, weighted w: Int) {
        span.exp(z, 0)
        for j in 1..<operation.size {
            span.weightedCoefficient(j, w, 0)
            span.exponentialCoefficient(j, z, w)
        }
    }
}

/// The places of the operands among the blocks x, y, z, w.
enum Block: Int, CaseIterable {
    case x = 0
    case y = 1
    case w = 3
}
