import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// Initial value problems with enclosures verified elsewhere, and points recomputed to 18 digits (Taylor series with 30
/// digits, mpmath). An enclosure meets the verified one and contains the recomputed point, up to the digits printed here.
///
/// Source: Isabelle, Archive of Formal Proofs, Ordinary_Differential_Equations, Examples_One_Step_Method.
struct ReferenceTests {
    func decimal(_ digits: String, _ places: Int) -> Rational {
        Rational(BigInt(digits) ?? 0, BigInt(10).power(places))
    }

    func check(
        _ run: any Trajectory, _ state: Expression, at time: Rational, verified: (Rational, Rational),
        point: Rational, places: Int
    ) throws {
        let range = try run.range(of: state, at: time...time)
        #expect(meet(range, RationalInterval(verified.0, verified.1)), "\(shown(range)) misses the verified enclosure")
        // The last printed digit is rounded.
        let unit = Rational(1, 1) / Rational(BigInt(10).power(places))
        #expect(meet(range, RationalInterval(point - unit, point + unit)), "\(shown(range)) misses \(point)")
    }

    @Test(arguments: [53, 128])
    func vanDerPol(bits: Int) throws {
        let problem = Run.vanDerPol()
        let run = try problem.follow(bits: bits)
        let states = problem.states()
        try check(
            run, states[0], at: 7, verified: (decimal("1870", 3), decimal("1875", 3)),
            point: decimal("1872429648428115212", 18), places: 18)
        try check(
            run, states[1], at: 7, verified: (decimal("9887", 4), decimal("1001", 3)),
            point: decimal("994832860332408478", 18), places: 18)
    }

    @Test(arguments: [53, 128])
    func lorenz(bits: Int) throws {
        let problem = Run.lorenz()
        let run = try problem.follow(bits: bits)
        let states = problem.states()
        let time = decimal("1558652210", 9)
        try check(
            run, states[0], at: time, verified: (decimal("-21515", 4), decimal("-21434", 4)),
            point: decimal("-2147367662141475118", 18), places: 18)
        try check(
            run, states[1], at: time, verified: (decimal("20738", 4), decimal("20824", 4)),
            point: decimal("2078048214015698384", 18), places: 18)
        try check(
            run, states[2], at: time, verified: (decimal("26992", 3), decimal("27009", 3)),
            point: decimal("27000000054107291443", 18), places: 18)
    }

    func square(_ sign: Int, _ start: Rational, _ power: Int) -> Run {
        let g = Graph()
        let (y, t) = (g.symbol(.state(0)), g.symbol(.time))
        let field = g.add(g.power(y, 2), g.multiply(g.constant(sign), g.power(t, Rational(power))))
        return Run(name: "y^2 + \(sign) t^\(power)", graph: g, field: [field], start: [start], horizon: 1)
    }

    @Test(arguments: [53, 128])
    func riccatiMinusTime(bits: Int) throws {
        let above = square(-1, Rational(23, 32), 1)
        try check(
            above.follow(bits: bits), above.states()[0], at: 4, verified: (decimal("-1921", 3), decimal("-1919", 3)),
            point: decimal("-1920180521132253242", 18), places: 18)
    }

    @Test(arguments: [53, 128])
    func riccatiPlusTimeSquared(bits: Int) throws {
        let problem = square(1, 1, 2)
        try check(
            problem.follow(bits: bits), problem.states()[0], at: Rational(1, 8),
            verified: (decimal("114347", 5), decimal("114376", 5)), point: decimal("1143556025016784887", 18), places: 18)
    }

    /// The same with y(0) = 0: there y and y' vanish together, and no size is known to choose a step by.
    @Test func riccatiMinusTimeFromRest() async throws {
        do {
            do {
                let tests = ReferenceTests()
                let below = tests.square(-1, 0, 1)
                for bits in [53, 128] {
                    try tests.check(
                        below.follow(bits: bits), below.states()[0], at: 4,
                        verified: (tests.decimal("-196", 2), tests.decimal("-19", 1)),
                        point: tests.decimal("-1931136120840435317", 18), places: 18)
                }
            }
        }
    }
}
