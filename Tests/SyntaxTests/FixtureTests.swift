import Syntax
import Testing

@Test(arguments: [("balanced", 19), ("theorem-3.1", 39), ("two-stages", 40), ("cooccurrence", 50), ("logistic", 13)])
func realFilesReadWithoutMessages(name: String, count: Int) throws {
    let text = try #require(Fixture.all[name])
    #expect(messages(text) == [])
    #expect(parse(sourceFile(text)).file.statements.count == count)
}

@Test func aModelIsAModel() {
    let file = parse(sourceFile(Fixture.cooccurrenceModel)).file
    #expect(file.header?.isModel == true && file.header?.id.text == "cooccurrence.model")
}

@Test func someStatementsOfRealFiles() {
    let theorem = parse(sourceFile(Fixture.theorem31)).file.statements.map { notation($0.kind) }
    #expect(theorem.contains("family scaling K in (vec 5 7 10 14), N = (^ K 2)"))
    #expect(theorem.contains("expect thm3.1.b2 refuted k3 k5 k10 k20 wide scaling sparse"))
    #expect(
        theorem.contains(
            "claim thm3.1.b <(1 - Attn_k)^2 <= O(eps) with high probability> : at Tstar : "
                + "((probability {n ~ (call binomial N (/ 1 K))} ((^ (call v n) 2) <= (* 4 eps))) >= (- 1 delta)) "
                + "some delta where (delta <= (/ 1 10))"))
    let model = parse(sourceFile(Fixture.cooccurrenceModel)).file.statements.map { notation($0.kind) }
    #expect(model.contains("data X[I, position] integer in word <the training samples, one row each>"))
    #expect(
        model.contains(
            "let w(j) = (+ (* sigma1 (index ZW j :)) (/ (* (index a j) (- u (at u 0))) m1)) <neuron j: all move along one vector>"))
    #expect(model.contains("flow gradient loss rate m1 on u"))
}

/// The file and the output of the language reference.
@Test func theInexactNumberOfTheReference() {
    let text = """
        theorem broken.inexact-number "A number that is not a number of this language"
        state x = 1
        flow x' = -.5*x
        stop at 10
        claim down "x decreases" : decreasing x
        instance one

        """
    let source = SourceFile(name: "broken/inexact-number.thm", utf8: Array(text.utf8))
    #expect(
        parse(source).diagnostics.map(source.render) == [
            """
            broken/inexact-number.thm:3:12: error E0102: a number needs a digit before the point
              3 | flow x' = -.5*x
                |            ^^
                = write 0.5
            """
        ])
}

@Test func aMegabyteOfCommentsIsQuick() {
    let text = "theorem x \"y\"\n" + String(repeating: "-- a comment of thirty letters\n", count: 33_000)
    let start = ContinuousClock.now
    #expect(messages(text) == [])
    let time = ContinuousClock.now - start
    #expect(time < .milliseconds(500), "\(time)")
}

@Test func realFilesAreQuick() {
    for (name, text) in Fixture.all {
        let source = sourceFile(text)
        let time = (0..<3).map { _ in ContinuousClock().measure { _ = parse(source) } }.min() ?? .zero
        #expect(time < .milliseconds(20), "\(name): \(time)")
    }
}
