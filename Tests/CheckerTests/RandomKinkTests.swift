import Exact
import Testing

@testable import Checker

/// Flows through random kinks, against exact solutions: x runs at a constant speed, and y' is a sum of gates of x, so
/// that y is a quadratic polynomial between kinks. The states of the file are u = x + m y and v = y, or x and y.
struct RandomKinkTests {
    struct Setting: CustomTestStringConvertible {
        let seed: UInt64
        var testDescription: String { "seed \(seed)" }
    }

    static let settings = (1...8).map { Setting(seed: UInt64($0)) }

    /// A gate, as text with x in it, and the integral of its value from 0 to x.
    private struct Gate {
        let text: (String) -> String
        let integral: (Rational) -> Rational
    }

    private static func relu(_ x: Rational) -> Rational { x.isNegative ? 0 : x }

    private static func gate(_ random: inout TestRandom) -> Gate {
        let b = random.fraction(4)
        let half = Rational(1, 2)
        // The integral of relu(x - b).
        let ramp = { (x: Rational) in half * (relu(x - b) * relu(x - b) - relu(-b) * relu(-b)) }
        let whole = { (x: Rational) in half * x * x - b * x }
        return switch random.below(7) {
        case 0: Gate(text: { "relu(\($0) - (\(b)))" }, integral: ramp)
        case 1: Gate(text: { "abs(\($0) - (\(b)))" }, integral: { 2 * ramp($0) - whole($0) })
        case 2: Gate(text: { "max(\($0), \(b))" }, integral: { ramp($0) + b * $0 })
        case 3: Gate(text: { "min(\(b), \($0))" }, integral: { whole($0) - ramp($0) + b * $0 })
        case 4: Gate(text: { "indicator(\($0) > \(b))" }, integral: { relu($0 - b) - relu(-b) })
        case 5:
            // x <= b or x > b + 1
            Gate(
                text: { "(if \($0) <= \(b) or \($0) > \(b) + 1 then 1 else 0)" },
                integral: { $0 - relu($0 - b) + relu(-b) + relu($0 - b - 1) - relu(-b - 1) })
        default:
            Gate(text: { "relu(1 - relu(\($0) - (\(b))))" }, integral: { x in
                let next = { (x: Rational) in half * (relu(x - b - 1) * relu(x - b - 1) - relu(-b - 1) * relu(-b - 1)) }
                return x - ramp(x) + next(x)
            })
        }
    }

    @Test(arguments: settings)
    func agreeWithExactSolutions(_ setting: Setting) async throws {
        var random = TestRandom(seed: setting.seed)
        let speed = random.pick([Rational(1), Rational(-1), Rational(3, 2), Rational(-2)])
        let (x0, y0, base) = (random.fraction(3), random.fraction(3), random.fraction(3))
        let mixing = random.pick([0, 0, 1, -2])
        let gates = (0..<random.within(1...4)).map { _ in (random.fraction(3), Self.gate(&random)) }
        let x = mixing == 0 ? "u" : "(u - (\(mixing))*v)"
        let slope = gates.reduce("\(base)") { "\($0) + (\($1.0))*\($1.1.text(x))" }
        func exact(_ time: Rational) -> Rational {
            gates.reduce(y0 + base * time) { sum, part in
                let (coefficient, gate) = part
                return sum + coefficient * (gate.integral(x0 + speed * time) - gate.integral(x0)) / speed
            }
        }
        let end = Rational(3)
        var rows: [(Right, String)] = []
        for time in [Rational(1, 3), 1, Rational(17, 8), end] {
            let (y, xt) = (exact(time), x0 + speed * time)
            rows += [
                (.proved, "at \(time) : abs(v - (\(y))) <= 1/10^9"), (.refuted, "at \(time) : abs(v - (\(y))) > 1/10^9"),
                (.proved, "at \(time) : abs(u - (\(mixing))*v - (\(xt))) <= 1/10^9"),
                (.notRefuted, "at \(time) : v = \(y)"), (.notProved, "at \(time) : v != \(y)"),
                (.refuted, "always v <= \(y) - 1/10^6"), (.refuted, "always v >= \(y) + 1/10^6"),
                (.proved, "sometime v >= \(y) - 1/10^6"),
                (.proved, "at \(time) : abs(total(v') - (\(y - y0))) <= 1/10^9"),
            ]
        }
        try await VerdictTable(
            setting: """
                state u = \(x0 + Rational(mixing) * y0)
                state v = \(y0)
                flow u' = \(speed) + (\(mixing))*(\(slope))
                flow v' = \(slope)
                stop at \(end)
                """,
            rows: rows.map { ($0.0, $0.1.replacing("at 1/3 ", with: "at (1/3) ").replacing("at 17/8 ", with: "at (17/8) ")) }
        ).check()
    }
}
