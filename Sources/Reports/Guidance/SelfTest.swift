import Bounds
import Checker
import Exact
import Syntax

/// One thing that `flowbound doctor` tried.
public struct SelfCheck: Sendable {
    public let name: String
    public let passed: Bool
    /// What was found.
    public let finding: String
}

/// Decides a few things whose answers are known, with the same code as `verify` and `evaluate`: enclosures of constants
/// in doubles and at higher precision, one claim for each verdict, and a best constant that is known exactly.
public func selfTest() async -> [SelfCheck] {
    var checks = SelfTest.constants.map { SelfTest.containment(formula: $0.formula, digits: $0.digits) }
    for sample in SelfTest.samples { checks += await SelfTest.verdicts(of: sample) }
    return checks
}

private enum SelfTest {
    // MARK: Enclosures

    /// Formulas with their values cut behind the 60th digit; computed with other programs.
    static let constants: [(formula: String, digits: String)] = [
        ("exp(1)", "2.718281828459045235360287471352662497757247093699959574966967"),
        ("log(2)", "0.693147180559945309417232121458176568075500134360255254120680"),
        ("sqrt(2)", "1.414213562373095048801688724209698078569671875376948073176679"),
        ("pi", "3.141592653589793238462643383279502884197169399375105820974944"),
        ("sin(1)", "0.841470984807896506652502321630298999622563060798371065672751"),
        ("tanh(1)", "0.761594155955764888119458282604793590412768597257936551596810"),
    ]

    /// Whether the enclosures in doubles and with 160 bits contain the true value, and are narrow.
    static func containment(formula: String, digits: String) -> SelfCheck {
        let name = "\(formula) is enclosed"
        for (bits, width) in [(53, "1e-14"), (160, "1e-40")] {
            guard let low = Rational(decimal: digits), let ulp = Rational(decimal: "1e-60"),
                let width = Rational(decimal: width)
            else { return SelfCheck(name: name, passed: false, finding: "its digits cannot be read") }
            var request = EvaluationRequest(formula)
            request.bits = bits
            do throws(InvalidEvaluation) {
                let value = try evaluate(request).value
                guard let lower = value.lower, let upper = value.upper, lower <= low, low + ulp <= upper else {
                    return SelfCheck(name: name, passed: false, finding: "with \(bits) bits the enclosure misses its value")
                }
                guard upper - lower <= width else {
                    return SelfCheck(name: name, passed: false, finding: "with \(bits) bits the enclosure is too wide")
                }
            } catch {
                return SelfCheck(name: name, passed: false, finding: error.sentence)
            }
        }
        return SelfCheck(name: name, passed: true, finding: "53 and 160 bits")
    }

    // MARK: Verdicts

    /// Theorems whose claims are called by the verdict that they must get.
    static let samples = [
        """
        theorem doctor.flow "Exponential decay"
        state x = 1
        flow x' = -x
        stop at 2
        event T = first t where x <= 1/2
        claim proved   "x = exp(-t)"         derived : always abs(x - exp(-t)) <= 1/10^9
        claim proved.T "T = log 2"           derived : at T : abs(t - log(2)) <= 1/10^9
        claim proved.C "x <= C exp(-t)"      derived : always x <= C*exp(-t) for some C
        claim refuted  "x stays above 1/2"   derived : always x >= 1/2
        claim undecided "x(1) = exp(-1)"     derived : at 1 : x = exp(-1)
        claim vacuous  "nothing is supposed" derived given T > 1 : always x < 0
        instance one
        """,
        """
        theorem doctor.steps "Halving"
        state x = 1
        map next(x) = x/2
        stop at 20 steps
        claim proved   "x = 2^-t"            derived : at end : abs(x - 1/2^20) <= 1/10^9
        claim proved.C "x <= C x(0)"         derived : always x <= C*x@0 for some C
        claim proved.I "one step"            derived : identity next(x) = x/2
        claim refuted  "x stays above 1/10"  derived : always x >= 1/10
        instance one
        """,
    ]

    static func verdicts(of text: String) async -> [SelfCheck] {
        do {
            let theorem = try Theorem(text: text + "\n", name: "doctor.thm")
            let obligations = await theorem.verify().instances.flatMap(\.obligations)
            return theorem.claims.map { claim in
                let obligation = obligations.first { $0.claim.id == claim.id }
                return check(claim.id, of: theorem.id, obligation?.verdict)
            }
        } catch {
            return [SelfCheck(name: "a theorem of the self test", passed: false, finding: "\(error)")]
        }
    }

    /// The best constant of every claim that has one is 1.
    private static func check(_ claim: String, of theorem: String, _ verdict: Verdict?) -> SelfCheck {
        let expected = claim.prefix { $0 != "." }
        let name = "\(theorem) \(claim)"
        guard let verdict, verdict.kind.rawValue == expected else {
            return SelfCheck(name: name, passed: false, finding: "the verdict is \(verdict?.kind.rawValue ?? "missing")")
        }
        guard claim.hasSuffix(".C") else { return SelfCheck(name: name, passed: true, finding: String(expected)) }
        guard let best = verdict.constants.first?.value, let lower = best.lower, let upper = best.upper, lower <= 1,
            upper >= 1
        else { return SelfCheck(name: name, passed: false, finding: "the best constant, 1, is not enclosed") }
        return SelfCheck(name: name, passed: true, finding: "\(expected), with the best constant 1 enclosed")
    }
}
