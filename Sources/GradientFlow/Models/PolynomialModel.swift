import Arithmetic
import Exact

/// A quantity on one step: sum of c_j tau^j + [-R, R] tau^(d+1) + [-S, S], tau in [0, 1].
struct PolynomialModel<E: Enclosure> {
    let coefficients: [E]
    let weighted: Magnitude
    let uniform: Magnitude
    /// Whether every polynomial with coefficients in the balls is monotone on [0, 1]: then ranges need its ends alone.
    private(set) var isMonotone = false

    init(coefficients: [E], weighted: Magnitude, uniform: Magnitude) {
        self.coefficients = coefficients
        self.weighted = weighted
        self.uniform = uniform
    }

    var order: Int { coefficients.count - 1 }

    /// Whether the model carries information.
    var isFinite: Bool {
        weighted.isFinite && uniform.isFinite && coefficients.allSatisfy(\.isFinite)
    }

    /// Whether the truncation error is larger than what the tube and rounding cost: a shorter piece would do better.
    var isTruncated: Bool {
        weighted > coefficients.reduce(uniform) { $0 + $1.radius }
    }

    /// The remainders for tau <= b.
    private func remainder(_ b: Rational) -> Magnitude {
        b == 1 ? weighted + uniform : weighted * Magnitude(b).power(order + 1) + uniform
    }

    /// An enclosure of the polynomial part at tau = a (Horner).
    private func polynomial(_ a: Rational, bits: Int) -> E {
        let tau = E(a, bits: bits)
        var sum = coefficients[order]
        for j in stride(from: order - 1, through: 0, by: -1) { sum = coefficients[j] + tau * sum }
        return sum
    }

    /// An enclosure of all values at tau = a.
    func value(_ a: Rational, bits: Int) -> E {
        polynomial(a, bits: bits).widened(by: remainder(a))
    }

    /// The same model, with its polynomial's derivative looked at: one sign of its Bernstein coefficients shows that it is
    /// monotone. `basis` is that of degree order - 1.
    func classified(_ basis: BernsteinBasis<E>) -> PolynomialModel {
        guard order > 1, isFinite else { return self }
        let slope = PolynomialModel(
            coefficients: (1...order).map { coefficients[$0] * E(Rational($0), bits: basis.bits) }, weighted: .zero,
            uniform: .zero)
        let range = slope.range(0, 1, basis)
        var result = self
        result.isMonotone = range.isCertainlyPositive || range.isCertainlyNegative
        return result
    }

    /// An enclosure of all values for tau in [a, b], 0 <= a <= b <= 1, by Bernstein coefficients on [a, b].
    func range(_ a: Rational, _ b: Rational, _ basis: BernsteinBasis<E>) -> E {
        if a == b || order == 0 { return value(b, bits: basis.bits) }
        if isMonotone {
            return polynomial(a, bits: basis.bits).hull(polynomial(b, bits: basis.bits)).widened(by: remainder(b))
        }
        let controls = controls(a, b, basis)
        var hull = controls[0]
        for control in controls.dropFirst() { hull = hull.hull(control) }
        return hull.widened(by: remainder(b))
    }

    /// Whether all values for tau in [a, b] certainly have that sign.
    ///
    /// It sees a value of 10^-30 beside one of 1, which a ball around both does not: its radius has 53 bits.
    func hasSign(_ isPositive: Bool, _ a: Rational, _ b: Rational, _ basis: BernsteinBasis<E>) -> Bool {
        let values = a == b || order == 0 ? [polynomial(b, bits: basis.bits)] : controls(a, b, basis)
        let remainder = remainder(b)
        return values.allSatisfy { value in
            let all = value.widened(by: remainder)
            return isPositive ? all.isCertainlyPositive : all.isCertainlyNegative
        }
    }

    /// The Bernstein coefficients of the polynomial part on [a, b].
    private func controls(_ a: Rational, _ b: Rational, _ basis: BernsteinBasis<E>) -> [E] {
        let degree = order
        var controls = restricted(a, b, bits: basis.bits)
        // b_i = sum over j <= i of C(i, j)/C(degree, j) c_j, the sums by repeated addition.
        for j in 1...degree { controls[j] = controls[j] * basis.inverseBinomials[j] }
        for i in 0..<degree {
            for j in stride(from: degree - 1, through: i, by: -1) {
                controls[j + 1] = controls[j + 1] + controls[j]
            }
        }
        return controls
    }
}

extension PolynomialModel {
    /// The coefficients as a polynomial in s, tau = a + (b - a) s.
    func restricted(_ a: Rational, _ b: Rational, bits: Int) -> [E] {
        var c = coefficients
        if order == 0 { return c }
        if !a.isZero {
            let shift = E(a, bits: bits)
            for i in 0..<order {
                for j in stride(from: order - 1, through: i, by: -1) { c[j] = c[j] + shift * c[j + 1] }
            }
        }
        if b - a != 1 {
            let width = E(b - a, bits: bits)
            var scale = width
            for j in 1...order {
                c[j] = c[j] * scale
                scale = scale * width
            }
        }
        return c
    }
}

/// 1/C(degree, j): what turns coefficients into Bernstein coefficients.
struct BernsteinBasis<E: Enclosure> {
    let bits: Int
    let inverseBinomials: [E]

    init(degree: Int, bits: Int) {
        self.bits = bits
        var binomial = Rational.one
        inverseBinomials = (0...degree).map { j in
            if j > 0 { binomial *= Rational(BigInt(degree - j + 1), BigInt(j)) }
            return E(1 / binomial, bits: bits)
        }
    }
}
