/// The minimum of x^T H x/2 + g^T x under linear constraints a^T x >= b or = b, H positive definite, all data rational.
///
/// The set of active constraints is guessed in floating point, else found in rationals; either way the point that
/// belongs to it is computed exactly and accepted only if it meets the conditions of Karush, Kuhn and Tucker exactly.
/// They prove that it is a minimum; H positive definite proves that it is the only one.
public struct QuadraticProgram: Sendable {
    /// a^T x >= bound, or = bound.
    public struct Constraint: Sendable {
        /// The entries of a that are not 0, by position.
        public let normal: [Int: Rational]
        /// What the linear form is at least, or equal to.
        public let bound: Rational
        /// Whether the linear form has to equal the bound.
        public let isEquality: Bool

        /// The constraint on this linear form.
        public init(normal: [Int: Rational], bound: Rational, isEquality: Bool) {
            self.normal = normal.filter { !$0.value.isZero }
            self.bound = bound
            self.isEquality = isEquality
        }
    }

    /// The minimiser, with what shows that it is one.
    public struct Solution: Sendable {
        /// The minimiser.
        public let point: [Rational]
        /// One for each constraint: H x + g is the sum of the multipliers times the normals.
        public let multipliers: [Rational]
        /// Whether no other multipliers belong to the point, shown by linear independence of all normals that are
        /// active there. False says nothing.
        public let hasUniqueMultipliers: Bool
    }

    /// Why there is no solution.
    public enum Failure: Error, Sendable {
        case notPositiveDefinite
        /// No point meets the constraints.
        case infeasible
    }

    /// Of the objective: symmetric.
    public let hessian: [[Rational]]
    /// The gradient of the objective at 0.
    public let slope: [Rational]
    /// What a point has to meet.
    public let constraints: [Constraint]

    /// - Precondition: the Hessian is symmetric, of the size of the slope, which has all positions of the normals.
    public init(hessian: [[Rational]], slope: [Rational], constraints: [Constraint]) {
        self.hessian = hessian
        self.slope = slope
        self.constraints = constraints
    }

    /// The exact minimiser.
    public func solve() throws(Failure) -> Solution {
        guard let factor = SymmetricFactor(hessian) else { throw .notPositiveDefinite }
        let dual = DualProgram(self, factor)
        if let guess = dual.guess(), let solution = solution(dual, active: guess) { return solution }
        guard let active = dual.active() else { throw .infeasible }
        guard let solution = solution(dual, active: active) else {
            preconditionFailure("the dual method ends at the minimum")
        }
        return solution
    }

    /// The point at which these constraints are equations, if it is the minimum.
    private func solution(_ dual: DualProgram, active: [Int]) -> Solution? {
        guard let multipliers = dual.multipliers(active: active) else { return nil }
        let point = dual.point(multipliers)
        guard isMinimum(point, multipliers) else { return nil }
        let common = CommonFraction(point)
        let tight = constraints.indices.filter { scaledSlack($0, common).isZero }
        return Solution(
            point: point, multipliers: multipliers, hasUniqueMultipliers: dual.multipliers(active: tight) != nil)
    }

    /// The conditions of Karush, Kuhn and Tucker: feasibility, signs, complementarity, stationarity.
    func isMinimum(_ x: [Rational], _ multipliers: [Rational]) -> Bool {
        let point = CommonFraction(x)
        for (i, constraint) in constraints.enumerated() {
            let slack = scaledSlack(i, point)
            if constraint.isEquality {
                guard slack.isZero else { return false }
            } else {
                guard slack >= 0, !multipliers[i].isNegative else { return false }
                guard slack.isZero || multipliers[i].isZero else { return false }
            }
        }
        let weights = CommonFraction(multipliers)
        return slope.indices.allSatisfy { isStationary($0, point, weights) }
    }

    /// The slack of a constraint times a positive number.
    private func scaledSlack(_ i: Int, _ x: CommonFraction) -> BigInt {
        let normal = Array(constraints[i].normal)
        let row = CommonFraction(normal.map(\.value) + [-constraints[i].bound])
        let bound = row.numerators[normal.count] * x.denominator
        return zip(normal, row.numerators).reduce(bound) { $0 + $1.1 * x.numerators[$1.0.key] }
    }

    /// Whether (H x + g)_j is the sum of the multipliers times the entries j of the normals.
    private func isStationary(_ j: Int, _ x: CommonFraction, _ multipliers: CommonFraction) -> Bool {
        let columns = hessian[j].indices.filter { !hessian[j][$0].isZero }
        let active = constraints.indices.filter {
            !multipliers.numerators[$0].isZero && constraints[$0].normal[j] != nil
        }
        let row = CommonFraction(
            columns.map { hessian[j][$0] } + active.map { constraints[$0].normal[j] ?? .zero } + [slope[j]])
        let (h, a) = (row.numerators[..<columns.count], row.numerators[columns.count...])
        var gradient = row.numerators[row.numerators.count - 1] * x.denominator
        for (k, entry) in zip(columns, h) { gradient += entry * x.numerators[k] }
        let force = zip(active, a).reduce(BigInt(0)) { $0 + $1.1 * multipliers.numerators[$1.0] }
        return gradient * multipliers.denominator == force * x.denominator
    }
}

/// The program seen from its multipliers: x = x0 + H^-1 A^T m, with the free minimum x0.
private struct DualProgram {
    let isEquality: [Bool]
    let free: [Rational]
    /// H^-1 a for each normal a.
    let directions: [[Rational]]
    let gram: [[Rational]]
    /// What x0 lacks of the bounds.
    let lack: [Rational]

    init(_ program: QuadraticProgram, _ factor: SymmetricFactor<Rational>) {
        let free = factor.solve(program.slope.map { -$0 })
        func dot(_ normal: [Int: Rational], _ x: [Rational]) -> Rational {
            normal.reduce(.zero) { $0 + $1.value * x[$1.key] }
        }
        let directions = program.constraints.map { constraint in
            factor.solve(free.indices.map { constraint.normal[$0] ?? .zero })
        }
        gram = program.constraints.map { constraint in directions.map { dot(constraint.normal, $0) } }
        lack = program.constraints.map { $0.bound - dot($0.normal, free) }
        isEquality = program.constraints.map(\.isEquality)
        (self.free, self.directions) = (free, directions)
    }

    func point(_ multipliers: [Rational]) -> [Rational] {
        let active = multipliers.indices.filter { !multipliers[$0].isZero }
        let weights = CommonFraction(active.map { multipliers[$0] })
        return free.indices.map { j in
            let column = CommonFraction(active.map { directions[$0][j] })
            let sum = zip(weights.numerators, column.numerators).reduce(BigInt(0)) { $0 + $1.0 * $1.1 }
            return sum.isZero ? free[j] : free[j] + Rational(sum, weights.denominator * column.denominator)
        }
    }

    /// All multipliers, 0 off the active set; nil if its normals are linearly dependent.
    func multipliers(active: [Int]) -> [Rational]? {
        guard let factor = SymmetricFactor(active.map { i in active.map { gram[i][$0] } }) else { return nil }
        var result = Array(repeating: Rational.zero, count: lack.count)
        for (i, multiplier) in zip(active, factor.solve(active.map { lack[$0] })) { result[i] = multiplier }
        return result
    }

    /// The active set, for certain; nil if there is no feasible point.
    func active() -> [Int]? {
        var method = DualActiveSet(gram: gram, lack: lack, isEquality: isEquality)
        return method.run() ? method.active : nil
    }

    /// The active set in floating point, with normals of length 1.
    func guess() -> [Int]? {
        let scale = gram.indices.map { i in gram[i][i].isZero ? 1 : 1 / gram[i][i].approximation.squareRoot() }
        let size = lack.indices.map { (lack[$0].approximation * scale[$0]).magnitude }.max() ?? 0
        var method = DualActiveSet(
            gram: gram.indices.map { i in gram[i].indices.map { gram[i][$0].approximation * scale[i] * scale[$0] } },
            lack: lack.indices.map { lack[$0].approximation * scale[$0] / (size > 0 ? size : 1) },
            isEquality: isEquality)
        return method.run(mostSteps: 10 * lack.count + 10) ? method.active : nil
    }
}
