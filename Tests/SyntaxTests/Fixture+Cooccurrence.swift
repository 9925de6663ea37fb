extension Fixture {
    static let cooccurrenceModel = """
        model cooccurrence.model "One-layer transformer on word co-occurrence, matrix form"
        source "Yang, Kailkhura, Wang, Liang, NeurIPS 2024, arXiv 2410.09605" "Section 2, Appendix B" stated

        parameter n  : integer where n >= 6 and divides(6, n)   "number of samples"
        parameter L  : integer where L >= 3              "length of a sample"
        parameter m  : integer where m >= 1              "width of keys, queries and values"
        parameter m1 : integer where m1 >= 1             "number of neurons"
        parameter c0 : real where c0 > 0                 "sigma_0 = c0/sqrt(L m)"
        parameter c1 : real = 1 where c1 > 0             "sigma_1 = c1/sqrt(m1)"

        let sigma0 = c0/sqrt(L*m)
        let sigma1 = c1/sqrt(m1)
        let scale  = sigma1^2*m*m1                       "the paper's time unit is 1/scale"

        set I  = 1..n
        set I1 = 1..n/2                                  "both target words: label +1"
        set I2 = n/2 + 1..2*n/3                          "only word 1"
        set I3 = 2*n/3 + 1..5*n/6                        "only word 2"
        set I4 = 5*n/6 + 1..n                            "neither"
        set position = 1..L
        set word = 1..3 + n*L - 7*n/3                    "1, 2 targets; 3 common; the others occur once"

        data X[I, position] : integer in word            "the training samples, one row each"
        let y(i) = if i <= n/2 then 1 else -1

        draw a[1..m1] ~ sign                             "fixed output signs"
        draw ZW[1..m1, 1..m] ~ normal
        draw ZV[1..m, word] ~ normal
        draw ZK[1..m, word] ~ normal
        draw ZQ[1..m, word] ~ normal

        let u0(e) = sigma1*sum(j in 1..m1) a[j]*ZW[j, e]
        state u[e in 1..m]             = u0(e)           "sum_j a_j w_j: the loss sees W through u only"
        state WV[e in 1..m, k in word] = sigma0*ZV[e, k]
        state WK[e in 1..m, k in word] = sigma0*ZK[e, k]
        state WQ[e in 1..m, k in word] = sigma0*ZQ[e, k]

        let S(k, q)  = dot(WK[:, k], WQ[:, q])           "key word k, query word q"
        let CV(k, q) = dot(WV[:, k], WV[:, q])
        let CK(k, q) = dot(WK[:, k], WK[:, q])
        let CQ(k, q) = dot(WQ[:, k], WQ[:, q])
        let G(k)     = dot(u, WV[:, k])                  "linear MLP function of word k"
        let ss       = dot(u, u)                         "s = sum of <a_j w_j, a_l w_l>"
        let w(j)     = sigma1*ZW[j, :] + a[j]*(u - u@0)/m1   "neuron j: all move along one vector"
        let align(j, k) = a[j]*dot(w(j), WV[:, k])

        let p(i, l)  = softmax(h in position) (S(X[i, h], X[i, l])/sqrt(m))   "attention of query position l"
        let F(i)     = sum(l in position, h in position) p(i, l)[h]*G(X[i, h])
        let gate(i)  = sigmoid(-y(i)*F(i))               "g(y F), minus the derivative of the loss"
        let loss     = mean(i in I) softplus(-y(i)*F(i))
        let margin   = min(i in I) y(i)*F(i)

        let S1 = sum(i in I1) gate(i)
        let S2 = sum(i in I2) gate(i)
        let S3 = sum(i in I3) gate(i)
        let S4 = sum(i in I4) gate(i)
        let b(k) = sum(i in I, l in position, h in position where X[i, h] = k) gate(i)*y(i)*p(i, l)[h]/n   "-dLoss/dG(k)"

        flow gradient of loss with rate m1 on u

        conserved ss/m1 - sum(k in word) CV(k, k)                          "trace of W'W - WV WV'"
        conserved sum(k in word) CK(k, k) - sum(k in word) CQ(k, k)        "trace of WK WK' - WQ WQ'"

        """
}
