import Foundation
import Testing

@testable import Bounds
@testable import Exact
@testable import Symbolic
@testable import Syntax

/// The root of the package.
let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// The rendered diagnostics of a theorem file, or those of its warnings; empty for a clean file.
func messages(path: String, overrides: [String: Rational] = [:]) -> [String] {
    do {
        let theorem = try Theorem(path: path, overrides: overrides)
        return theorem.warnings.compactMap { theorem.elaboration.sources[$0.file]?.render($0) }
    } catch {
        return error.diagnostics.map { error.sources[$0.file]?.render($0) ?? "no source for \($0)" }
    }
}

/// Writes files into a directory of their own, runs the body there, and removes them. The first file is `main.thm`.
func withFiles<Result>(_ main: String, _ others: [String: String] = [:], _ body: (String) throws -> Result) rethrows -> Result {
    let directory = NSTemporaryDirectory() + "bounds-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for (name, text) in others.merging(["main.thm": main], uniquingKeysWith: { a, _ in a }) {
        _ = FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: Data(text.utf8))
    }
    return try body("\(directory)/main.thm")
}

/// The messages of a file, named `main.thm` whatever its directory.
func messages(_ main: String, _ others: [String: String] = [:], overrides: [String: Rational] = [:]) -> String {
    withFiles(main, others) { path in
        let directory = path.dropLast("main.thm".count)
        return messages(path: path, overrides: overrides).joined(separator: "\n").replacingOccurrences(of: directory, with: "")
    }
}

func load(_ main: String, _ others: [String: String] = [:], overrides: [String: Rational] = [:]) throws -> Theorem {
    try withFiles(main, others) { try Theorem(path: $0, overrides: overrides) }
}

/// Pseudo-random numbers that are the same in every run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Plain floating-point values of formulas, written without the library's own evaluators.
struct FloatingPoint {
    let graph: Graph
    var symbols: [Symbol: Double]

    func value(_ e: Symbolic.Expression) -> Double {
        switch graph.node(e) {
        case .constant(let c): return c.approximation
        case .pi: return Double.pi
        case .symbol(let s): return symbols[s] ?? .nan
        case .add(let a, let b): return value(a) + value(b)
        case .multiply(let a, let b): return value(a) * value(b)
        case .divide(let a, let b): return value(a) / value(b)
        case .power(let a, let r): return pow(value(a), r.approximation)
        case .apply(let f, let a): return apply(f, value(a))
        case .minimum(let a, let b): return min(value(a), value(b))
        case .maximum(let a, let b): return max(value(a), value(b))
        case .cases(let c, let a, let b): return holds(c) ? value(a) : value(b)
        case .expectation(.binomial(let n, let p), let variable, let body):
            let p = p.approximation
            return (0...n).reduce(0) { sum, k in
                var inner = self
                inner.symbols[.bound(variable)] = Double(k)
                return sum + binomialWeight(k, of: n, p) * inner.value(body)
            }
        }
    }

    func holds(_ c: Condition) -> Bool {
        switch c {
        case .truth(let t): t
        case .compare(.less, let a, let b): value(a) < value(b)
        case .compare(.lessOrEqual, let a, let b): value(a) <= value(b)
        case .compare(.equal, let a, let b): value(a) == value(b)
        case .compare(.notEqual, let a, let b): value(a) != value(b)
        case .not(let c): !holds(c)
        case .and(let parts): parts.allSatisfy(holds)
        case .or(let parts): parts.contains(where: holds)
        case .implies(let a, let b): !holds(a) || holds(b)
        }
    }

    private func apply(_ f: Function, _ x: Double) -> Double {
        switch f {
        case .exp: exp(x)
        case .log: log(x)
        case .log1p: log1p(x)
        case .expm1: expm1(x)
        case .sqrt: x.squareRoot()
        case .abs: Swift.abs(x)
        case .floor: x.rounded(.down)
        case .sin: sin(x)
        case .cos: cos(x)
        case .tanh: tanh(x)
        case .sinh: sinh(x)
        case .cosh: cosh(x)
        case .asinh: asinh(x)
        case .erf: erf(x)
        case .sigmoid: 1 / (1 + exp(-x))
        case .softplus: log1p(exp(x))
        case .relu: max(x, 0)
        }
    }
}

/// The probability of k successes in n trials.
func binomialWeight(_ k: Int, of n: Int, _ p: Double) -> Double {
    let (successes, failures) = (Double(k), Double(n - k))
    let choices: Double = exp(lgamma(Double(n) + 1) - lgamma(successes + 1) - lgamma(failures + 1))
    let weight: Double = pow(p, successes) * pow(1 - p, failures)
    return choices * weight
}
