import Testing

@testable import Exact

private typealias Constraint = QuadraticProgram.Constraint

/// x with A x = b by plain elimination; nil for a singular matrix.
private func solve(_ matrix: [[Rational]], _ b: [Rational]) -> [Rational]? {
    var rows = zip(matrix, b).map { $0 + [$1] }
    for k in rows.indices {
        guard let pivot = rows.indices[k...].first(where: { !rows[$0][k].isZero }) else { return nil }
        rows.swapAt(k, pivot)
        for i in rows.indices where i != k && !rows[i][k].isZero {
            let factor = rows[i][k] / rows[k][k]
            for j in k...rows.count { rows[i][j] -= factor * rows[k][j] }
        }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
}

/// The minimum by trying every set of constraints as equations.
private func minimumByEnumeration(_ program: QuadraticProgram) -> [Rational]? {
    let n = program.slope.count
    let constraints = program.constraints
    for subset in 0..<(1 << constraints.count) {
        let chosen = constraints.indices.filter { subset >> $0 & 1 == 1 }
        let normals = chosen.map { i in (0..<n).map { constraints[i].normal[$0] ?? 0 } }
        // H x - A^T m = -g, A x = b
        let top = (0..<n).map { i in program.hessian[i] + normals.map { -$0[i] } }
        let bottom = normals.map { $0 + Array(repeating: Rational.zero, count: chosen.count) }
        let right = program.slope.map { -$0 } + chosen.map { constraints[$0].bound }
        guard let solution = solve(top + bottom, right) else { continue }
        let x = Array(solution[..<n])
        let isFeasible = constraints.allSatisfy { constraint in
            let slack = constraint.normal.reduce(-constraint.bound) { $0 + $1.value * x[$1.key] }
            return constraint.isEquality ? slack.isZero : slack >= 0
        }
        let signsAreRight = zip(chosen, solution[n...]).allSatisfy { constraints[$0].isEquality || $1 >= 0 }
        if isFeasible && signsAreRight { return x }
    }
    return nil
}

extension SplitMix {
    fileprivate mutating func small() -> Rational {
        Rational(Int.random(in: -6...6, using: &self)) / Rational(Int.random(in: 1...4, using: &self))
    }

    /// B B^T + I, and constraints of which some are equalities, some repeat others with factors, some have small normals.
    fileprivate mutating func program(_ n: Int, _ m: Int) -> QuadraticProgram {
        let b = (0..<n).map { _ in (0..<n).map { _ in Bool.random(using: &self) ? small() : .zero } }
        let hessian = (0..<n).map { i in
            (0..<n).map { j in zip(b[i], b[j]).reduce(i == j ? 1 : 0) { $0 + $1.0 * $1.1 } }
        }
        var constraints: [Constraint] = []
        for _ in 0..<m {
            if let other = constraints.randomElement(using: &self), Int.random(in: 0..<5, using: &self) == 0 {
                let factor = Rational(Int.random(in: 1...3, using: &self))
                constraints.append(
                    Constraint(normal: other.normal.mapValues { factor * $0 }, bound: factor * other.bound, isEquality: false))
                continue
            }
            let entries = (0..<n).filter { _ in Bool.random(using: &self) }.map { ($0, small()) }
            constraints.append(
                Constraint(
                    normal: Dictionary(uniqueKeysWithValues: entries), bound: small(),
                    isEquality: Int.random(in: 0..<6, using: &self) == 0))
        }
        return QuadraticProgram(hessian: hessian, slope: (0..<n).map { _ in small() }, constraints: constraints)
    }
}


@Test(arguments: [(3, 2, 30), (3, 6, 40), (4, 5, 40), (5, 7, 20), (6, 4, 20), (8, 10, 2)])
func theMinimumIsThatOfEnumeration(size: (n: Int, m: Int, trials: Int)) {
    var random = SplitMix(seed: UInt64(100 * size.n + size.m))
    var infeasible = 0
    for trial in 0..<size.trials {
        let program = random.program(size.n, size.m)
        let expected = minimumByEnumeration(program)
        let solution = try? program.solve()
        #expect(solution?.point == expected, "trial \(trial): \(program)")
        if let solution {
            #expect(program.isMinimum(solution.point, solution.multipliers))
        } else {
            infeasible += 1
        }
    }
    #expect(infeasible < size.trials)
}

/// The exact method alone, without the guess in floating point.
@Test func theExactMethodEndsAtTheMinimum() {
    var random = SplitMix(seed: 5)
    for _ in 0..<40 {
        let program = random.program(4, 7)
        guard let factor = SymmetricFactor(program.hessian) else { Issue.record("B B^T + I is positive definite"); continue }
        let normals = program.constraints.map { c in (0..<4).map { c.normal[$0] ?? 0 } }
        func dot(_ a: [Rational], _ b: [Rational]) -> Rational { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let free = factor.solve(program.slope.map { -$0 })
        let directions = normals.map(factor.solve)
        var method = DualActiveSet(
            gram: normals.map { a in directions.map { dot(a, $0) } },
            lack: zip(program.constraints, normals).map { $0.bound - dot($1, free) },
            isEquality: program.constraints.map(\.isEquality))
        guard method.run() else {
            #expect(minimumByEnumeration(program) == nil)
            continue
        }
        let active = method.active
        let gram = active.map { i in active.map { dot(normals[i], directions[$0]) } }
        guard let inner = SymmetricFactor(gram) else { Issue.record("the active normals are independent"); continue }
        let multipliers = inner.solve(active.map { program.constraints[$0].bound - dot(normals[$0], free) })
        let point = (0..<4).map { j in zip(active, multipliers).reduce(free[j]) { $0 + $1.1 * directions[$1.0][j] } }
        #expect(point == minimumByEnumeration(program))
    }
}

private func unitProgram(_ slope: [Rational], _ constraints: [Constraint]) -> QuadraticProgram {
    let n = slope.count
    return QuadraticProgram(
        hessian: (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } }, slope: slope, constraints: constraints)
}

/// Acceptance rests on the conditions alone: a point or a multiplier that is off by the least bit is refused.
@Test func onlyTheExactMinimumIsAccepted() throws {
    var random = SplitMix(seed: 9)
    for _ in 0..<30 {
        let program = random.program(4, 5)
        guard let solution = try? program.solve() else { continue }
        let tiny = Rational.powerOfTwo(-300)
        for i in 0..<4 {
            var point = solution.point
            point[i] += tiny
            #expect(!program.isMinimum(point, solution.multipliers))
        }
        for i in 0..<5 where !program.constraints[i].normal.isEmpty {
            for change in [tiny, -tiny] {
                var multipliers = solution.multipliers
                multipliers[i] += change
                #expect(!program.isMinimum(solution.point, multipliers))
            }
        }
    }
}

@Test func withoutConstraintsTheSlopeVanishes() throws {
    let solution = try QuadraticProgram(hessian: [[2, 1], [1, 3]], slope: [1, -2], constraints: []).solve()
    #expect(solution.point == [-1, 1])
    #expect(solution.hasUniqueMultipliers && solution.multipliers.isEmpty)
}

@Test func aMultiplierMayBeZero() throws {
    // The free minimum (1, 0) lies on the constraint x >= 1.
    let solution = try unitProgram([-1, 0], [Constraint(normal: [0: 1], bound: 1, isEquality: false)]).solve()
    #expect(solution.point == [1, 0] && solution.multipliers == [0] && solution.hasUniqueMultipliers)
}

@Test func dependentConstraintsHaveManyMultipliers() throws {
    let twice = [1, 2].map { Constraint(normal: [0: Rational($0)], bound: Rational($0), isEquality: false) }
    let solution = try unitProgram([0, 0], twice).solve()
    #expect(solution.point == [1, 0] && !solution.hasUniqueMultipliers)
    let slack = twice + [Constraint(normal: [0: 3], bound: 2, isEquality: false)]
    #expect(try unitProgram([0, 0], [slack[0], slack[2]]).solve().hasUniqueMultipliers)
}

@Test func equalitiesHaveMultipliersOfAnySign() throws {
    let sum = Constraint(normal: [0: 1, 1: 1], bound: -1, isEquality: true)
    let solution = try unitProgram([0, 0], [sum]).solve()
    let half = Rational(1, 2)
    #expect(solution.point == [-half, -half] && solution.multipliers == [-half])
    let doubled = Constraint(normal: [0: 2, 1: 2], bound: -2, isEquality: true)
    #expect(try unitProgram([0, 0], [sum, doubled]).solve().point == [-half, -half])
}

@Test func contradictionsAreInfeasible() {
    let low = Constraint(normal: [0: 1], bound: 1, isEquality: false)
    let high = Constraint(normal: [0: -1], bound: 0, isEquality: false)
    let zero = Constraint(normal: [:], bound: 1, isEquality: false)
    let equalities = [1, 2].map { Constraint(normal: [0: 1], bound: $0, isEquality: true) }
    for constraints in [[low, high], [zero], equalities] {
        #expect(throws: QuadraticProgram.Failure.infeasible) { try unitProgram([0, 0], constraints).solve() }
    }
}

/// The gap between feasible and infeasible is far below the rounding of the guess.
@Test func whatRoundingCannotTellApartIsDecidedExactly() throws {
    let tiny = Rational.powerOfTwo(-200)
    func program(_ gap: Rational) -> QuadraticProgram {
        unitProgram([0, 0], [
            Constraint(normal: [0: 1], bound: 1 + gap, isEquality: false),
            Constraint(normal: [0: -1], bound: -1, isEquality: false),
        ])
    }
    #expect(throws: QuadraticProgram.Failure.infeasible) { try program(tiny).solve() }
    #expect(try program(-tiny).solve().point == [1 - tiny, 0])
}

@Test func onlyPositiveDefiniteObjectivesAreSolved() {
    for hessian: [[Rational]] in [[[1, 1], [1, 1]], [[0]], [[-1]], [[1, 2], [2, 1]], [[1, 0], [0, 0]]] {
        let program = QuadraticProgram(hessian: hessian, slope: hessian.map { _ in 0 }, constraints: [])
        #expect(throws: QuadraticProgram.Failure.notPositiveDefinite) { try program.solve() }
    }
}
