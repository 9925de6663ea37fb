import Arithmetic

/// c0 + c1 tau + c2 tau^2 + [-weighted, weighted] tau^3 + [-uniform, uniform] for tau in [0, 1], in doubles: what the
/// entries of a matrix along a step are made of. The midpoints round to nearest, the radii cover that.
///
/// - Error: u = 2^-53. A product's coefficients together are off by at most 4 u |a| |b| (three products and two sums at
///   most), a sum's by u times their sizes; a radius is a sum of at most a dozen non-negative terms, which a factor
///   1 + 32 u covers; 2^-1000 covers every underflow.
struct ShortModel {
    var c0 = 0.0
    var c1 = 0.0
    var c2 = 0.0
    var weighted = 0.0
    var uniform = 0.0

    private static let slack = 1 + 0x1p-48

    /// At least |c0 + c1 tau + c2 tau^2|, but for two roundings.
    @inline(__always)
    private var size: Double { Swift.abs(c0) + Swift.abs(c1) + Swift.abs(c2) }

    var isFinite: Bool { size.isFinite && weighted.isFinite && uniform.isFinite }

    @inline(__always)
    static func + (a: ShortModel, b: ShortModel) -> ShortModel {
        var sum = ShortModel(c0: a.c0 + b.c0, c1: a.c1 + b.c1, c2: a.c2 + b.c2)
        sum.weighted = (a.weighted + b.weighted) * slack
        sum.uniform = (a.uniform + b.uniform + sum.size * 0x1p-52) * slack
        return sum
    }

    @inline(__always)
    static func * (a: ShortModel, b: ShortModel) -> ShortModel {
        let (p, q) = (a.size, b.size)
        var product = ShortModel(
            c0: a.c0 * b.c0, c1: a.c0 * b.c1 + a.c1 * b.c0, c2: a.c0 * b.c2 + a.c1 * b.c1 + a.c2 * b.c0)
        let cut = Swift.abs(a.c1) * Swift.abs(b.c2) + Swift.abs(a.c2) * (Swift.abs(b.c1) + Swift.abs(b.c2))
        let remainders = p * b.weighted + q * a.weighted + a.weighted * (b.weighted + b.uniform) + a.uniform * b.weighted
        product.weighted = (cut + remainders) * slack
        product.uniform = (p * b.uniform + q * a.uniform + a.uniform * b.uniform + p * q * 0x1p-50 + 0x1p-1000) * slack
        return product
    }

    /// The model times a constant of the ball.
    @inline(__always)
    func scaled(by factor: DoubleBall) -> ShortModel {
        self * ShortModel(c0: factor.mid, uniform: factor.rad)
    }

    var negated: ShortModel { ShortModel(c0: -c0, c1: -c1, c2: -c2, weighted: weighted, uniform: uniform) }

    /// The Bernstein coefficients of the polynomial. ``spread`` holds what they are off by.
    var controls: (Double, Double, Double) { (c0, c0 + 0.5 * c1, c0 + c1 + c2) }

    /// `uniform` and the rounding of ``controls``.
    var spread: Double { (uniform + size * 0x1p-50 + 0x1p-1000) * Self.slack }

    /// At least every |value| on [0, 1].
    var magnitude: Double {
        let (first, second, third) = controls
        return (Swift.max(Swift.abs(first), Swift.abs(second), Swift.abs(third)) + weighted + spread) * Self.slack
    }

    /// A point near the middle of the values, and at least the distance from it to any of them.
    var middle: (value: Double, distance: Double) {
        let value = c0 + 0.5 * c1 + 0.25 * c2
        // |tau - 1/2| <= 1/2 and |tau^2 - 1/4| <= 3/4.
        return (value, (0.5 * Swift.abs(c1) + 0.75 * Swift.abs(c2) + weighted + spread) * Self.slack)
    }
}

extension ShortModel {
    /// Three coefficients in balls, with remainders.
    init(_ first: DoubleBall, _ second: DoubleBall, _ third: DoubleBall, weighted: Magnitude, uniform: Magnitude) {
        self.init(
            c0: first.mid, c1: second.mid, c2: third.mid, weighted: weighted.upperDouble,
            uniform: (uniform.upperDouble + first.rad + second.rad + third.rad) * Self.slack)
    }

    /// The model of a slot of a machine of order 2.
    init(_ machine: Machine<DoubleBall>, slot: Int) {
        let at = machine.position(slot)
        let zero = DoubleBall(exactly: 0)
        let varies = machine.program.varies[slot]
        self.init(
            machine.span[at], varies ? machine.span[at + 1] : zero, varies ? machine.span[at + 2] : zero,
            weighted: machine.weighted[slot], uniform: machine.uniform[slot])
    }
}

/// An upper bound of a sum of `count` non-negative numbers that was added up in doubles, each number itself off by a few
/// units in the last place.
func roundedUp(_ sum: Double, count: Int) -> Double { sum * (1 + Double(count + 16) * 0x1p-51) }
