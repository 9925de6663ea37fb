import Exact
import Testing

@testable import Symbolic

/// Powers of powers are joined only where both forms have the same values and the same domain.
struct PowerTests {
    private let graph = Graph()
    private var x: Expression { graph.symbol(.state(0)) }
    private var squares: Expression { graph.add(graph.power(x, 2), graph.power(graph.symbol(.state(1)), 2)) }

    @Test func theSquareOfANormIsASumOfSquares() {
        let norm = graph.power(squares, Rational(1, 2))
        #expect(graph.power(norm, 2) == squares)
        #expect(graph.power(norm, 4) == graph.power(squares, 2))
        #expect(graph.power(norm, -2) == graph.power(squares, -1))
    }

    @Test func aRootOfUnknownSignKeepsItsDomain() {
        let root = graph.power(x, Rational(1, 2))
        #expect(graph.power(root, 2) != x)
    }

    @Test func aNegativePowerKeepsItsHole() {
        let inverse = graph.power(squares, Rational(-1, 2))
        #expect(graph.power(inverse, -2) != squares)
    }
}
