import Bounds
import Checker
import Syntax

/// A word of reports or of the language, explained.
struct WordGuide {
    let word: String
    let kind: String
    let paragraphs: [String]
    var list: [(word: String, meaning: String)] = []

    func text(style: ReportStyle) -> String {
        var page = GuidePage(style)
        page.title(word, kind)
        for paragraph in paragraphs { page.paragraph(paragraph) }
        if !list.isEmpty {
            page.gap()
            page.list(list)
        }
        return page.text
    }

    static func about(_ word: String) -> WordGuide? {
        let word = word.lowercased()
        if let verdict = ExpectedVerdict(rawValue: word) { return about(verdict) }
        if let form = ClaimForm(rawValue: word) { return about(form) }
        if let obstacle = Obstacle.Kind.allCases.first(where: { $0.rawValue.lowercased() == word }) {
            let explained = obstacle.explanation
            return WordGuide(
                word: obstacle.rawValue, kind: "an obstacle: why a claim is undecided",
                paragraphs: [explained.meaning, "What to try: \(explained.remedy)"])
        }
        if let provenance = Provenance(rawValue: word) {
            return WordGuide(word: word, kind: "provenance of a claim", paragraphs: [provenance.explanation])
        }
        return nil
    }

    private static func about(_ form: ClaimForm) -> WordGuide {
        let guide = ClaimFormGuide(form)
        return WordGuide(
            word: form.rawValue, kind: "a form of claim: \(guide.pattern)", paragraphs: [guide.says],
            list: [("proved", guide.proved), ("refuted", guide.refuted)])
    }

    private static func about(_ verdict: ExpectedVerdict) -> WordGuide {
        let kind = "a verdict"
        switch verdict {
        case .proved:
            return WordGuide(
                word: "proved", kind: kind,
                paragraphs: [
                    "The claim holds on this instance, at all instants of the run that it speaks of: it follows from "
                        + "enclosures that certainly contain the true run, rounding errors included.",
                    "With 'C = [lo, hi]' the best constant lies in the interval, and the claim is certified with the end "
                        + "of the interval that is worse. With 'margin >= m at t in [a, b]' the larger side exceeds the "
                        + "smaller one by m at least, and comes nearest to it at such a time.",
                    "A verdict is about the instance. Nothing is proved for other parameters, nor for t to infinity: "
                        + "'flowbound test' decides the claim on more instances.",
                ])
        case .refuted:
            return WordGuide(
                word: "refuted", kind: kind,
                paragraphs: [
                    "The opposite of the claim was enclosed, at a time that certainly belongs to the claim: it is false on "
                        + "this instance. The report says where, and by how much.",
                    "If the file is right, the statement is wrong as written: a constant is too small, a hypothesis is "
                        + "missing, or the instance is outside of what the paper means. 'flowbound verify FILE "
                        + "--counterexample SMALL.thm' writes the simplest case that was found. A claim that is meant to "
                        + "fail says so: 'expect ID refuted on INSTANCE'.",
                ])
        case .undecided:
            return WordGuide(
                word: "undecided", kind: kind,
                paragraphs: [
                    "Neither the claim nor its opposite was enclosed. The report says what stood in the way, and what to "
                        + "try. It is no judgement of the claim. The obstacles are:"
                ], list: Obstacle.Kind.allCases.map { ($0.rawValue, "\($0.explanation.meaning) \($0.explanation.remedy)") })
        case .vacuous:
            return WordGuide(
                word: "vacuous", kind: kind,
                paragraphs: [
                    "There was nothing to prove on this instance: a hypothesis ('assume', 'given', the condition of "
                        + "'while' at the start) is certainly false, or the interval is certainly empty.",
                    "That is accepted on some instances. A claim that is vacuous on every instance verifies nothing: exit "
                        + "status 2, unless 'expect ID vacuous' says so.",
                ])
        case .consistent:
            return WordGuide(
                word: "consistent", kind: kind,
                paragraphs: [
                    "About a family of instances: the statement fits each of them. 'growth' claims get this verdict, and "
                        + "claims with 'for some C', if one constant serves all members.",
                    "It is no proof: a family has finitely many members, so no asymptotic statement is ever 'proved'.",
                ])
        }
    }
}

extension Provenance {
    /// How far the claim can be laid at the paper's door.
    var explanation: String {
        switch self {
        case .stated:
            "The paper states it so: the sentence in quotes is its own, up to notation. Only such a claim is reported as "
                + "the paper's."
        case .abstract: "The abstract of the paper says it, perhaps without the constants and hypotheses of the theorem."
        case .recalled: "Written from memory, or from a talk: check it with the paper before anything is concluded from it."
        case .reconstructed: "The paper needs it, or proves it on the way, and words it otherwise or not at all."
        case .derived: "The author of the theorem file added it; it is not the paper's."
        }
    }
}

extension Obstacle.Kind {
    var explanation: (meaning: String, remedy: String) {
        switch self {
        case .precision:
            ("The enclosures are too wide to decide.", "More bits (--bits 256), a shorter run, or a claim with more room.")
        case .notReached:
            ("An event or the end of a stage was not reached by the end of the run.", "Let the run end later.")
        case .undefined:
            (
                "A term is undefined, or may be: a division by an interval with 0, the logarithm of one, a tie of a gate.",
                "Leave the moment out with 'on (a, b]', or end the run before it."
            )
        case .integration:
            ("The run could not be continued: its enclosure would not stay bounded.", "A shorter run, or more bits.")
        case .unsupported:
            ("The language has this form, and this version does not decide it.", "Another form; 'flowbound explain E0901'.")
        case .equality:
            (
                "Both sides agree to all digits, or touch during the run, and no normal form says that they are equal.",
                "A tolerance, abs(a - b) <= 1/10^9, or 'identity'."
            )
        case .timeout:
            ("The time of --timeout was used up, or the run was interrupted.", "More time, or one claim with --only.")
        }
    }
}
