import Exact
import Symbolic
import Syntax

/// Why a formula has no meaning on this instance.
enum Failure: Error {
    /// The language has it, this version does not.
    case unsupported(Feature)
    /// `N = 7/2 is not a number of trials`: only the instance shows it.
    case invalid(String, id: String = "E0406", file: Int, span: Span, remedy: String? = nil)

    /// The obstacle's text.
    var text: String {
        switch self {
        case .unsupported(let feature): feature.text
        case .invalid(let text, _, _, _, _): text
        }
    }
}

/// What a formula stands for.
enum Value: Hashable {
    case number(Expression)
    case condition(Condition)
    /// A vector, a matrix, a tuple or a list.
    case array(IndexedArray)
    /// The elements of a finite set, in order: exact numbers or tuples of them.
    case set([Value])
}

/// Where a formula stands and what its local names mean.
struct Scope {
    var file: Int
    var local: [String: Value] = [:]
    /// Levels of formulas around this one, calls included.
    var depth = 0
}

/// Turns checked formulas into the graph of one theorem on one instance.
final class Elaborator {
    /// Calls of `let`s and nested formulas together; more would overflow the stack.
    static let deepest = 600
    /// A run of more would need tens of gigabytes, for the Taylor coefficients of every state and intermediate value.
    static let mostStates = 200_000
    /// Terms that finite sums may expand to, all together.
    static let mostTerms = 1_000_000

    let graph = Graph()
    let names: NameTable
    let dependencies: Dependencies
    /// The states: numbers or arrays of symbols, once their index sets are known.
    private(set) var states: [String: Value] = [:]
    /// Their names and positions in order: `W[1, 3]`.
    private(set) var stateNames: [String] = []
    /// Data tables, draws and minimisers of the instance.
    var tables: [String: Value] = [:]
    /// The multipliers of constraints.
    var multipliers: [String: Multipliers] = [:]
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
    /// The seed of the instance's draws.
    var seed: Int?
    /// The starts of the states, once they are known; `q@0` needs them.
    var starts: [Expression]?
    /// Formulas at moments, each after those that it reads.
    private(set) var momentValues: [MomentValue] = []
    /// Whether every `@` stands for a number of which nothing is known, as it does under `identity`.
    private(set) var momentsAreAtoms = false
    /// Names of the integrals and sums, which are states behind the declared ones.
    var totals: [(name: String, symbol: Expression)] = []
    var knownTotals: [Expression: Expression] = [:]
    var expandedTerms = 0
    /// Fewer, where time is short.
    var termLimit = mostTerms
    /// Nodes that finite sums may make the graph grow to.
    var mostNodes = Int.max
    /// Trials of a law.
    var mostTrials = 5_000_000
    /// Whether the deadline or an interrupt has come.
    var isStopped: () -> Bool = { false }
    private(set) var wasStopped = false
    /// Where each formula of the graph was first written; nil: not wanted.
    var spans: [Expression: Span]?

    /// Definitions with their arguments, already expanded.
    private var values: [Call: Result<Value, Failure>] = [:]
    /// One handle for formulas that differ in the name of a bound variable only.
    private var expectations: [ExpectationKey: Expression] = [:]

    init(names: NameTable, dependencies: Dependencies) {
        self.names = names
        self.dependencies = dependencies
    }

    private var momentNames: [MomentKey: String] = [:]

    private struct MomentKey: Hashable {
        let quantity: Expression
        let moment: Expression
    }

    private struct Call: Hashable {
        let name: String
        let arguments: [Value]
    }

    private struct ExpectationKey: Hashable {
        let law: Law
        let body: Expression
    }

    /// The name of the number that is the formula at the moment.
    func momentValue(of quantity: Expression, at moment: Expression, text: String) -> String {
        let key = MomentKey(quantity: quantity, moment: moment)
        if let known = momentNames[key] { return known }
        let alike = momentNames.values.filter { $0 == text || $0.hasPrefix("\(text) #") }.count
        let name = alike == 0 ? text : "\(text) #\(alike + 1)"
        momentNames[key] = name
        momentValues.append(MomentValue(name: name, quantity: quantity, moment: moment))
        return name
    }

    /// Reads formulas with every `@` as a free atom; definitions that were expanded otherwise are expanded again.
    func withAtoms<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let known = values
        (values, momentsAreAtoms) = ([:], true)
        defer { (values, momentsAreAtoms) = (known, false) }
        return try body()
    }

    /// An error of the file that only the instance shows.
    func wrong(_ text: String, _ id: String, _ span: Span, _ scope: Scope, remedy: String? = nil) -> Failure {
        .invalid(text, id: id, file: scope.file, span: span, remedy: remedy)
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

    /// Throws once `isStopped` has come true; the problem is thrown away then, with whatever was found wrong in it.
    func checkPatience(_ span: Span, _ scope: Scope) throws(Failure) {
        if !wasStopped { wasStopped = isStopped() }
        if wasStopped { throw unsupported("a formula that takes longer than allowed", span, scope) }
    }

    func record(_ e: Expression, _ span: Span) {
        if spans != nil, spans?[e] == nil { spans?[e] = span }
    }

    /// The exact value of a formula without states, if it is a rational that can be computed.
    func exactValue(_ e: Expression) -> Rational? { graph.constant(e) ?? graph.exactValue(of: e, at: [:]) }

    func exactTruth(_ condition: Condition) -> Bool? { graph.exactTruth(of: condition, at: [:]) }
}

// MARK: - States

extension Elaborator {
    /// Gives every state its symbols: one for each entry of an array, row by row. Parameters and data are known.
    func layStates() throws(Failure) {
        for state in names.contents.states where states[state.name.text] == nil {
            let name = state.name.text
            let scope = Scope(file: state.place.file)
            let axes = try axes(state.dimensions, scope)
            let first = stateNames.count
            if axes.isEmpty {
                states[name] = .number(graph.symbol(.state(first)))
                stateNames.append(name)
                continue
            }
            var count = 1
            for axis in axes { count = min(count * axis.count, Self.mostStates + 1) }
            guard first + count <= Self.mostStates else {
                throw unsupported("more than \(Self.mostStates) states", state.name.span, scope)
            }
            let indices = IndexedArray(axes: axes, entries: []).indices
            states[name] = .array(
                IndexedArray(axes: axes, numbers: indices.indices.map { graph.symbol(.state(first + $0)) }))
            stateNames += indices.map { "\(name)[\($0.map(\.description).joined(separator: ", "))]" }
        }
    }

    /// The declared state that a position belongs to.
    func owner(of position: Int) -> String {
        stateNames[position].split(separator: "[", maxSplits: 1).first.map(String.init) ?? ""
    }

    /// The positions of a state's entries.
    func positions(of state: String) -> [Int] {
        let handles: [Expression]
        switch states[state] {
        case .number(let x): handles = [x]
        case .array(let array): handles = array.numbers ?? []
        case .condition, .set, nil: handles = []
        }
        return handles.compactMap { handle in
            if case .symbol(.state(let position)) = graph.node(handle) { position } else { nil }
        }
    }
}

// MARK: - Definitions

extension Elaborator {
    /// The definition with these arguments, expanded once.
    func value(of name: String, _ arguments: [Value], _ span: Span, _ scope: Scope) throws(Failure) -> Value {
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
            try checkPatience(span, scope)
            result = .success(try value(definition.body, deeper(inner, span)))
        } catch {
            result = .failure(error)
        }
        values[call] = result
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
