import Testing

@testable import Bounds
@testable import Exact
@testable import Symbolic

/// The map of a file with the states x and y, at (x, y) = (3, -4) and step 7.
private func image(_ dynamics: String) throws -> [Rational?] {
    let t = try load(
        """
        theorem t.t "t"
        parameter eta : real = 1/10
        state x = 1
        state y = 1
        let loss = (x^2 + y^2)/2
        \(dynamics)
        stop at 10 steps
        claim a "a" derived : always eta < 1
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    #expect(problem.flow == nil)
    let point: [Symbol: Rational] = [.state(0): 3, .state(1): -4, .time: 7]
    return problem.steps?.map.map { problem.graph.exactValue(of: $0, at: point) } ?? []
}

@Test(arguments: [
    ("descent gradient of loss step eta", [Rational(27, 10), Rational(-18, 5)]),
    ("descent gradient of loss step eta decay 2", [Rational(21, 10), Rational(-14, 5)]),
    ("descent gradient of loss in x step eta", [Rational(27, 10), -4]),
    ("descent gradient of loss in x step eta decay 2", [Rational(21, 10), -4]),
    ("descent gradient of loss step eta with rate 3 on y", [Rational(27, 10), Rational(-14, 5)]),
    ("descent normalised gradient of loss step 5*eta", [Rational(27, 10), Rational(-18, 5)]),
    ("descent normalised gradient of loss in y step 1", [3, -3]),
    ("descent gradient of loss step 1/(t + 3)", [Rational(27, 10), Rational(-18, 5)]),
    ("map next(x) = y\nmap next(y) = x + t", [-4, 10]),
    ("map next(y) = x\ndescent gradient of x^3 in x step eta", [Rational(3, 10), 3]),
] as [(String, [Rational])])
func dynamicsInSteps(dynamics: String, expected: [Rational]) throws {
    #expect(try image(dynamics) == expected)
}

@Test func nextIsTheValueOneStepLater() throws {
    let t = try load(
        """
        theorem t.t "t"
        state x = 1
        state y = 2
        map next(x) = x + y
        map next(y) = x*y
        stop at 10 steps
        let xy = x*y
        show next(x), next(xy), next(next(x)), next(t), next(x*t), next(7), next(next(t*y)) at 0 steps
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    #expect(problem.unsupportedShows.isEmpty)
    let values = problem.shows.map { problem.graph.exactValue(of: $0.expression, at: [.state(0): 3, .state(1): 5, .time: 7]) }
    // (3, 5) -> (8, 15) -> (23, 120)
    #expect(values == [8, 120, 23, 8, 64, 7, 1080])
}

@Test func arraysMoveEntryByEntry() throws {
    let t = try load(
        """
        theorem t.t "t"
        set I = 1..3
        state w[i in I] = i
        state b = 1
        let loss = sum(i in I) w[i]^2/2
        descent gradient of loss in w step 1/10
        map next(b) = b + w[2]
        stop at 10 steps
        show next(w[3]), next(sum(i in I) w[i]), next(b) at 0 steps
        instance one
        """)
    let problem = try t.problem(on: t.instances[0])
    #expect(problem.unsupportedShows.isEmpty)
    let point: [Symbol: Rational] = [.state(0): 10, .state(1): 20, .state(2): 30, .state(3): 5, .time: 0]
    #expect(problem.shows.map { problem.graph.exactValue(of: $0.expression, at: point) } == [27, 54, 25])
}

@Test func nextInTheDynamicsIsRefused() throws {
    let text = messages(
        """
        theorem t.t "t"
        source "w" "p" stated
        state x = 1
        map next(x) = next(x) + 1
        stop at 10 steps
        claim a "a" : always x > 0
        instance one
        """)
    #expect(text.contains("main.thm:4:15: error E0901: 'next' in the dynamics is not supported yet"), "\(text)")
}
