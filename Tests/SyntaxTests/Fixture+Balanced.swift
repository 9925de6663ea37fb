extension Fixture {
    static let balanced = """
        model incontext.balanced "Balanced features: one scalar s = A - B, p_k = 1/K"

        parameter K   : integer where K >= 3             "number of features"
        parameter N   : integer where N >= 2             "prompt length"
        parameter eps : real = 1/100 where 0 < eps < 1   "target excess loss"

        state s = 0                                      "A - B, target minus other weight"

        let A = s*(K - 1)/K                              "target weight A_k; columns sum to 0"
        let B = -s/K                                     "other weights B_{k,n}"
        let u(n) = n*exp(s)/(n*exp(s) + N - n)           "Attn_k when the target occurs n times"
        let v(n) = (N - n)/(n*exp(s) + N - n)            "1 - Attn_k, without cancellation"
        let rho(M) = if M = 0 then 0 else (M + K - 2)/((K - 1)*M)   "second moment of M equiprobable others"

        let g     = mean(n ~ binomial(N, 1/K)) u(n)*v(n)^2*(1 + rho(N - n))
        let alpha = g/K                                  "update of A_k"
        let beta  = -alpha/(K - 1)                       "update of B_{k,n}"
        let attn  = mean(n ~ binomial(N, 1/K)) u(n)      "expected attention on the target"

        let loss  = 1/2*mean(n ~ binomial(N, 1/K)) v(n)^2*(1 + rho(N - n))
        let Lsym  = 1/2*(1 - 1/K)^N*(1 + rho(N))         "infimum over the symmetric family"
        let Llow  = 1/2*(1 - 1/K)^N*(1 + 1/min(N, K - 1))   "below the loss of every Q"
        let excess = loss - Llow                         "an upper bound of L - L*"

        let b1 = K^2*log(K)
        let b2 = K*log(K/sqrt(eps))/eps

        """
}
