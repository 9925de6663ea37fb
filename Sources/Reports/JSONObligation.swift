import Checker
import Exact

func json(_ obligation: ObligationResult) -> JSONValue {
    let claim = obligation.claim
    let verdict = obligation.verdict
    let constants = verdict.constants.map(json)
    return .object([
        ("claim", .string(claim.id)),
        ("kind", .string(obligation.kind)),
        ("verdict", .string(verdict.kind.rawValue)),
        ("expected", .text(obligation.expected?.rawValue)),
        ("asExpected", .boolean(obligation.isAsExpected)),
        ("bits", .integer(obligation.bits)),
        ("constant", constants.first ?? .null),
        ("constants", .array(constants)),
        ("margin", json(verdict.margin)),
        ("obstacle", json(verdict.obstacle)),
        ("counterexample", json(verdict.counterexample)),
        ("seeds", json(obligation.seeds)),
        ("vacuousBecause", .text(verdict.vacuousBecause)),
        ("remark", .text(verdict.remark)),
        ("wording", .string(claim.wording)),
        ("encoded", .string(claim.encoded)),
        ("provenance", .text(claim.provenance?.rawValue)),
        ("notes", .strings(claim.notes)),
        ("line", .integer(claim.line)),
        ("column", .integer(claim.column)),
        ("series", .array(obligation.series.map { json($0) })),
        ("comparisonsWithoutSeries", .integer(obligation.comparisonsWithoutSeries)),
        ("growth", json(obligation.growth)),
    ])
}

func json(_ obstacle: Obstacle?) -> JSONValue {
    guard let obstacle else { return .null }
    return .object([
        ("kind", .string(obstacle.kind.rawValue)),
        ("reason", .string(obstacle.reason)),
        ("remedy", .text(obstacle.remedy)),
    ])
}

private func json(_ tally: SeedTally?) -> JSONValue {
    guard let tally else { return .null }
    return .object([
        ("atLeast", .integer(tally.atLeast)),
        ("proved", .integer(tally.proved)),
        ("refuted", .integer(tally.refuted)),
        ("undecided", .integer(tally.undecided)),
        ("vacuous", .integer(tally.vacuous)),
    ])
}

private func json(_ constant: ConstantEnclosure) -> JSONValue {
    .object([("name", .string(constant.name))] + ends(constant.value))
}

private func json(_ margin: Margin?) -> JSONValue {
    guard let margin else { return .null }
    return .object(
        ends(margin.value) + [("at", .text(margin.time?.text(.document))), ("time", json(margin.time))])
}

private func json(_ counterexample: Counterexample?) -> JSONValue {
    guard let counterexample else { return .null }
    return .object([("sentence", .string(counterexample.sentence)), ("time", json(counterexample.time))])
}

extension Verdict {
    fileprivate var obstacle: Obstacle? {
        if case .undecided(let obstacle) = self { obstacle } else { nil }
    }

    fileprivate var counterexample: Counterexample? {
        if case .refuted(let counterexample) = self { counterexample } else { nil }
    }

    fileprivate var vacuousBecause: String? {
        if case .vacuous(let reason) = self { reason } else { nil }
    }

    fileprivate var remark: String? {
        switch self {
        case .proved(let evidence), .consistent(let evidence): evidence.remark
        case .refuted, .undecided, .vacuous: nil
        }
    }
}
