/// Theorem files as authors write them, of all kinds: a model, a flow, a descent in stages.
enum Fixture {
    static let all = [
        "balanced": balanced, "theorem-3.1": theorem31, "two-stages": twoStages, "cooccurrence": cooccurrenceModel,
        "logistic": logistic,
    ]
}
