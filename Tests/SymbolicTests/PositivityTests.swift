import Testing

@testable import Exact
@testable import Symbolic

/// Signs that hold for all values of the symbols, and formulas of which nothing may be claimed.
@Test func signsOfNormalForms() {
    let graph = Graph()
    let (x, y) = (graph.symbol(.state(0)), graph.symbol(.state(1)))
    let (a, b) = (graph.apply(.exp, x), graph.apply(.exp, y))
    let total = graph.add(a, graph.add(b, graph.one))
    let (p, q, r) = (graph.divide(a, total), graph.divide(b, total), graph.divide(graph.one, total))
    func square(_ e: Expression) -> Expression { graph.power(e, 2) }
    func minus(_ a: Expression, _ b: Expression) -> Expression { graph.subtract(a, b) }
    let rest = minus(graph.one, p)

    // (1 - p)^2 >= q^2 + r^2, since p + q + r = 1.
    let gap = minus(square(rest), graph.add(square(q), square(r)))
    #expect(graph.isNonNegative(gap, strictly: true))
    #expect(!graph.isNonNegative(graph.negate(gap)))
    #expect(graph.isNonNegative(minus(graph.one, p), strictly: true))
    #expect(graph.isNonNegative(square(minus(x, y))) && !graph.isNonNegative(square(minus(x, y)), strictly: true))
    #expect(graph.isNonNegative(graph.add(square(x), graph.one), strictly: true))
    #expect(graph.isNonNegative(minus(square(graph.add(a, b)), square(minus(a, b))), strictly: true))

    // True, but not by the signs of terms; false; and formulas without a value somewhere.
    for e in [
        minus(graph.add(square(x), square(y)), graph.multiply(graph.constant(2), graph.multiply(x, y))), x, minus(p, q),
        minus(square(x), graph.one), graph.divide(square(x), square(x)), graph.divide(graph.one, square(x)),
        graph.apply(.sqrt, x), minus(a, graph.one), minus(graph.zero, graph.one),
    ] {
        #expect(!graph.isNonNegative(e), "\(graph.description(of: e) { "\($0)" })")
    }
    #expect(!graph.isNonNegative(graph.zero, strictly: true) && graph.isNonNegative(graph.zero))
}
