import Arithmetic
import Exact
import Symbolic

/// Values of the symbols that do not move: moments that are known by now, parameters that range over a box.
public struct Environment: Sendable {
    private var values: [Symbol: RationalInterval] = [:]

    public init() {}

    public subscript(symbol: Symbol) -> RationalInterval? {
        get { values[symbol] }
        set { values[symbol] = newValue }
    }

    /// A ball around the symbol's value; no information if it is not known.
    func value<E: Enclosure>(of symbol: Symbol, bits: Int) -> E {
        guard let value = values[symbol], let lower = value.lower, let upper = value.upper else {
            return .noInformation(bits: bits)
        }
        return .interval(lower, upper, bits: bits)
    }
}

extension Enclosure {
    /// The set as an interval with exact ends.
    var interval: RationalInterval { RationalInterval(lowerBound, upperBound) }

    /// The same set, in doubles.
    var asDoubleBall: DoubleBall {
        if let ball = self as? DoubleBall { return ball }
        guard let lowerBound, let upperBound else { return .noInformation(bits: 53) }
        return .interval(lowerBound, upperBound, bits: 53)
    }
}
