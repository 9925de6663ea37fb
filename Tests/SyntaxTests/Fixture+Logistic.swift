extension Fixture {
    static let logistic = """
        theorem teaching.logistic "Logistic regression on one sample: the weight grows like log t"

        state w = 0                               "the weight"
        let loss = softplus(-w)                   "log(1 + exp(-w))"

        flow gradient of loss
        stop at 100

        event Thalf = first t where loss <= 1/2

        claim closed  "w + e^w is affine in t"                : identity (w + exp(w) - t)' = 0
        claim descent "the loss decreases along the flow"     : decreasing loss
        claim lower   "w(t) <= log(1 + t)"                    : always w <= log(1 + t)
        claim rate    "the loss is O(1/t)"                    : always on [1, end] : loss <= C/t for some C where C <= 3/2
        claim half    "the loss is below 1/2 before time 1"      : Thalf <= 1

        instance only
        expect rate proved
        show w, loss at 0, 10, 100

        """
}
