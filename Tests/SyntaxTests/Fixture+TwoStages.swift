extension Fixture {
    static let twoStages = """
        theorem twostage.two-stages "Elementary stage learns P, specialized stage learns Q and keeps P"
        source "Gong, Li, Liu, Teng, arXiv 2502.20681" "abstract and summaries; statements rebuilt" reconstructed
        use "reduced.thm"
        note "reconstruction of 2502.20681, not its theorems; time of the flow is total(eta)"

        parameter eta1 : real where eta1 > 0             "learning rate of the elementary stage"
        parameter eta2 : real where 0 < eta2 <= eta1     "learning rate of the specialized stage"
        parameter eps1 : real = 1/10 where 0 < eps1 < 1/2
        parameter eps2 : real = 1/10 where 0 < eps2 < 1/2

        schedule eta = eta1 during elementary, eta2 during specialized
        map next(w) = w + eta*dw
        map next(a) = a + eta*da
        map next(b) = b + eta*db
        stage elementary  until K1 <= eps1, at latest 10000 steps
        stage specialized until K2 <= eps2, at latest 200000 steps

        let T1 = end(elementary)
        let T2 = end(specialized) - end(elementary)

        claim thm1.t  "K1 <= eps1 after t1 = O(d^2/(eta1 eps1)) steps"  : eta1*T1 <= C/(mu^4*eps1) for some C
        claim thm1.w  "|W| = Theta(d log(1/eps1)) at t1"       : at end(elementary) : c*log(1/eps1)/mu^2 <= w <= C*log(1/eps1)/mu^2 for some c where c > 0, C
        claim thm2    "K2 >= log 2 - small in the elementary stage" : always during elementary : K2 >= log(2) - D for some D where D <= 1/10
        claim thm3.t  "K2 <= eps2 after t2 more steps, in the scaling of this model" : eta2*T2 <= C/(eps2*r^4) for some C
        claim thm3.v  "|V| = O(log(1/eps2)/r^2)"               : at end(specialized) : abs(a) + abs(b) <= C*log(1/eps2)/r^2 for some C
        claim thm4.a  "K1 does not rise in the specialized stage"   given lam = 0 : always during specialized : K1 <= K1@end(elementary)
        claim thm4.b  "W stays near its value at t1"           : always during specialized : abs(w - w@end(elementary)) <= w@end(elementary)/10
        claim cor1.tr.a "Tr W > Tr V after the elementary stage"    : at end(elementary) : w > a + b
        claim cor1.tr.b "Tr W < Tr V after the specialized stage"   : at end(specialized) : w < a + b
        claim cor1.fro  "|W|_F < |V|_F after the specialized stage" : at end(specialized) : w^2 < a^2 + b^2
        claim cor1.sv   "largest singular values: W below V at the end" : at end(specialized) : abs(w) < max(abs(a), abs(b))
        claim der.mono  "w and |b| never fall"                 derived given lam = 0 : always next(w) >= w and abs(next(b)) >= abs(b)
        claim der.chatter "a chatters in a band of width O(eta)" derived given lam = 0 : always on [end(elementary), end] : -eta1*q0*km/(4*M)*(1 + eta1*q0*rho^2/8) <= a or a > 0

        instance S1       mu = 1, r = 1, eta1 = 1/2, eta2 = 1/4
        instance negative mu = 1, r = 1, eta1 = 1/2, eta2 = 1/4, b0 = -5/100
        instance S2       mu = 1/2, r = 1/2, eta1 = 1, eta2 = 1/2
        instance decay    mu = 1, r = 1, eta1 = 1/2, eta2 = 1/4, lam = 1/10000
        expect thm4.b    refuted
        expect cor1.tr.b refuted on negative
        expect thm3.t    undecided on decay
        expect thm3.v    undecided on decay
        expect cor1.tr.b undecided on decay
        expect cor1.fro  undecided on decay
        expect cor1.sv   undecided on decay
        show T1, T2, total(eta), w, a, b at end

        """
}
