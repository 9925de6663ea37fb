import Exact

/// A closed set of real numbers known by a midpoint and a radius, and the operations that keep containment:
/// for every x in a and y in b, x ∘ y lies in a ∘ b.
///
/// Two tiers conform: ``DoubleBall`` (53 bits) and ``Ball`` (any precision). Values are for use outside loops;
/// recurrences work in place on a ``BallVector``'s span.
///
/// **No information.** An infinite radius or a NaN means the whole real line. A function outside its domain, or on
/// a ball that leaves it, gives no information; every comparison with it is uncertain; it propagates through every
/// operation. Zero times no information is no information.
public protocol Enclosure: Sendable, CustomStringConvertible {
    /// The view of contiguous elements, on which kernels work in place.
    associatedtype Span: EnclosureSpan where Span.Element == Self

    /// Encloses the rational; exact (radius 0) if it is representable with `bits` bits.
    init(_ value: Rational, bits: Int)
    /// The double, exactly; no information if it is not finite.
    init(exactly value: Double, bits: Int)
    /// Encloses [lower, upper]. Domain: lower <= upper.
    static func interval(_ lower: Rational, _ upper: Rational, bits: Int) -> Self
    /// The whole real line.
    static func noInformation(bits: Int) -> Self
    /// Encloses the circle number.
    static func pi(bits: Int) -> Self

    /// The precision of midpoints: 53 for ``DoubleBall``. A result has the larger precision of its operands.
    var bits: Int { get }
    /// Whether midpoint and radius are finite.
    var isFinite: Bool { get }
    /// Whether the radius is 0.
    var isExact: Bool { get }
    /// The exact midpoint as an exact ball: a guess, not a bound. Zero if there is no information.
    var midpoint: Self { get }
    /// The distance of the farthest point from the midpoint, rounded up; infinite without information.
    var radius: Magnitude { get }
    /// An upper bound of |x| over the set.
    var magnitude: Magnitude { get }
    /// A lower bound of |x| over the set (0 if it contains 0 or there is no information).
    var mignitude: Magnitude { get }
    /// The lower end, exactly; nil without information.
    var lowerBound: Rational? { get }
    /// The upper end, exactly; nil without information.
    var upperBound: Rational? { get }
    /// The midpoint as a double near it: a guess.
    var approximation: Double { get }

    /// Whether every point is above 0. This and the other certain signs are false without information.
    var isCertainlyPositive: Bool { get }
    /// Whether every point is below 0.
    var isCertainlyNegative: Bool { get }
    /// Whether every point is at least 0.
    var isCertainlyNonNegative: Bool { get }
    /// Whether every point is at most 0.
    var isCertainlyNonPositive: Bool { get }

    /// Encloses x + y for all points of both.
    static func + (a: Self, b: Self) -> Self
    /// Encloses x - y for all points of both.
    static func - (a: Self, b: Self) -> Self
    /// Encloses xy for all points of both.
    static func * (a: Self, b: Self) -> Self
    /// Encloses x/y for all points of both; no information if 0 lies in the divisor.
    static func / (a: Self, b: Self) -> Self
    /// The mirrored set, exactly.
    static prefix func - (a: Self) -> Self

    /// The set enlarged by `amount` on both sides.
    func widened(by amount: Magnitude) -> Self
    /// A ball that contains both.
    func hull(_ other: Self) -> Self
    /// The same set at another precision (rounded outward).
    func rounded(toBits bits: Int) -> Self

    /// x^n, with x^0 = 1. A negative power of a ball with 0 in it is no information. Even powers are never negative.
    func power(_ n: Int) -> Self
    /// x^r for x >= 0 (x > 0 if r < 0), r not an integer; no information if the ball leaves that domain.
    func power(_ r: Rational) -> Self
    /// The square root. Domain: the whole set at least 0; otherwise no information.
    func sqrt() -> Self
    /// The exponential function, on all reals.
    func exp() -> Self
    /// exp(x) - 1, without cancellation near 0.
    func expm1() -> Self
    /// The natural logarithm. Domain: the whole set above 0; otherwise no information.
    func log() -> Self
    /// log(1 + x), without cancellation near 0. Domain: the whole set above -1; otherwise no information.
    func log1p() -> Self
    /// The sine, on all reals.
    func sin() -> Self
    /// The cosine, on all reals.
    func cos() -> Self
    /// The hyperbolic sine.
    func sinh() -> Self
    /// The hyperbolic cosine.
    func cosh() -> Self
    /// The hyperbolic tangent.
    func tanh() -> Self
    /// The inverse of the hyperbolic sine.
    func asinh() -> Self
    /// The error function.
    func erf() -> Self
    /// 1/(1 + exp(-x)), without overflow.
    func sigmoid() -> Self
    /// log(1 + exp(x)), without overflow and without cancellation for x far below 0.
    func softplus() -> Self
    /// The absolute value.
    func abs() -> Self
    /// max(x, 0).
    func relu() -> Self
    /// The common floor of the set; no information unless the set lies certainly inside [m, m + 1).
    func floor() -> Self
    /// Encloses the smaller of x and y for all points of both.
    static func min(_ a: Self, _ b: Self) -> Self
    /// Encloses the larger of x and y for all points of both.
    static func max(_ a: Self, _ b: Self) -> Self
}

/// A view of contiguous elements that kernels work on in place, by position. Copying the view copies no element;
/// it is valid as long as its ``BallVector``.
///
/// Every kernel encloses the exact result for all points of its operands. The destination comes first and may be
/// one of the operands. No kernel allocates, except ``squareRoot(_:_:)``, ``exp(_:_:)`` and ``log(_:_:)`` for wide balls.
public protocol EnclosureSpan {
    /// The ball that each place holds.
    associatedtype Element: Enclosure

    /// Room for `count` exact zeros.
    static func allocate(count: Int, bits: Int) -> Self
    /// Frees the elements; the view and its copies are invalid after it.
    func deallocate()

    /// The number of elements.
    var count: Int { get }
    /// The precision of the elements.
    var bits: Int { get }
    /// Element i as a value: a copy.
    subscript(i: Int) -> Element { get nonmutating set }

    /// self[i] = 0, exactly.
    func setZero(_ i: Int)
    /// self[i] = n, enclosed; exact if n has at most `bits` bits.
    func set(_ i: Int, to n: Int)
    /// self[i] = other[j] (the same precision).
    func copy(_ i: Int, from other: Self, _ j: Int)
    /// self[i] = -self[a], exactly.
    func negate(_ i: Int, _ a: Int)
    /// self[i] = self[a] + self[b].
    func add(_ i: Int, _ a: Int, _ b: Int)
    /// self[i] = self[a] - self[b].
    func subtract(_ i: Int, _ a: Int, _ b: Int)
    /// self[i] = self[a] self[b].
    func multiply(_ i: Int, _ a: Int, _ b: Int)
    /// self[i] += self[a] self[b]; `a` and `b` may be `i`.
    func addProduct(_ i: Int, _ a: Int, _ b: Int)
    /// self[i] = self[a] / self[b]; no information if 0 lies in self[b].
    func divide(_ i: Int, _ a: Int, _ b: Int)
    /// self[i] = n self[a].
    func scale(_ i: Int, _ a: Int, by n: Int)
    /// self[i] = self[a] / n, n != 0.
    func divide(_ i: Int, _ a: Int, by n: Int)
    /// self[i] = 2^n self[a].
    func shift(_ i: Int, _ a: Int, by n: Int)
    /// self[i] = sum over l < n of self[a + l] * self[b - l]: one rounding of the midpoint; 0 for n = 0.
    /// `i` may lie inside either operand's range.
    func convolve(_ i: Int, _ a: Int, _ b: Int, count n: Int)
    /// self[i] = sum over l < n of self[a + l] * self[b + l]; 0 for n = 0.
    func dot(_ i: Int, _ a: Int, _ b: Int, count n: Int)
    /// self[i] = the coefficient of that degree of the sum of all pairs' products, for series of elements 0 ... order; the
    /// degree may be above the order, up to twice as high. `i` lies in none of the series.
    func contract(_ i: Int, _ pairs: UnsafeBufferPointer<SeriesPair>, degree: Int, order: Int)
    /// self[i] = sqrt(self[a]); no information unless self[a] >= 0.
    func squareRoot(_ i: Int, _ a: Int)
    /// self[i] = exp(self[a]).
    func exp(_ i: Int, _ a: Int)
    /// self[i] = log(self[a]); no information unless self[a] > 0.
    func log(_ i: Int, _ a: Int)
    /// Adds `amount` to the radius.
    func widen(_ i: Int, by amount: Magnitude)
    /// An upper bound of |self[i]|.
    func magnitude(_ i: Int) -> Magnitude
    /// An upper bound of the sum of |self[a + l]| over l < n.
    func norm(_ a: Int, count n: Int) -> Magnitude
    /// A bound of the coefficients that a product of two series has from `degree` on.
    func productTail(_ a: Int, _ b: Int, count n: Int, from degree: Int) -> Magnitude
    /// Drops the radius: self[i] becomes the exact midpoint of self[a]. A guess.
    func setMidpoint(_ i: Int, _ a: Int)
    /// Whether element i is finite.
    func isFinite(_ i: Int) -> Bool
}

/// Owner of contiguous elements.
public struct BallVector<Element: Enclosure>: ~Copyable {
    /// The elements; valid as long as this owner lives.
    public let span: Element.Span

    /// `count` exact zeros of `bits` bits.
    public init(count: Int, bits: Int) {
        span = .allocate(count: count, bits: bits)
    }

    deinit {
        span.deallocate()
    }
}
