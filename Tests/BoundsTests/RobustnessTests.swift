import Foundation
import Testing

@testable import Bounds
@testable import Exact

private func file(_ lines: [String]) -> String {
    (["theorem t.t \"t\"", "source \"w\" \"p\" stated", "parameter K : integer = 3", "state x = 1", "flow x' = -x", "stop at 1"] + lines
        + ["claim known \"k\" : K < 9", "instance one"]).joined(separator: "\n")
}

@Test func longChainsOfDefinitions() throws {
    var lines = ["let a0 = x", "let f0(i) = i"]
    for i in 1...3000 { lines.append("let a\(i) = a\(i - 1)*a\(i - 1) + f0(a\(i - 1))") }
    let t = try load(file(lines + ["claim a \"a\" : always a3000 > 0"]))
    let problem = try t.problem(on: t.instances[0])
    guard case .always = problem.claims[0].body else {
        Issue.record("\(problem.claims[0].body)")
        return
    }
}

@Test func deepCallsAreAnObstacle() throws {
    var lines = ["let f0(i) = i"]
    for i in 1...3000 { lines.append("let f\(i)(i) = f\(i - 1)(i) + f\(i - 1)(i)") }
    let t = try load(file(lines + ["claim a \"a\" : always f3000(x) > 0"]))
    guard case .unsupported(let text) = try t.problem(on: t.instances[0]).claims[0].body else {
        Issue.record("supported")
        return
    }
    #expect(text == "a formula of more than 600 levels is not supported yet")
}

@Test func conditionsDoNotExplode() throws {
    var lines = ["let c0 = x > 0"]
    for i in 1...200 { lines.append("let c\(i) = c\(i - 1) and not c\(i - 1)") }
    let t = try load(file(lines + ["claim a \"a\" : always c200"]))
    guard case .unsupported = try t.problem(on: t.instances[0]).claims[0].body else {
        Issue.record("supported")
        return
    }
}

@Test(arguments: [
    "10^(10^9) > x", "(10^1000000)^1000000 > x", "2^2^2^2^2^2 > x", "1/0 < x", "0^-1 < x", "log(-1) < x", "(-8)^(1/3) < x",
    "sum(i in 1..10^9) i < x", "sum(i in 1..1000, j in 1..1000) i*j < x", "mean(n ~ binomial(10^9, 1/2)) n < x",
    "mean(n ~ binomial(10^10, 1/2)) n < x", "mean(n ~ binomial(-1, 1/2)) n < x", "mean(n ~ binomial(5, 3/2)) n < x",
    "mean(n ~ binomial(x, 1/2)) n < x", "mean(i in {}) i < x", "mean(i in 1..0) i < x", "max(i in 3..2) i < x",
    "sum(i in 1/2..3) i < x", "sum(i in x..3) i < x", "1e-10000*x < 1e10000", "exp(10^1000) < x", "x^(1/0) < 1",
    "x^x^x < 1", "floor(x)' < 1", "x'''' < 2", "indicator(x < 1)' < 1", "divides(0, 3) and x < 1", "size(1..10^12) < x",
])
func troubleIsNotATrap(_ claim: String) {
    withFiles(file(["claim a \"a\" : always \(claim)"])) { path in
        do {
            let t = try Theorem(path: path)
            _ = try t.problem(on: t.instances[0])
        } catch {
            #expect(!messages(path: path).isEmpty, "\(error)")
        }
    }
}

@Test(arguments: ["1/0", "log(0)", "log(-1)", "10^(10^9)", "0^-1", "sqrt(2)", "K", "(1/3)^1000000", "mean(n ~ binomial(3, 1/2)) n"])
func bindingsWithoutExactValue(_ value: String) {
    let text = messages("theorem t.t \"t\"\nparameter K : real\nclaim a \"a\" derived : K < 2\ninstance one K = \(value)")
    #expect(text.hasPrefix("main.thm:4:14: error "), "\(text)")
}

/// Random changes of good files: whatever comes out, it is a value.
@Test func mutatedFilesNeverCrash() throws {
    let files = ["incontext/balanced-infinite", "incontext/theorem-3.1", "teaching/logistic", "teaching/two-layer", "teaching/lorenz"]
    let words = [
        "for", "some", "(", ")", "[", "]", "'", "t", "end", "1/0", "K", "-", "^", "where", "in", "always", "x", "T1", ",", ":", "\"",
        "10^9", "mean(n ~ binomial(N, p))", "if", "softmax", "@", "\n", "\nlet q = q\n", "\nstate z[i in 1..3] = i\n", "steps", "at", "C",
    ]
    let model = try String(contentsOfFile: "\(packageRoot)/theorems/incontext/balanced.thm", encoding: .utf8)
    for name in files {
        let original = try String(contentsOfFile: "\(packageRoot)/theorems/\(name).thm", encoding: .utf8)
        for seed in 0..<60 {
            var random = SplitMix64(state: UInt64(seed))
            func mutate(_ text: String) -> String {
                var pieces = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<pieces.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: pieces.remove(at: place)
                    case 1: pieces.insert(words.randomElement(using: &random) ?? "", at: place)
                    case 2: pieces[place] = pieces.randomElement(using: &random) ?? ""
                    default: pieces[place] = words.randomElement(using: &random) ?? ""
                    }
                    if pieces.isEmpty { pieces = [""] }
                }
                return pieces.joined(separator: " ")
            }
            let main = mutate(original)
            let changed = seed % 3 == 0 ? mutate(model) : model
            withFiles(main, ["balanced.thm": changed]) { path in
                guard let t = try? Theorem(path: path) else {
                    #expect(!messages(path: path).isEmpty, "\(name), seed \(seed)")
                    return
                }
                for instance in t.instances { _ = try? t.problem(on: instance) }
            }
        }
    }
}

/// Sizes that would use up the memory are refused at once, with a message.
@Test func hugeSizesAreRefused() {
    for (line, expected) in [
        ("state W[1..1000, 1..1000, 1..1000] = 1\nflow W[i in 1..1000, j in 1..1000, k in 1..1000]' = 0", "more than 200000 states"),
        ("let M = matrix(i in 1..900, j in 1..900) (i + j)\nclaim c \"c\" : trace(M*M) > 1", ""),
        ("let p = 10^99999999999\nclaim c \"c\" : always x < p", ""), ("state y = 10^99999999999\nflow y' = 0", "too large to represent"),
        ("state y = sum(i in 1..10^12) i\nflow y' = 0", "a set of more than"), ("set S = {1, 2, 3}^40\nstate y = size(S)\nflow y' = 0", "more than"),
    ] {
        let text = messages(file([line]))
        #expect(expected.isEmpty ? !text.contains("E0") : text.contains(expected), "\(line): \(text)")
    }
}
