/// What a row is held to.
enum Target {
    /// At most this multiple of Arb's time.
    case ratio(Double)
    case nanoseconds(Double)

    func isMet(nanoseconds: Double, ratioToArb: Double) -> Bool {
        switch self {
        case .ratio(let limit): ratioToArb <= limit
        case .nanoseconds(let limit): nanoseconds <= limit
        }
    }

    var description: String {
        switch self {
        case .ratio(let limit): "<= \(limit)"
        case .nanoseconds(let limit): "<= \(Int(limit)) ns"
        }
    }
}

extension Operation {
    /// The target for balls of any precision.
    func target(bits: Int) -> Target? {
        switch self {
        case .add, .multiply: .ratio(bits <= 256 ? 0.6 : 0.8)
        case .divide: .ratio(1.1)
        case .dot100, .matrixProduct, .seriesProduct, .seriesExp: .ratio(0.85)
        case .exp, .log: bits > 512 ? nil : .ratio(bits <= 256 ? 1.5 : 2)
        case .addProduct, .squareRoot, .tanh, .sigmoid, .dot30: nil
        }
    }

    /// The target for balls in doubles.
    var doubleTarget: Target? {
        self == .dot100 ? .nanoseconds(150) : nil
    }
}
