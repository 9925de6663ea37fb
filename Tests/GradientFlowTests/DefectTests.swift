import Arithmetic
import Exact
import Testing

@testable import GradientFlow
@testable import Symbolic

/// The bound of the defect in doubles, its low coefficients made with more bits.
struct DefectTests {
    private let order = 20

    /// Bounds of the defect of one polynomial, near the solution or far from it: with and without more bits, and with 320
    /// bits throughout, where next to nothing is rounding.
    private func bounds(_ run: Run, perturbation: Double) throws -> (sharp: Magnitude, plain: Magnitude, nearlyExact: Magnitude) {
        let field = try VectorField(graph: run.graph, field: run.field)
        let n = field.dimension
        let length = Rational(1, 64)
        let plans = LawPlans()
        let jets = Machine<DoubleBall>(field.fieldTape, order: order, bits: 53, policy: .hull, plans: plans)
        let p = BallVector<DoubleBall>(count: n * (order + 1), bits: 53)
        let wide = BallVector<Ball>(count: n * (order + 1), bits: 320)
        func set(_ i: Int, _ j: Int, _ value: Double) {
            let value = value * (1 + perturbation * Double((3 * i + 5 * j) % 7))
            p.span[i * (order + 1) + j] = DoubleBall(exactly: value)
            wide.span[i * (order + 1) + j] = Ball(exactly: value, bits: 320)
            jets.setInput(i, coefficient: j, DoubleBall(exactly: value))
        }
        for i in 0..<n { set(i, 0, run.start[i].approximation) }
        jets.setInput(n, coefficient: 1, DoubleBall(length))
        for j in 0..<order {
            jets.advance(j)
            for i in 0..<n {
                let rate = jets.span[jets.position(jets.output(i)) + j].mid
                set(i, j + 1, rate * length.approximation / Double(j + 1))
            }
        }
        let metric = try Metric(field, environment: Environment(), plans: plans)
        func bound<E: Enclosure>(_ q: borrowing BallVector<E>, bits: Int, isSharp: Bool) -> Magnitude {
            Defect<E>(
                field.fieldTape, dimension: n, metric: metric, parameters: [], order: order, bits: bits,
                environment: Environment(), plans: plans, isSharp: isSharp
            ).integral(of: q, start: 0, length: length)?.total ?? .infinity
        }
        return (
            bound(p, bits: 53, isSharp: true), bound(p, bits: 53, isSharp: false), bound(wide, bits: 320, isSharp: false)
        )
    }

    @Test(arguments: Run.all().map(\.name), [0, 0x1p-45, 0x1p-20])
    func moreBitsKeepTheBound(name: String, perturbation: Double) throws {
        let run = try #require(Run.all().first { $0.name == name })
        let found = try bounds(run, perturbation: perturbation)
        #expect(found.nearlyExact <= found.sharp, "\(found)")
        #expect(found.sharp <= found.plain, "\(found)")
        #expect(found.plain.isFinite)
    }

    @Test func moreBitsGainWhereRoundingIsAllThereIs() throws {
        let found = try bounds(Run.lorenz(), perturbation: 0)
        #expect(found.sharp * Magnitude(2.0) < found.plain, "\(found)")
    }

    /// A rolled sum and a gate are left to the models.
    @Test func onlySmoothProgramsAreMadeTwice() throws {
        func isSmooth(_ run: Run) throws -> Bool {
            Program(try VectorField(graph: run.graph, field: run.field).fieldTape, order: 20).isSmooth
        }
        #expect(try isSmooth(.lorenz()) && isSmooth(.driven()) && !isSmooth(.inContext()))
        let g = Graph()
        let x = g.symbol(.state(0))
        let kinks = [g.apply(.relu, x), g.apply(.abs, x), g.minimum(x, g.one), g.cases(.compare(.less, x, g.zero), x, g.one)]
        for kink in kinks {
            let tape = try g.compile(outputs: [kink], inputs: [.state(0), .time], varying: [.state(0), .time])
            #expect(!Program(tape, order: 20).isSmooth)
        }
    }
}
