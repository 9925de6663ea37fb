import Arithmetic
import Exact
import Symbolic

/// The logarithmic norm of a gradient flow from the curvature form of its loss: mu <= lambda_max(-B) in gradient
/// coordinates, where H - B is positive semidefinite at every point (``CurvatureForm``).
///
/// B is the bilinear part, the adjoints times the second derivatives of the cuts, plus the interactions of the gradients
/// of the cuts. Two bounds are made and the better one taken: the largest eigenvalue of the whole matrix, where it is
/// small enough, and that of the bilinear part plus a norm of the interactions.
final class CurvatureNorm {
    /// Up to here the whole matrix is factored.
    static let largestDense = 1000

    private let field: VectorField
    private let form: CurvatureForm
    private let metric: Metric
    private let machine: Machine<DoubleBall>
    private let factors: FactorTable
    private let gradients: CutGradients
    private let bilinear: BilinearPart
    private let nodes: NodeBound

    init(_ field: VectorField, _ form: CurvatureForm, _ tape: Tape, _ metric: Metric, _ plans: LawPlans) {
        self.field = field
        self.form = form
        self.metric = metric
        machine = Machine(tape, order: 2, bits: 53, policy: .smooth, plans: plans)
        var factors = FactorTable()
        gradients = CutGradients(form, metric, &factors)
        bilinear = BilinearPart(form, metric, &factors, dimension: field.dimension)
        self.factors = factors
        nodes = NodeBound(form, gradients)
    }

    /// What bounds mu on a step: the largest eigenvalue of -B, that of the bilinear part alone, and the norm of the rest.
    struct Spectrum {
        let dense: SpectralBound?
        let bilinear: SpectralBound?
        let interactions: Double
    }

    /// Nil if the loss or one of its derivatives is undefined or not smooth somewhere on the tube of radius `rho`.
    func bound(_ piece: TubePiece, rho: Magnitude) -> LogarithmicNorm.Bound? {
        guard let spectrum = spectrum(piece, rho: rho) else { return nil }
        let dense = spectrum.dense?.integrated(over: piece.length, beside: 0)
        let node = spectrum.bilinear?.integrated(over: piece.length, beside: spectrum.interactions)
        guard let best = [dense, node].compactMap({ $0 }).min(by: { $0.integral < $1.integral }) else { return nil }
        return LogarithmicNorm.Bound(
            integral: best.integral,
            positivePart: Swift.min(dense?.positivePart ?? .infinity, node?.positivePart ?? .infinity),
            dense: dense?.integral, node: node?.integral, modelling: best.modelling)
    }

    func spectrum(_ piece: TubePiece, rho: Magnitude) -> Spectrum? {
        piece.setInputs(of: machine, field, rho: rho, metric: metric)
        machine.run()
        let outputs = machine.program.outputs
        guard outputs.allSatisfy(machine.isFinite) else { return nil }
        let coefficients = form.coefficients.indices.map { machine.span[machine.position(outputs[$0])] }
        let first = form.coefficients.count + 1
        let models = outputs[first...].map { ShortModel(machine, slot: $0) }
        let factors = self.factors.values(coefficients, metric)
        let adjoints = Array(models.prefix(form.cuts.count))
        let interactions = Array(models.dropFirst(form.cuts.count))
        let states = (0..<field.dimension).map { i in
            ShortModel(
                piece.coefficients[3 * i], piece.coefficients[3 * i + 1], piece.coefficients[3 * i + 2],
                weighted: piece.tails[i], uniform: metric.reach(rho, of: i))
        }
        let slopes = gradients.values(states, factors)
        return Spectrum(
            dense: field.dimension > Self.largestDense
                ? nil
                : DenseMatrix(bilinear, adjoints, factors, form, interactions, gradients, slopes).largestEigenvalue(),
            bilinear: bilinear.largestEigenvalue(adjoints, factors), interactions: nodes.norm(interactions, slopes))
    }
}

/// Products of a coefficient of the form, roots of rates and a small integer: each is made once per step.
struct FactorTable {
    private struct Key: Hashable {
        let coefficient: Int
        let rates: [Int]
        let multiple: Int
    }

    private var positions: [Key: Int] = [:]
    private var keys: [Key] = []

    /// The position of multiple * coefficient * the product of the roots of the rates of these states.
    mutating func position(_ coefficient: Int, _ states: [Int], multiple: Int = 1, _ metric: Metric) -> Int {
        let key = Key(coefficient: coefficient, rates: states.map { metric.rateOfState[$0] }, multiple: multiple)
        if let known = positions[key] { return known }
        positions[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }

    func values(_ coefficients: [DoubleBall], _ metric: Metric) -> [DoubleBall] {
        keys.map { key in
            key.rates.reduce(coefficients[key.coefficient] * DoubleBall(exactly: Double(key.multiple))) { $0 * metric.roots[$1] }
        }
    }
}
