import Exact
import Foundation

/// Where a plot over [first, last] is sampled: evenly, and evenly in the logarithm, so that both kinds of axis show a
/// smooth curve. Moments are short decimals, which are written exactly.
struct SampleMoments {
    var evenly = 96
    var logarithmically = 64
    /// How far left of the end a logarithmic axis reaches, in powers of ten.
    private let decades = 4.0

    func moments(_ first: Rational, _ last: Rational, _ clock: Clock) -> [Rational] {
        guard first < last else { return [first] }
        let (a, b) = (first.approximation, last.approximation)
        var guesses = (0...evenly).map { a + (b - a) * Double($0) / Double(evenly) }
        let low = Swift.max(a, b * pow(10, -decades))
        if low > 0, logarithmically > 0 { guesses += (0...logarithmically).map { low * pow(b / low, Double($0) / Double(logarithmically)) } }
        let inside = guesses.compactMap { rounded($0, clock) }.filter { first <= $0 && $0 <= last }
        return Set(inside + ends(first, last, clock)).sorted()
    }

    /// The ends themselves, where they have a short decimal; else the nearest ones inside.
    private func ends(_ first: Rational, _ last: Rational, _ clock: Clock) -> [Rational] {
        if clock == .steps { return [Rational(first.ceiling), Rational(last.floor)].filter { first <= $0 && $0 <= last } }
        let low = Rational(parsing: first.decimal(significantDigits: 17, rounding: .up))
        let high = Rational(parsing: last.decimal(significantDigits: 17, rounding: .down))
        return [low, high].compactMap { $0 }.filter { first <= $0 && $0 <= last }
    }

    private func rounded(_ guess: Double, _ clock: Clock) -> Rational? {
        guard guess.isFinite else { return nil }
        guard clock == .time else { return Rational(exactly: guess.rounded()) }
        return Rational(exactly: guess).flatMap { Rational(parsing: $0.decimal(significantDigits: 6, rounding: .down)) }
    }
}
