import Arithmetic
import Exact
import Symbolic

extension Function {
    /// Encloses f'(y) for every y in x; `value` encloses f(y).
    ///
    /// - Domain: nil where a kink lies inside x. At its border one side's slope serves: on x itself f is that branch.
    func slope<E: Enclosure>(at x: E, value: E, bits: Int) -> E? {
        let one = E(1, bits: bits)
        switch self {
        case .exp: return value
        case .log: return one / x
        case .log1p: return one / (one + x)
        case .expm1: return x.exp()
        case .sqrt: return E(Rational(1, 2), bits: bits) / value
        case .sin: return x.cos()
        case .cos: return -x.sin()
        case .tanh: return one - value.power(2)
        case .sinh: return x.cosh()
        case .cosh: return x.sinh()
        case .asinh: return one / (one + x.power(2)).sqrt()
        case .erf: return E(2, bits: bits) / E.pi(bits: bits).sqrt() * (-x.power(2)).exp()
        case .sigmoid: return value * (-x).sigmoid()
        case .softplus: return x.sigmoid()
        case .abs:
            if x.isCertainlyNonNegative { return one }
            return x.isCertainlyNonPositive ? -one : nil
        case .relu:
            if x.isCertainlyNonNegative { return one }
            return x.isCertainlyNonPositive ? E(0, bits: bits) : nil
        case .floor:
            return value.isFinite ? E(0, bits: bits) : nil
        }
    }
}
