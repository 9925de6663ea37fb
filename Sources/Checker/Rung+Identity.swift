import Bounds
import Exact
import GradientFlow
import Symbolic

/// Identities: proved by normal form alone, refuted by an enclosure at one exact state.
extension Rung {
    func prove(_ pairs: [(Expression, Expression)]) -> Decision {
        var conditions: [Expression] = []
        for (left, right) in pairs {
            switch graph.proveIdentity(left, right) {
            case .proved(let nonZero):
                guard isDefinedSomewhere([left, right]) else {
                    return .undecided(
                        .undefined, "no state was found at which both sides are defined",
                        remedy: "check the formula for a division by 0 or a logarithm of a negative number")
                }
                conditions += nonZero.filter { !conditions.contains($0) }
            case .notShown(let reason):
                return refute(left, right, reason)
            }
        }
        let remark = conditions.isEmpty
            ? "the normal forms are equal"
            : "the normal forms are equal where "
                + conditions.map { "\(describe($0)) != 0" }.joined(separator: " and ")
        return Decision(.proved(Evidence(remark: remark)))
    }

    /// Exact states to try: small rationals from a fixed sequence, the same on every machine.
    func samples(of symbols: Set<Symbol>) -> [Environment] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let ordered = symbols.inOrder
        return (0..<12).map { index in
            var sample = environment
            for symbol in ordered where environment[symbol] == nil {
                var value = Rational(BigInt(Int(next() % 64) + 1), BigInt(Int(next() % 16) + 5))
                // The time of a run in steps is a whole number.
                if problem.steps != nil, case .time = symbol { value = Rational(value.ceiling) }
                if index % 3 == 2, case .state = symbol, next() % 2 == 0 { value = -value }
                sample[symbol] = RationalInterval(value)
            }
            return sample
        }
    }

    func isDefinedSomewhere(_ sides: [Expression]) -> Bool {
        let symbols = sides.reduce(into: Set<Symbol>()) { $0.formUnion(graph.symbols(in: $1)) }
        return samples(of: symbols).contains { sample in
            guard let values = try? enclose(sides, of: graph, environment: sample, bits: 128) else { return false }
            return values.allSatisfy { $0.width != nil }
        }
    }

    private func refute(_ left: Expression, _ right: Expression, _ reason: String) -> Decision {
        let difference = graph.subtract(left, right)
        let symbols = graph.symbols(in: difference)
        // A value at a moment, an integral: a number that the state does not tell.
        let hasMoments = symbols.contains { symbol in
            switch symbol {
            case .moment: true
            case .state(let position): position >= problem.declaredStates
            case .time, .parameter, .open, .bound: false
            }
        }
        if !hasMoments {
            for sample in samples(of: symbols) {
                guard let values = try? enclose([difference, left, right], of: graph, environment: sample, bits: 256),
                    Comparison.equal.truth(ofDifference: values[0]) == .no
                else { continue }
                let state = symbols.inOrder.compactMap { symbol in
                    sample[symbol]?.lower.map { "\(name(symbol)) = \($0)" }
                }
                let place = state.isEmpty ? "" : "at \(state.joined(separator: ", ")) "
                return Decision(
                    .refuted(
                        Counterexample(
                            sentence: "\(place)the left side is \(values[1].predicate("exactly")), the right side \(values[2].predicate("exactly"))")))
            }
        }
        if hasMoments {
            return .undecided(
                .equality, "the normal forms are not known to be equal whatever values at moments, and integrals, are (\(reason))",
                remedy: "state it along the run: 'always', or 'at T :'")
        }
        return .undecided(
            .equality, "the sides agree wherever they were compared, but their normal forms are not known to be equal (\(reason))",
            remedy: "write both sides with the same functions, or split the identity")
    }

    func name(_ symbol: Symbol) -> String {
        switch symbol {
        case .state(let index): problem.states[index].name
        case .time: "t"
        case .parameter(let name), .moment(let name), .open(let name): name
        case .bound(let index): "n\(index)"
        }
    }

    func describe(_ expression: Expression) -> String {
        graph.description(of: expression, name: name)
    }
}
