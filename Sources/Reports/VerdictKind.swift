import Checker
import Syntax

extension Verdict {
    /// The verdict's name without what it carries; the language's `expect` uses the same five words.
    var kind: ExpectedVerdict {
        switch self {
        case .proved: .proved
        case .refuted: .refuted
        case .undecided: .undecided
        case .vacuous: .vacuous
        case .consistent: .consistent
        }
    }

    /// Enclosures of open constants: of a proof, or of what refutes a stated bound on the constant.
    var constants: [ConstantEnclosure] {
        switch self {
        case .proved(let evidence), .consistent(let evidence): evidence.constants
        case .refuted(let counterexample): counterexample.constants
        case .undecided, .vacuous: []
        }
    }

    var margin: Margin? {
        switch self {
        case .proved(let evidence), .consistent(let evidence): evidence.margin
        case .refuted, .undecided, .vacuous: nil
        }
    }
}
