/// The constraints that hold the minimum of a strictly convex quadratic program, by the dual method of D. Goldfarb and
/// A. Idnani, "A numerically stable dual method for solving strictly convex quadratic programs", Math. Programming 27
/// (1983).
///
/// From the minimum under no inequality on, a violated one is added, and those that would push the wrong way are
/// dropped. Every addition raises the minimum, so no set comes twice: in exact arithmetic the method always ends.
///
/// All it needs are the products G of the constraints' gradients in the metric of the objective, and what the free
/// minimum lacks of their bounds: at multipliers m the slacks are G m - lack.
struct DualActiveSet<Scalar: OrderedScalar> {
    let gram: [[Scalar]]
    let lack: [Scalar]
    let isEquality: [Bool]

    private(set) var active: [Int] = []
    private var multipliers: [Scalar]
    private var factor = SymmetricFactor<Scalar>()

    init(gram: [[Scalar]], lack: [Scalar], isEquality: [Bool]) {
        self.gram = gram
        self.lack = lack
        self.isEquality = isEquality
        multipliers = Array(repeating: .zero, count: lack.count)
    }

    /// Finds ``active``, linearly independent constraints. False if no point meets all constraints (or after
    /// `mostSteps`, which a guess needs for fear of cycles).
    mutating func run(mostSteps: Int = .max) -> Bool {
        guard addEqualities() else { return false }
        var steps = 0
        while let violated = mostViolated() {
            while true {
                steps += 1
                guard steps <= mostSteps, let isAdded = step(towards: violated) else { return false }
                if isAdded { break }
            }
        }
        return true
    }

    private func slack(_ i: Int) -> Scalar {
        multipliers.indices.reduce(.zero - lack[i]) { sum, j in
            multipliers[j] == .zero ? sum : sum + gram[i][j] * multipliers[j]
        }
    }

    /// False if the equalities contradict each other.
    private mutating func addEqualities() -> Bool {
        for i in lack.indices where isEquality[i] {
            let border = border(i)
            if border.pivot.isNegligible { continue }
            factor.append(border)
            active.append(i)
        }
        for (i, multiplier) in zip(active, factor.solve(active.map { lack[$0] })) { multipliers[i] = multiplier }
        return lack.indices.allSatisfy { !isEquality[$0] || slack($0).isNegligible }
    }

    private func mostViolated() -> Int? {
        var worst: (index: Int, slack: Scalar)?
        for i in lack.indices where !isEquality[i] && !active.contains(i) {
            let slack = slack(i)
            if slack < (worst?.slack ?? .zero), !slack.isNegligible { worst = (i, slack) }
        }
        return worst?.index
    }

    private func border(_ p: Int) -> SymmetricFactor<Scalar>.Border {
        factor.border(active.map { gram[p][$0] }, gram[p][p])
    }

    /// Raises the multiplier of p until its slack is 0 (true) or another multiplier is (false); nil if neither happens.
    private mutating func step(towards p: Int) -> Bool? {
        let border = border(p)
        // The other multipliers move so that the active slacks stay 0.
        let rates = factor.solve(active.map { gram[p][$0] })
        var blocking: (position: Int, length: Scalar)?
        for (position, i) in active.enumerated() where !isEquality[i] {
            guard rates[position] > .zero, !rates[position].isNegligible else { continue }
            let length = multipliers[i] / rates[position]
            if blocking.map({ length < $0.length }) ?? true { blocking = (position, length) }
        }
        let full = border.pivot.isNegligible ? nil : (.zero - slack(p)) / border.pivot
        guard let length = [blocking?.length, full].compactMap({ $0 }).min() else { return nil }
        for (i, rate) in zip(active, rates) { multipliers[i] = multipliers[i] - length * rate }
        multipliers[p] = multipliers[p] + length
        if let full, full <= length {
            factor.append(border)
            active.append(p)
            return true
        }
        if let blocking { drop(blocking.position) }
        return false
    }

    private mutating func drop(_ position: Int) {
        multipliers[active.remove(at: position)] = .zero
        let left = active
        (active, factor) = ([], SymmetricFactor())
        for i in left {
            factor.append(border(i))
            active.append(i)
        }
    }
}
