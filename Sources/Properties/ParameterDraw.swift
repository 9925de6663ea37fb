import Bounds
import Exact

/// How one parameter is drawn: from its range, and in the geometric neighbourhood of a value that the file has.
///
/// Integers: a range with two ends evenly; else, and also, the first four above the lower bound, and sizes between
/// near/2^reach and near*2^reach. Reals: simple fractions of a bounded range, simple numbers of one that is bounded on
/// one side, and the value near times a fraction with numerator and denominator up to 6*reach. All are exact.
struct ParameterDraw {
    let range: ParameterRange
    let isInteger: Bool
    /// A value of the file, or of a case that is worth a closer look.
    let near: Rational
    /// 1, 2, ...: how far away the neighbourhood goes.
    let reach: Int

    private static let tries = 8
    /// Shorter ranges of integers are drawn from evenly.
    private static let shortRange = 24
    private static let denominators = [2, 3, 4, 5, 8, 10, 16]
    /// The largest numerator of a factor, for each unit of reach.
    private static let largestFactor = 6

    /// A value of the range; nil if none was found.
    func value(_ choices: inout Choices) -> Rational? {
        if let members = range.members?.filter(range.contains) { return members.isEmpty ? nil : choices.pick(members) }
        for _ in 0..<Self.tries {
            if let value = isInteger ? integer(&choices).map(multiple) : real(&choices), range.contains(value) {
                return value
            }
        }
        return nil
    }

    /// Whether no value meets the conditions on the parameter alone.
    var isEmpty: Bool {
        if let members = range.members { return !members.contains(where: range.contains) }
        guard let lower = range.lower, let upper = range.upper else { return false }
        return lower.value > upper.value || lower.value == upper.value && (lower.isStrict || upper.isStrict)
    }

    /// Whether there is anything to draw but the value near.
    var isUsable: Bool {
        if let members = range.members { return members.contains { $0 != near && range.contains($0) } }
        if let lower = range.lower?.value, let upper = range.upper?.value {
            return isInteger ? lower.ceiling < upper.floor : lower < upper
        }
        return isInteger || !near.isZero || range.lower != nil || range.upper != nil
    }

    /// The next multiple of the range's divisor, from the value on.
    private func multiple(_ value: Rational) -> Rational {
        range.divisor == 1 ? value : Rational((value / range.divisor).ceiling) * range.divisor
    }

    private func integer(_ choices: inout Choices) -> Rational? {
        let lower = range.lower.map { $0.isStrict ? Rational($0.value.floor) + 1 : Rational($0.value.ceiling) }
        let upper = range.upper.map { $0.isStrict ? Rational($0.value.ceiling) - 1 : Rational($0.value.floor) }
        if let lower, let upper, let count = (upper - lower).asInt, count < Self.shortRange {
            return count < 0 ? nil : lower + Rational(choices.below(count + 1))
        }
        if let lower, let upper, let count = (upper - lower).asInt, choices.chance(1, of: 3) {
            return lower + Rational(choices.below(count + 1))
        }
        if let lower, choices.chance(1, of: 3) { return lower + Rational(choices.below(4)) * range.divisor }
        let size = max(near.magnitude, 2)
        let doublings = choices.below(2 * reach) - reach
        // Between 2^doublings and twice that many times the value near.
        let from = (size * .powerOfTwo(doublings)).ceiling
        let width = Rational(from).asInt ?? 1
        let magnitude = Rational(from) + Rational(choices.below(max(width, 1)))
        if near.isNegative || (near.isZero && choices.chance(1, of: 2)) { return -magnitude }
        return magnitude
    }

    private func real(_ choices: inout Choices) -> Rational? {
        let (lower, upper) = (range.lower?.value, range.upper?.value)
        if let lower, let upper, choices.chance(1, of: 2) {
            let denominator = choices.pick(Self.denominators) * (1 + choices.below(reach))
            return lower + (upper - lower) * Rational(BigInt(choices.below(denominator + 1)), BigInt(denominator))
        }
        let largest = Self.largestFactor * reach
        let factor = Rational(BigInt(1 + choices.below(largest)), BigInt(1 + choices.below(largest)))
        if lower != nil || upper != nil, near.isZero || choices.chance(1, of: 4) {
            if let lower { return lower + factor }
            if let upper { return upper - factor }
        }
        return near * factor
    }
}
