import Exact
import Symbolic
import Syntax

/// Why a formula has no meaning on this instance.
enum Failure: Error {
    /// The language has it, this version does not.
    case unsupported(Feature)
    /// `N = 7/2 is not a number of trials`: only the instance shows it.
    case invalid(String, file: Int, span: Span)

    /// The obstacle's text.
    var text: String {
        switch self {
        case .unsupported(let feature): feature.text
        case .invalid(let text, _, _): text
        }
    }
}

/// What a definition stands for.
enum Value {
    case number(Expression)
    case condition(Condition)
}

/// Where a formula stands and what its local names mean.
struct Scope {
    var file: Int
    var local: [String: Expression] = [:]
    /// Levels of formulas around this one, calls included.
    var depth = 0
}

/// Turns checked formulas into the graph of one theorem on one instance.
final class Elaborator {
    /// Calls of `let`s and nested formulas together; more would overflow the stack.
    static let deepest = 600
    /// Terms that finite sums may expand to, all together.
    static let mostTerms = 100_000

    let graph = Graph()
    let names: NameTable
    let dependencies: Dependencies
    let statePositions: [String: Int]
    /// Parameters that are known by now: constants, or symbols where they range over a box.
    var parameters: [String: Expression] = [:]
    /// The flow, once it is known; primes need it.
    var field: [Expression]? {
        didSet { values = values.filter { if case .success = $0.value { true } else { false } } }
    }
    /// The map, once it is known; `next` needs it.
    var map: [Expression]? {
        didSet { values = values.filter { if case .success = $0.value { true } else { false } } }
    }
    var expandedTerms = 0
    /// Nodes that finite sums may make the graph grow to.
    var mostNodes = Int.max
    /// Trials of a law.
    var mostTrials = 5_000_000
    /// Where each formula of the graph was first written; nil: not wanted.
    var spans: [Expression: Span]?

    /// Definitions with their arguments, already expanded.
    private var values: [Call: Result<Value, Failure>] = [:]
    /// One handle for formulas that differ in the name of a bound variable only.
    private var expectations: [ExpectationKey: Expression] = [:]

    init(names: NameTable, dependencies: Dependencies) {
        self.names = names
        self.dependencies = dependencies
        statePositions = Dictionary(
            names.contents.states.enumerated().map { ($0.element.name.text, $0.offset) },
            uniquingKeysWith: { kept, _ in kept })
    }

    private struct Call: Hashable {
        let name: String
        let arguments: [Expression]
    }

    private struct ExpectationKey: Hashable {
        let law: Law
        let body: Expression
    }

    func unsupported(_ name: String, _ span: Span, _ scope: Scope) -> Failure {
        .unsupported(Feature(name: name, file: scope.file, span: span))
    }

    func deeper(_ scope: Scope, _ span: Span) throws(Failure) -> Scope {
        var inner = scope
        inner.depth += 1
        if inner.depth > Self.deepest { throw unsupported("a formula of more than \(Self.deepest) levels", span, scope) }
        return inner
    }

    func record(_ e: Expression, _ span: Span) {
        if spans != nil, spans?[e] == nil { spans?[e] = span }
    }

    /// The exact value of a formula without states, if it is a rational that can be computed.
    func exactValue(_ e: Expression) -> Rational? { graph.constant(e) ?? graph.exactValue(of: e, at: [:]) }

    func exactTruth(_ condition: Condition) -> Bool? { graph.exactTruth(of: condition, at: [:]) }
}

// MARK: - Definitions

extension Elaborator {
    /// The definition with these arguments, expanded once.
    func value(of name: String, _ arguments: [Expression], _ span: Span, _ scope: Scope) throws(Failure) -> Value {
        let call = Call(name: name, arguments: arguments)
        if let known = values[call] { return try known.get() }
        if arguments.isEmpty { prepare(name) }
        if let known = values[call] { return try known.get() }
        return try expand(call, span, scope).get()
    }

    /// Expands the definitions without arguments that `name` rests on, the deepest first: their chain may be longer
    /// than the stack.
    private func prepare(_ name: String) {
        let order = Ordering.sort([name]) { [dependencies, names] in
            names[$0]?.kind == .define ? dependencies.references[$0] ?? [] : []
        }.order
        for item in order where item != name {
            guard let definition = dependencies.definitions[item], definition.arguments.isEmpty else { continue }
            let call = Call(name: item, arguments: [])
            if values[call] == nil {
                _ = expand(call, definition.name.span, Scope(file: definition.place.file))
            }
        }
    }

    private func expand(_ call: Call, _ span: Span, _ scope: Scope) -> Result<Value, Failure> {
        guard let definition = dependencies.definitions[call.name] else {
            return .failure(unsupported("'\(call.name)'", span, scope))
        }
        var inner = Scope(file: definition.place.file, depth: call.arguments.isEmpty ? 0 : scope.depth)
        for (argument, value) in zip(definition.arguments, call.arguments) { inner.local[argument.text] = value }
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try value(definition.body, deeper(inner, span)))
        } catch {
            result = .failure(error)
        }
        values[call] = result
        return result
    }

    /// A number or a condition, whichever the formula is.
    func value(_ e: ExpressionSyntax, _ scope: Scope) throws(Failure) -> Value {
        switch e.kind {
        case .relation, .not, .and, .or, .implies, .quantified:
            return .condition(try condition(e, scope))
        case .call(let name, _, let arguments):
            if case .divides = Vocabulary.function(name), names[name] == nil {
                return .condition(try condition(e, scope))
            }
            if names[name]?.kind == .define { return try value(of: name, numbers(arguments, scope), e.span, scope) }
            return .number(try number(e, scope))
        case .name(let name) where scope.local[name] == nil && names[name]?.kind == .define:
            return try value(of: name, [], e.span, scope)
        default:
            return .number(try number(e, scope))
        }
    }

    func numbers(_ list: [ExpressionSyntax], _ scope: Scope) throws(Failure) -> [Expression] {
        var result: [Expression] = []
        for item in list { result.append(try number(item, scope)) }
        return result
    }

    /// The mean of a body over a law, shared by all formulas that are the same up to the name of the variable.
    func expectation(_ law: Law, variable: Int, _ body: Expression) -> Expression {
        let canonical = graph.substitute(body, [.bound(variable): graph.symbol(.bound(0))])
        let key = ExpectationKey(law: law, body: canonical)
        if let known = expectations[key] { return known }
        let result = graph.expectation(law, variable: variable, body)
        expectations[key] = result
        return result
    }
}
