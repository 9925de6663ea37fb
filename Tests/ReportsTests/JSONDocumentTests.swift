import Exact
@testable import Reports
import Testing

@Test func equalResultsGiveEqualBytes() {
    let first = jsonDocument(of: Outcome(theorems: [Sample.rich, Sample.rich])).serialized()
    let second = jsonDocument(of: Outcome(theorems: [Sample.rich, Sample.rich])).serialized()
    #expect(first == second)
}

@Test func theKeysOfTheContractAreThere() {
    let text = jsonDocument(of: Outcome(theorems: [Sample.rich])).serialized()
    let contract = [
        #""schema": 1,"#, #""tool": "flowbound","#, #""claim": "lem.bal.I","#, #""kind": "condition","#, #""verdict": "proved","#,
        #""K": "20","#, #""eps": "1/100""#, #""seed": 7,"#, #""status": "reached","#, #""status": "not reached","#,
        #""quantity": "loss","#, #""at": "10","#, #""lo": "0.31","#, #""hi": "0.3100001""#, #""at": "[11, 11.125]","#,
        #""kind": "notReached","#, #""asExpected": 12,"#, #""exitStatus": 2,"#,
    ]
    for piece in contract { #expect(text.contains(piece), "\(piece)") }
}

@Test func anExactThirdIsEnclosed() {
    let (low, high) = RationalInterval(Rational(1, 3)).decimals(.document)
    #expect(low == "0.3333333333333333333333333333333333")
    #expect(high == "0.3333333333333333333333333333333334")
}

@Test func aNarrowEnclosureKeepsItsDigits() {
    let center = Rational(1, 3)
    let radius = Rational.powerOfTwo(-200)
    let (low, high) = RationalInterval(center - radius, center + radius).decimals(.document)
    #expect(low?.count ?? 0 > 60 && high?.count ?? 0 > 60, "\(low ?? "nil") \(high ?? "nil")")
}

@Test func anUnknownEndIsNull() {
    let (low, high) = RationalInterval(nil, 2).decimals(.document)
    #expect(low == nil)
    #expect(high == "2")
}
