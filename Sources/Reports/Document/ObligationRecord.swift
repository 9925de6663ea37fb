import Exact

/// One obligation of a saved document.
struct ObligationRecord: Decodable, Sendable {
    let claim: String
    let kind: String
    let verdict: VerdictName
    let expected: VerdictName?
    let asExpected: Bool
    let bits: Int
    let constants: [Constant]
    let margin: MarginRecord?
    let obstacle: ObstacleRecord?
    let counterexample: CounterexampleRecord?
    /// Not in documents of an earlier version.
    let seeds: SeedsRecord?
    let vacuousBecause: String?
    let remark: String?
    let wording: String
    let encoded: String
    let provenance: String?
    let notes: [String]
    let line: Int
    let column: Int?
    let series: [SeriesRecord]?
    let comparisonsWithoutSeries: Int?
    let growth: GrowthRecord?

    struct Constant: Decodable, Sendable {
        let name: String
        let lo: String?
        let hi: String?
    }

    struct MarginRecord: Decodable, Sendable {
        let lo: String?
        let hi: String?
        let time: IntervalRecord?
    }

    struct SeedsRecord: Decodable, Sendable {
        let atLeast, proved, refuted, undecided, vacuous: Int
    }

    struct CounterexampleRecord: Decodable, Sendable {
        let sentence: String
        let time: IntervalRecord?
    }
}

struct IntervalRecord: Decodable, Sendable {
    let lo: String?
    let hi: String?

    var interval: RationalInterval { RationalInterval(lo, hi) }
}

extension RationalInterval {
    /// The interval of two decimals of a document.
    init(_ low: String?, _ high: String?) {
        self.init(low.flatMap { Rational(parsing: $0) }, high.flatMap { Rational(parsing: $0) })
    }
}

extension ObligationRecord {
    /// "refuted", "refuted, as expected", "undecided, expected refuted"
    var verdictText: String {
        switch (expected, asExpected) {
        case (let expected?, false): "\(verdict.rawValue), expected \(expected.rawValue)"
        case (.refuted?, true), (.undecided?, true), (.vacuous?, true): "\(verdict.rawValue), as expected"
        case (.proved?, true), (.consistent?, true), (nil, _): verdict.rawValue
        }
    }

    /// `C = [1.07943, 1.07968]`
    var constantsText: String {
        constants.map { "\($0.name) = \(RationalInterval($0.lo, $0.hi).text(.brief))" }.joined(separator: ", ")
    }

    /// `>= 0.25`: the lower end, rounded down.
    var marginText: String {
        guard let low = margin?.lo.flatMap({ Rational(parsing: $0) }) else { return "" }
        return ">= \(low.decimal(significantDigits: 6, rounding: .down))"
    }

    /// `9 of 10 proved, 1 refuted; 9 needed`: of a claim that counts seeds.
    var seedsText: String {
        guard let seeds else { return "" }
        let total = seeds.proved + seeds.refuted + seeds.undecided + seeds.vacuous
        let others = [(seeds.refuted, "refuted"), (seeds.undecided, "undecided"), (seeds.vacuous, "vacuous")]
            .filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
        return "\(seeds.proved) of \(total) proved\(others); \(seeds.atLeast) needed"
    }

    /// What a reader asks next: why it is refuted, undecided or vacuous, or what there is to add to a proof.
    var reason: String? {
        switch verdict {
        case .proved, .consistent: remark
        case .refuted: counterexample?.sentence
        case .undecided: obstacle?.reason
        case .vacuous: vacuousBecause
        }
    }

    /// `53 bits`; an identity is decided without arithmetic.
    var bitsText: String {
        bits > 0 ? "\(bits) bits" : verdict == .undecided || verdict == .vacuous ? "" : "exact"
    }

    var provenanceText: String {
        provenanceWording(provenance)
    }
}
