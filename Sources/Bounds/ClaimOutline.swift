import Syntax

/// The form of a claim's body.
public enum ClaimForm: String, Hashable, Sendable, CaseIterable {
    case condition, identity, solution, symmetry, always, sometime, increasing, decreasing, at, everywhere, growth
}

/// What moves the states of a theorem.
public enum Dynamics: Hashable, Sendable {
    case flow
    /// A map or a descent.
    case steps
    /// A finite check.
    case none
}

/// A claim taken apart, every part as written.
public struct ClaimOutline: Sendable {
    public let form: ClaimForm
    /// The hypothesis of `given`.
    public var given: String?
    /// `on [T1, T2]`, `during a`
    public var scope: String?
    /// The condition of `while`.
    public var whileCondition: String?
    /// The moment of `at T : ...`.
    public var moment: String?
    /// `C where C <= 3/2`
    public var openConstants: [String] = []
    /// `a in [1, 2]`
    public var boxes: [String] = []
    /// `at least 9 of seeds 1..10`
    public var seeds: String?
}

extension Theorem {
    public var dynamics: Dynamics {
        switch elaboration.contents.motion(incomplete: false) {
        case .flow: .flow
        case .steps: .steps
        case .none, .unclear: .none
        }
    }

    /// Whether some state starts anywhere in a box.
    public var startsInBox: Bool { elaboration.contents.states.contains { $0.box != nil } }

    /// Nil if no claim has this id.
    public func outline(of id: String) -> ClaimOutline? {
        let contents = elaboration.contents
        guard let claim = contents.claims.first(where: { $0.value.id.text == id }) else { return nil }
        return claim.value.outline(contents.source(claim.place.file))
    }

    /// The statements that say what moves, from where and until when, models first, each on one line.
    public var modelStatements: [String] {
        elaboration.contents.files.flatMap { file in
            file.statements.filter(\.isOfModel).map { file.source.text($0.span) }
        }
    }
}

extension StatementSyntax {
    fileprivate var isOfModel: Bool {
        switch kind {
        case .parameter, .set, .data, .draw, .state, .define, .flowEquation, .flowGradient, .mapEquation, .descent,
            .schedule, .stage, .stop, .minimiser, .conserved, .event:
            true
        case .source, .use, .note, .assume, .claim, .expect, .instance, .show:
            false
        }
    }
}

extension ClaimSyntax {
    var form: ClaimForm {
        switch body {
        case .condition: .condition
        case .identity: .identity
        case .solution: .solution
        case .symmetry: .symmetry
        case .always: .always
        case .sometime: .sometime
        case .monotone(let increasing, _, _): increasing ? .increasing : .decreasing
        case .at: .at
        case .everywhere: .everywhere
        case .growth: .growth
        }
    }

    /// The word that begins the body, or `condition`.
    var kindName: String { form.rawValue }

    fileprivate func outline(_ source: SourceFile) -> ClaimOutline {
        var outline = ClaimOutline(form: form)
        outline.given = given.map { source.text($0.span) }
        switch body {
        case .always(let scope, let condition, _), .sometime(let scope, let condition, _):
            outline.scope = scope?.text(source)
            outline.whileCondition = condition.map { source.text($0.span) }
        case .monotone(_, _, let scope):
            outline.scope = scope?.text(source)
        case .at(let moment, _):
            outline.moment = source.text(moment.span)
        case .condition, .identity, .solution, .symmetry, .everywhere, .growth:
            break
        }
        for quantifier in quantifiers {
            switch quantifier {
            case .some(let name, let condition):
                outline.openConstants.append(name.text + (condition.map { " where \(source.text($0.span))" } ?? ""))
            case .all(let name, let low, let high):
                outline.boxes.append("\(name.text) in [\(source.text(low.span)), \(source.text(high.span))]")
            case .seeds(let number, let set, _):
                outline.seeds = "at least \(number) of seeds \(source.text(set.span))"
            }
        }
        return outline
    }
}

extension ScopeSyntax {
    fileprivate func text(_ source: SourceFile) -> String {
        switch self {
        case .interval(_, _, _, _, let span): "on \(source.text(span))"
        case .stage(let name): "during \(name.text)"
        }
    }
}
