import Bounds
import Checker
import Exact
import Foundation
import Properties
import Testing

/// A theorem from its text.
func theorem(_ text: String) throws -> Theorem {
    do {
        return try Theorem(text: text, name: "main.thm")
    } catch {
        throw InvalidText(messages: error.diagnostics.map(\.message), text: text)
    }
}

struct InvalidText: Error {
    let messages: [String]
    let text: String
}

func tested(_ text: String, cases: Int = 24, seed: Int = 1, budget: Double? = nil) async throws -> TestResult {
    var options = TestOptions()
    options.cases = cases
    options.seed = seed
    options.budget = budget
    return await test(try theorem(text), options: options)
}

extension TestResult {
    func tally(_ claim: String) throws -> ClaimTally { try #require(claims.first { $0.claim.id == claim }) }
}

/// False from n = 7 on, and the file's one instance is far above.
let squares = """
    theorem t.squares "Squares stay below a line"
    parameter n : integer where n >= 1
    parameter unused : real = 1 where 0 < unused < 2
    state x = 0
    flow x' = n*unused/unused
    stop at 10
    claim line "n^2 <= 6 n" derived : n^2 <= 6*n
    claim slow "x stays below 6" derived : always x <= 6*n
    claim fine "x grows" derived : increasing x
    instance large n = 40
    """

/// True for all parameters.
let decay = """
    theorem t.decay "Exponential decay"
    parameter a : real where 0 < a <= 8
    parameter b : real = 1/2 where 0 < b <= 1
    assume order : b < a
    state x = b
    flow x' = -a*x
    stop at 1
    claim down  "x decreases" derived : decreasing x
    claim below "x <= b" derived : always x <= b
    claim rate  "x <= C exp(-a t)" derived : always x <= C*exp(-a*t) for some C where C <= 11/10*b
    claim needs "true because of the hypothesis" derived : b < a
    instance one a = 2
    """
