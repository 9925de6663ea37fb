import Peers

/// What a row of the table measures. A new row is a case here, with its loops in ``Kernel`` and in Peers.
enum Operation: String, CaseIterable {
    case add
    case multiply = "mul"
    case addProduct = "fused multiply-add"
    case divide = "div"
    case squareRoot = "sqrt"
    case exp
    case log
    case tanh
    case sigmoid
    case dot30 = "dot 30"
    case dot100 = "dot 100"
    case matrixProduct = "matrix product 20 x 20"
    case seriesProduct = "series product, degree 30"
    case seriesExp = "series exp, degree 30"

    static let scalars: [Operation] = [.add, .multiply, .addProduct, .divide, .squareRoot, .exp, .log]
    static let compounds: [Operation] = [.dot30, .dot100, .matrixProduct, .seriesProduct, .seriesExp]
    static let doubles: [Operation] = [.add, .multiply, .divide, .dot100, .exp, .log, .tanh, .sigmoid]

    static let dimension = 20

    /// The elements of each operand.
    var size: Int {
        switch self {
        case .add, .multiply, .addProduct, .divide, .squareRoot, .exp, .log, .tanh, .sigmoid: 32
        case .dot30: 30
        case .dot100: 100
        case .matrixProduct: Operation.dimension * Operation.dimension
        case .seriesProduct, .seriesExp: 31
        }
    }

    /// The operations that one pass runs: a scalar one goes through all elements.
    var repeats: Int {
        switch self {
        case .add, .multiply, .addProduct, .divide, .squareRoot, .exp, .log, .tanh, .sigmoid: size
        case .dot30, .dot100, .matrixProduct, .seriesProduct, .seriesExp: 1
        }
    }

    /// The elements that one pass makes.
    var resultCount: Int {
        switch self {
        case .dot30, .dot100: 1
        default: size
        }
    }

    var operands: OperandKind {
        switch self {
        case .squareRoot, .log: .positive
        case .seriesProduct, .seriesExp: .series
        default: .signed
        }
    }

    var peer: peers_operation {
        switch self {
        case .add: PEERS_ADD
        case .multiply: PEERS_MULTIPLY
        case .addProduct: PEERS_ADD_PRODUCT
        case .divide: PEERS_DIVIDE
        case .squareRoot: PEERS_SQUARE_ROOT
        case .exp: PEERS_EXP
        case .log: PEERS_LOG
        case .tanh: PEERS_TANH
        case .sigmoid: PEERS_SIGMOID
        case .dot30, .dot100: PEERS_DOT
        case .matrixProduct: PEERS_MATRIX_PRODUCT
        case .seriesProduct: PEERS_SERIES_PRODUCT
        case .seriesExp: PEERS_SERIES_EXP
        }
    }
}
