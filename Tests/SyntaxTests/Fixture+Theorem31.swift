extension Fixture {
    static let theorem31 = """
        theorem incontext.theorem-3.1 "In-context learning with balanced features, gradient flow"
        source "Huang, Cheng, Liang, ICML 2024, arXiv 2310.05249" "Theorem 3.1" recalled
        use "balanced.thm"
        note "flow time is eta times the number of gradient steps"

        flow s' = g/(K - 1)
        stop when excess <= eps and A >= log(K), at latest 20*(b1 + b2)

        event T1    = first t where A >= log(K)          "end of phase I"
        event Tstar = first t where excess <= eps        "excess loss at most eps"

        claim id.grad  "gradient in the one coordinate s"     derived : identity gradient(loss, s) = -g
        claim id.ratio "B = -A/(K-1)"                         derived : identity (K - 1)*B = -A
        claim id.PL    "alpha K = 2 ubar (L - Lsym)"          derived : always 0 < alpha*K < 2*(loss - Lsym)
        claim id.monoA "A_k is strictly increasing"           derived : always A' > 0
        claim drv.lossdecrease "dL/dtau = -|grad L|^2"        derived : identity loss' = -K*(alpha^2 + (K - 1)*beta^2)

        claim lem.bal.I     "T1 = O(K^2 log K)"               : T1 <= C*b1 for some C
        claim lem.bal.I.i   "alpha_k >= Omega(1/K^2) in phase I"  : always on [0, T1] : alpha >= c/K^2 for some c where c > 0
        claim lem.bal.I.ii  "|beta| <= O(alpha/K)"            : identity -beta*K = alpha*K/(K - 1)
        claim lem.bal.I.iii "Attn_k = Omega(1) at T1"         : at T1 : attn >= c for some c where c > 0

        claim lem.bal.II    "T2 - T1 = O(K log(K eps^-1/2)/eps)"  given T1 < Tstar : Tstar - T1 <= C*b2 for some C
        claim lem.bal.II.i  "alpha_k >= Omega(eps/K)"         given T1 < Tstar : always on [T1, Tstar] : alpha >= c*eps/K for some c where c > 0
        claim lem.bal.II.ii "A_k <= O(log(K/eps))"            given T1 < Tstar : always on [T1, Tstar] : A <= C*log(K/eps) for some C

        claim thm3.1.a   "L(T*) - L* <= eps with T* = O(K^2 log K + K log(K eps^-1/2)/eps)" : Tstar <= C*(b1 + b2) for some C where C <= 2/5
        note "Llow lies below L*, so this Tstar is an upper bound of the paper's T*: refuting the bound here would not refute the paper"
        claim thm3.1.b   "(1 - Attn_k)^2 <= O(eps) with high probability" : at Tstar : probability(n ~ binomial(N, 1/K)) (v(n)^2 <= 4*eps) >= 1 - delta for some delta where delta <= 1/10
        claim thm3.1.b2  "the same with the constant 2"       derived : at Tstar : probability(n ~ binomial(N, 1/K)) (v(n)^2 <= 2*eps) >= 9/10
        claim thm3.1.c   "L* is exponentially small in N/K"   : Llow >= c*exp(-2*N/K) and Lsym <= C*exp(-N/K) for some c where c > 0, C
        note "L* itself is an infimum over all Q; the two bounds enclose it"

        claim lem.counts "counts concentrate (deviation 1/2)" given 1/4 >= 20*K^3/N : K*probability(n ~ binomial(N, 1/K)) (abs(n - N/K) > N/(2*K)) <= 3*exp(-N/(100*K^2))

        instance k3   K = 3,  N = 27
        instance k5   K = 5,  N = 25
        instance k10  K = 10, N = 100
        instance k20  K = 20, N = 400
        instance wide K = 10, N = 1000, eps = 1/1000
        family   scaling K in [5, 7, 10, 14], N = K^2

        claim growth.Tstar "T* grows like a power of K" derived : growth of Tstar in K over scaling within [1, 3]

        instance dense  K = 3,  N = 2160
        instance sparse K = 10, N = 10, eps = 1/10       -- the counts do not concentrate
        expect thm3.1.b   refuted on sparse
        expect thm3.1.b2  refuted on k3, k5, k10, k20, wide, scaling, sparse
        expect lem.counts vacuous on k3, k5, k10, k20, wide, scaling, sparse
        show T1, Tstar

        """
}
