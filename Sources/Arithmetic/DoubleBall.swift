import Exact

/// A ball with a midpoint and a radius in doubles: 53 bits, and the exponent range of a double.
///
/// All arithmetic rounds to nearest; each operation adds an error bound that is known in advance, underflow
/// included. An infinite or NaN midpoint or radius is no information: nothing clears it again.
@frozen
public struct DoubleBall: Enclosure {
    /// The stored midpoint. Any double: it bounds nothing alone.
    public let mid: Double
    /// The stored radius: non-negative, or NaN or infinity for no information.
    public let rad: Double

    @inlinable
    init(mid: Double, rad: Double) {
        self.mid = mid
        self.rad = rad
    }

    @inlinable
    public init(exactly value: Double, bits: Int = 53) {
        self.init(mid: value.isFinite ? value : 0, rad: value.isFinite ? 0 : .infinity)
    }

    public init(_ value: Rational, bits: Int = 53) {
        let guess = value.approximation
        guard let center = Rational(exactly: guess) else {
            self = .noInformation(bits: 53)
            return
        }
        self.init(mid: guess, rad: Magnitude(value - center).upperDouble)
    }

    public static func interval(_ lower: Rational, _ upper: Rational, bits: Int = 53) -> DoubleBall {
        let guess = ((lower + upper) / 2).approximation
        guard let center = Rational(exactly: guess) else { return .noInformation(bits: 53) }
        let radius = Magnitude.max(Magnitude(upper - center), Magnitude(center - lower))
        return DoubleBall(mid: guess, rad: radius.upperDouble)
    }

    @inlinable
    public static func noInformation(bits: Int = 53) -> DoubleBall {
        DoubleBall(mid: 0, rad: .infinity)
    }

    /// pi is the double plus 1.2246467991473531772...e-16.
    @inlinable
    public static func pi(bits: Int = 53) -> DoubleBall {
        DoubleBall(mid: .pi, rad: 1.2246467991473535e-16)
    }

    @inlinable public var bits: Int { 53 }
    @inlinable public var isFinite: Bool { mid.isFinite && rad < .infinity }
    @inlinable public var isExact: Bool { rad == 0 && mid.isFinite }
    @inlinable public var midpoint: DoubleBall { DoubleBall(mid: isFinite ? mid : 0, rad: 0) }
    @inlinable public var radius: Magnitude { isFinite ? Magnitude(rad) : .infinity }
    @inlinable public var approximation: Double { mid }

    @inlinable
    public var magnitude: Magnitude {
        isFinite ? Magnitude(mid.magnitude) + Magnitude(rad) : .infinity
    }

    @inlinable
    public var mignitude: Magnitude {
        isFinite ? Magnitude.lowerDifference(Magnitude(mid.magnitude), Magnitude(rad)) : .zero
    }

    public var lowerBound: Rational? {
        guard let center = Rational(exactly: mid), let radius = Rational(exactly: rad) else { return nil }
        return center - radius
    }

    public var upperBound: Rational? {
        guard let center = Rational(exactly: mid), let radius = Rational(exactly: rad) else { return nil }
        return center + radius
    }

    // Two doubles compare exactly, so the signs need no rounding. A NaN fails every one of these.
    @inlinable public var isCertainlyPositive: Bool { mid > rad && mid < .infinity }
    @inlinable public var isCertainlyNegative: Bool { -mid > rad && -mid < .infinity }
    @inlinable public var isCertainlyNonNegative: Bool { mid >= rad && mid < .infinity }
    @inlinable public var isCertainlyNonPositive: Bool { -mid >= rad && -mid < .infinity }

    @inlinable
    public func rounded(toBits bits: Int) -> DoubleBall { self }

    /// `[1.5 +/- 2.2e-16]`, midpoint and radius exactly as stored.
    public var description: String {
        isFinite ? "[\(mid) +/- \(rad)]" : "[no information]"
    }
}
