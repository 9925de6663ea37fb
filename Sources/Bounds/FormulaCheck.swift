import Syntax

/// What moves the states of a file: which of primes and `next` have a meaning.
enum Motion: Sendable {
    case flow, steps, none
    /// Both, or a dynamics that could not be read: nothing is said about it.
    case unclear
}

/// Checks one formula: names, kinds, numbers of arguments. Stops at the first error, so that a statement has one.
struct FormulaCheck {
    let names: NameTable
    let motion: Motion
    let file: Int
    /// Facts of the definitions that were checked before.
    let known: [String: Facts]
    /// Names of binders, arguments and open constants.
    var local: [String: Kind] = [:]
    var openConstants: Set<String> = []
    /// Names of operators whose bodies ended further left in the formula, each with the operator's head.
    var ended: [String: String] = [:]
    /// What was read so far.
    var facts = Facts()

    init(names: NameTable, motion: Motion, file: Int, known: [String: Facts]) {
        self.names = names
        self.motion = motion
        self.file = file
        self.known = known
    }

    func error(_ id: String, _ text: String, _ span: Span, remedy: String? = nil) -> Diagnostic {
        Diagnostic(id, text, file: names.contents.source(file).name, span: span, remedy: remedy)
    }

    /// An error for a name that nothing here declares.
    func unknown(_ name: String, _ span: Span, call: Bool = false) -> Diagnostic {
        guard !call, let head = ended[name] else {
            return names.unknown(name, span: span, file: file, local: Array(local.keys) + openConstants, call: call)
        }
        return error("E0301", "unknown name '\(name)'", span, remedy: "the body of '\(head)' is a product: put the sum in parentheses")
    }

    func text(_ e: ExpressionSyntax) -> String { names.contents.source(file).text(e.span) }

    mutating func unsupported(_ feature: String, _ span: Span) {
        facts.feature = facts.feature ?? Feature(name: feature, file: file, span: span)
    }

    /// What to write where a number is needed.
    func remedyForNumber(_ e: ExpressionSyntax, _ kind: Kind) -> String? {
        switch kind {
        case .condition: "write indicator(\(text(e)))"
        case .set: "write size(\(text(e))) for the number of its members"
        case .list, .vector, .matrix: "take an entry, as \(grouped(e))[1], or norm(\(text(e)))"
        case .law: "a law stands only after '~': mean(n ~ \(text(e))) n"
        case .integer, .real, .any: nil
        }
    }

    mutating func number(_ e: ExpressionSyntax) throws(Diagnostic) {
        let kind = try kind(of: e)
        guard !kind.isNumber else { return }
        throw error(
            "E0402", "expected a number, found \(kind.withArticle)", e.span, remedy: remedyForNumber(e, kind))
    }

    mutating func condition(_ e: ExpressionSyntax) throws(Diagnostic) {
        let kind = try kind(of: e)
        guard !kind.isCondition else { return }
        throw error(
            "E0402", "expected a condition, found \(kind.withArticle)", e.span, remedy: "compare it with something")
    }

    mutating func set(_ e: ExpressionSyntax) throws(Diagnostic) {
        if case .binary(.power, let base, let exponent) = e.kind {
            try set(base)
            try number(exponent)
            return
        }
        let kind = try kind(of: e)
        guard !kind.isSet else { return }
        throw error("E0402", "expected a set, found \(kind.withArticle)", e.span, remedy: "write 1..n or {1, 2}")
    }

    mutating func kind(of e: ExpressionSyntax) throws(Diagnostic) -> Kind {
        switch e.kind {
        case .number(let value): return value.isInteger ? .integer : .real
        case .name(let name): return try kind(ofName: name, e.span)
        case .call(let name, let nameSpan, let arguments):
            return try kind(ofCall: name, nameSpan, arguments, e)
        case .subscripted(let base, let indices): return try kind(ofElement: base, indices, e)
        case .wholeRange: return .any
        case .prime(let q): return try kind(ofPrime: q, e)
        case .at(let q, let moment): return try kind(ofValue: q, at: moment, e)
        case .negate(let a):
            let kind = try kind(of: a)
            if kind == .vector || kind == .matrix { return kind }
            try number(a, was: kind)
            return kind
        case .binary: return try kind(ofOperations: e)
        case .conditional(let c, let a, let b):
            try condition(c)
            let kind = try kind(of: a)
            if kind.isSet && kind != .any {
                // Which branch it is has to be known before the run.
                _ = try self.kind(of: b)
                return .any
            }
            try number(a)
            try number(b)
            return .real
        case .binder(let op, let binder, let body): return try kind(ofBinder: op, binder, body, e)
        case .quantified(_, let binder, let body):
            try bind(binder) { (check) throws(Diagnostic) in try check.condition(body) }
            return .condition
        case .vector(let parts):
            // A list of lists is a table.
            for part in parts where try kind(of: part) != .vector { try number(part) }
            return .vector
        case .set(let parts):
            for part in parts { try number(part) }
            return .set
        case .comprehension(let name, let members, let condition):
            try set(members)
            try introduce(name, e.span, .any) { (check) throws(Diagnostic) in
                if let condition { try check.condition(condition) }
            }
            return .set
        case .range(let low, let high):
            try number(low)
            try number(high)
            return .set
        case .relation(let operands, let relations):
            try relation(operands, relations)
            return .condition
        case .not(let c):
            try condition(c)
            return .condition
        case .and(let parts), .or(let parts):
            for part in parts { try condition(part) }
            return .condition
        case .implies(let hypothesis, let conclusion):
            try condition(hypothesis)
            try condition(conclusion)
            return .condition
        }
    }

    private func number(_ e: ExpressionSyntax, was kind: Kind) throws(Diagnostic) {
        if kind.isNumber { return }
        throw error(
            "E0402", "expected a number, found \(kind.withArticle)", e.span, remedy: remedyForNumber(e, kind))
    }

    /// A chain of operators leans to the left, and may be too long for recursion.
    private mutating func kind(ofOperations e: ExpressionSyntax) throws(Diagnostic) -> Kind {
        var rest: [(BinaryOperator, ExpressionSyntax)] = []
        var first = e
        while case .binary(let op, let a, let b) = first.kind {
            rest.append((op, b))
            first = a
        }
        var kind = try kind(of: first)
        try checkOperand(first, kind)
        for (op, operand) in rest.reversed() {
            let other = try self.kind(of: operand)
            try checkOperand(operand, other)
            if op == .divide || (op == .power && kind == .integer) {
                kind = kind == .integer ? .real : kind
            } else if kind != other {
                let array = [kind, other].first { $0 == .vector || $0 == .matrix || $0 == .any }
                kind = array ?? .real
            }
        }
        return kind
    }

    private func checkOperand(_ e: ExpressionSyntax, _ kind: Kind) throws(Diagnostic) {
        if kind.isNumber || kind == .vector || kind == .matrix { return }
        throw error(
            "E0402", "expected a number, found \(kind.withArticle)", e.span, remedy: remedyForNumber(e, kind))
    }

    private mutating func relation(_ operands: [ExpressionSyntax], _ relations: [Relation]) throws(Diagnostic) {
        try number(operands[0])
        for (relation, operand) in zip(relations, operands.dropFirst()) {
            if relation == .member {
                try set(operand)
            } else {
                try number(operand)
            }
        }
    }
}
