import Exact
import Testing

@testable import Checker
import Reports

/// `evaluate` against itself with four times the bits, at points of the box.
struct EvaluationTests {
    private struct Case: CustomStringConvertible {
        let formula: String
        let box: [(name: String, range: ClosedRange<Rational>)]
        let bits: Int

        init(_ random: inout TestRandom) {
            let names = Array(["x", "y", "z"].prefix(random.within(1...3)))
            formula = RandomExpression(names: names).text(random.within(1...6), &random)
            box = names.map { ($0, RandomExpression.interval(&random)) }
            bits = random.pick([53, 128, 256])
        }

        var request: EvaluationRequest {
            var request = EvaluationRequest(formula)
            request.bits = bits
            request.values = box.map { ($0.name, "[\($0.range.lowerBound), \($0.range.upperBound)]") }
            return request
        }

        func point(_ random: inout TestRandom) -> EvaluationRequest {
            var request = EvaluationRequest(formula)
            request.bits = 4 * bits
            request.values = box.map { ($0.name, "\(random.inside($0.range.lowerBound, $0.range.upperBound))") }
            return request
        }

        var description: String { "\(formula) with \(request.values) and \(bits) bits" }
    }

    /// FLOWBOUND_TEST_MULTIPLIER=20 makes it 20,000 formulas.
    @Test func valuesLieInTheEnclosureOfTheBox() {
        var answers = 0
        var points = 0
        let found = complaints(cases: 1000, suite: "EvaluationTests") { random in
            let test = Case(&random)
            let whole: (lower: Rational, upper: Rational)
            do throws(InvalidEvaluation) {
                whole = try Self.printed(test.request)
                answers += 1
            } catch {
                guard Self.isOutsideDomain(error) else { return nil }
                // Nowhere defined: certainly not where more bits find a value.
                guard let value = try? Self.printed(test.point(&random)) else { return nil }
                return "\(test) is said to be outside the domain (\(error.sentence)), but is in \(value)"
            }
            // Exact comparisons of such numbers would take seconds.
            if [whole.lower, whole.upper].contains(where: { $0.numerator.bitWidth + $0.denominator.bitWidth > 20_000 }) { return nil }
            for _ in 0..<3 {
                let point = test.point(&random)
                do throws(InvalidEvaluation) {
                    let value = try evaluate(point).value
                    guard let lower = value.lower, let upper = value.upper else { return "\(test): no ends" }
                    points += 1
                    if upper < whole.lower || whole.upper < lower {
                        return "\(test): \(whole) does not contain the value at \(point.values), in [\(lower), \(upper)]"
                    }
                    // Thin beside the enclosure's own rounding: then all of it must be inside.
                    let isThin = (upper - lower) * .powerOfTwo(2 * test.bits) < whole.upper - whole.lower
                    if isThin, lower > whole.lower, upper < whole.upper { continue }
                    if isThin, lower < whole.lower - (upper - lower) || upper > whole.upper + (upper - lower) {
                        return "\(test): the value at \(point.values), in [\(lower), \(upper)], leaves \(whole)"
                    }
                } catch {
                    if Self.isOutsideDomain(error) {
                        return "\(test) is in \(whole), but at \(point.values) \(error.sentence)"
                    }
                }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
        #expect(answers > 300 || TestSettings.multiplier < 1, "\(answers)")
        #expect(points > 600 || TestSettings.multiplier < 1, "\(points)")
    }

    /// What the user reads.
    private static func printed(_ request: EvaluationRequest) throws(InvalidEvaluation) -> (lower: Rational, upper: Rational) {
        let (lower, upper) = try evaluate(request).decimals
        guard let a = Rational(parsing: lower), let b = Rational(parsing: upper), a <= b else {
            preconditionFailure("[\(lower), \(upper)] is no interval")
        }
        return (a, b)
    }

    private static func isOutsideDomain(_ error: InvalidEvaluation) -> Bool { error.diagnostic.id == "E0407" }

    /// A point comes back with at most 20 bits lost where nothing cancels.
    @Test func calmFormulasLoseFewBits() {
        var worst = 0
        let found = complaints(cases: 1000, suite: "EvaluationTests") { random in
            let formula = CalmExpression(random.within(1...6), &random).text
            for bits in [53, 128, 256] {
                var request = EvaluationRequest(formula)
                request.bits = bits
                guard let value = try? evaluate(request).value, let lower = value.lower, let upper = value.upper else {
                    return "\(formula) has no value with \(bits) bits"
                }
                guard lower < upper else { continue }
                let lost = bits + ((upper - lower) / upper.magnitude).binaryExponent
                worst = max(worst, lost)
                if lost > 20 { return "\(formula) loses \(lost) of \(bits) bits" }
            }
            return nil
        }
        #expect(found == nil, "\(found ?? "")")
        #expect(worst > 0)
    }
}
