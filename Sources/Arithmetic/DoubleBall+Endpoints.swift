/// Directed sums of two doubles, without a change of the rounding mode: the error of a sum is known exactly
/// (two-sum, Knuth 1969), and its sign says whether the neighbour is needed.
@usableFromInline
enum Directed {
    @inlinable
    static func error(_ a: Double, _ b: Double, _ sum: Double) -> Double {
        let part = sum - a
        return (a - (sum - part)) + (b - part)
    }

    /// The smallest double that is not below a + b (or infinity).
    @inlinable
    static func addUp(_ a: Double, _ b: Double) -> Double {
        let sum = a + b
        // An overflow on the way makes the error NaN: then the neighbour is taken too.
        return error(a, b, sum) <= 0 ? sum : (sum == -.infinity ? -.greatestFiniteMagnitude : sum.nextUp)
    }

    /// The largest double that is not above a + b (or -infinity).
    @inlinable
    static func addDown(_ a: Double, _ b: Double) -> Double {
        -addUp(-a, -b)
    }
}

extension DoubleBall {
    /// A double that is not above any element; -infinity without information.
    @inlinable
    public var lowerEndpoint: Double { isFinite ? Directed.addDown(mid, -rad) : -.infinity }

    /// A double that is not below any element; infinity without information.
    @inlinable
    public var upperEndpoint: Double { isFinite ? Directed.addUp(mid, rad) : .infinity }

    /// A double that is not above any |x|.
    @inlinable
    var lowerMagnitude: Double {
        if isCertainlyPositive { return lowerEndpoint }
        if isCertainlyNegative { return -upperEndpoint }
        return 0
    }

    /// A double that is not below any |x|.
    @inlinable
    var upperMagnitude: Double { isFinite ? Directed.addUp(mid.magnitude, rad) : .infinity }

    /// A ball that contains [lower, upper]; without a sign change if the interval has none.
    @inlinable
    init(lower: Double, upper: Double) {
        guard lower <= upper, lower.isFinite, upper.isFinite else {
            self = .noInformation()
            return
        }
        if lower == upper {
            self.init(mid: lower, rad: 0)
        } else if upper <= 0 {
            let mirrored = DoubleBall(ordered: -upper, -lower)
            self.init(mid: -mirrored.mid, rad: mirrored.rad)
        } else {
            self.init(ordered: lower, upper)
        }
    }

    /// - Precondition: lower < upper, both finite.
    @inlinable
    init(ordered lower: Double, _ upper: Double) {
        var center = lower * 0.5 + upper * 0.5
        // Halving a subnormal number can round down; a midpoint below the upper part would let [0, x] reach below 0.
        if lower >= 0, upper - center > center { center = upper - center }
        let above = Directed.addUp(upper, -center)
        let below = Directed.addUp(center, -lower)
        self.init(mid: center, rad: above > below ? above : below)
    }
}
