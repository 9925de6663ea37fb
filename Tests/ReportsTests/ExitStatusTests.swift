import Checker
import Reports
import Testing

private let proved = Verdict.proved(Evidence())
private let refuted = Verdict.refuted(Counterexample(sentence: "3 > 2"))
private let undecided = Verdict.undecided(Obstacle(.precision, "too wide"))
private let vacuous = Verdict.vacuous("0 > 1 is false")
private let consistent = Verdict.consistent(Evidence())

@Test func theStatusFollowsFromTheVerdicts() {
    let table: [(what: String, results: [TheoremResult], invalid: Bool, status: Int32)] = [
        ("proved", [Sample.single(proved)], false, 0),
        ("consistent", [Sample.single(consistent)], false, 0),
        ("refuted", [Sample.single(refuted, met: false)], false, 1),
        ("refuted, proved expected", [Sample.single(refuted, expected: .proved, met: false)], false, 1),
        ("refuted as expected", [Sample.single(refuted, expected: .refuted)], false, 0),
        ("undecided", [Sample.single(undecided, met: false)], false, 2),
        ("undecided, refuted expected", [Sample.single(undecided, expected: .refuted, met: false)], false, 2),
        ("undecided as expected", [Sample.single(undecided, expected: .undecided)], false, 0),
        ("proved, refuted expected", [Sample.single(proved, expected: .refuted, met: false)], false, 2),
        ("vacuous by given", [Sample.single(vacuous)], false, 0),
        ("vacuous, not expected", [Sample.single(vacuous, met: false)], false, 2),
        ("undecided, then refuted", [Sample.single(undecided, met: false), Sample.single(refuted, met: false)], false, 1),
        ("proved, then undecided", [Sample.single(proved), Sample.single(undecided, met: false)], false, 2),
        ("invalid beside proved", [Sample.single(proved)], true, 3),
        ("invalid beside refuted", [Sample.single(refuted, met: false)], true, 3),
        ("nothing at all", [], false, 2),
        ("only an invalid file", [], true, 3),
        ("no instance", [Sample.theorem([])], false, 2),
        ("no obligation beside proved", [Sample.single(proved), Sample.theorem([])], false, 2),
    ]
    for row in table {
        #expect(exitStatus(of: row.results, invalid: row.invalid) == row.status, "\(row.what)")
    }
}

@Test func aTheoremThatVerifiesLessThanItSaysIsNoSuccess() {
    let result = Sample.theorem(Sample.single(proved).instances, emptiness: ["claim 'a' is vacuous on every instance"])
    #expect(exitStatus(of: [result], invalid: false) == 2)
}

@Test func anAlarmIsNoSuccess() {
    var instances = Sample.single(proved).instances
    instances[0].alarms = ["the invariant u^2 - v^2 is violated"]
    #expect(exitStatus(of: [Sample.theorem(instances)], invalid: false) == 2)
}

@Test func anInterruptedRunHasItsOwnStatus() {
    #expect(Outcome(theorems: [Sample.single(proved)], interrupted: true).exitStatus == 130)
    #expect(Outcome(theorems: [Sample.single(proved)]).exitStatus == 0)
}
