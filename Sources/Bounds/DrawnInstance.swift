import Exact
import Syntax

extension Theorem {
    /// The name of the instance that a file without instances has where one is drawn.
    public static let drawnInstance = "drawn"
}

/// An instance for a file that has none: a simple value of the range of every parameter without a default.
struct DrawnInstance {
    let names: NameTable
    let dependencies: Dependencies
    private var contents: Contents { names.contents }

    /// The statement that the file lacks.
    func statement() throws(Diagnostic) -> StatementSyntax {
        let span = contents.files[contents.theoremFile].header?.id.span ?? Span(0, 0)
        let ranges = ParameterRanges(names: names, dependencies: dependencies)
        var known: [String: Rational] = [:]
        var bindings: [BindingSyntax] = []
        func bind(_ name: String, _ value: Rational) {
            bindings.append(
                BindingSyntax(name: Identifier(name, span), value: .value(ExpressionSyntax(.number(value), span))))
        }
        for parameter in contents.parametersInOrder {
            let name = parameter.name.text
            let elaborator = ranges.elaborator(known)
            if let initial = parameter.initial {
                let formula = try? elaborator.number(initial, Scope(file: parameter.place.file))
                known[name] = formula.flatMap(elaborator.exactValue)
                continue
            }
            var values = Self.values(ranges.range(of: name, given: known), isInteger: parameter.isInteger)
            if values.isEmpty {
                // No value meets the hypotheses: the draws will tell.
                let alone = ranges.range(of: name, given: known, without: hypotheses)
                values = Self.values(alone, isInteger: parameter.isInteger)
            }
            guard let first = values.first else { throw withoutRange(parameter, span) }
            let value = values.first { meets(parameter, $0, known, ranges) } ?? first
            known[name] = value
            bind(name, value)
        }
        if !contents.draws.isEmpty { bind("seed", 1) }
        return StatementSyntax(
            .instance(name: Identifier(Theorem.drawnInstance, span), isFamily: false, bindings), span)
    }

    private var hypotheses: Set<Hypothesis> { Set(contents.assumptions.map { .assumption($0.value.name.text) }) }

    private func withoutRange(_ parameter: ParameterDeclaration, _ span: Span) -> Diagnostic {
        Diagnostic(
            "E0805", "the file has no instance, and '\(parameter.name.text)' has no range to draw one from",
            file: contents.source(contents.theoremFile).name, span: span,
            remedy: "give it a range, as 'where 0 < \(parameter.name.text) < 1', or add 'instance one'")
    }

    private func meets(
        _ parameter: ParameterDeclaration, _ value: Rational, _ known: [String: Rational], _ ranges: ParameterRanges
    ) -> Bool {
        guard let condition = parameter.condition else { return true }
        let elaborator = ranges.elaborator(known.merging([parameter.name.text: value]) { $1 })
        let truth = (try? elaborator.condition(condition, Scope(file: parameter.place.file))).flatMap(elaborator.exactTruth)
        return truth ?? true
    }

    /// Values of the range, the simplest first; none if it has no bound.
    private static func values(_ range: ParameterRange, isInteger: Bool) -> [Rational] {
        let found: [Rational]
        let shares = [Rational(1, 2), Rational(1, 4), Rational(3, 4), Rational(1, 10), 0, 1]
        if let members = range.members {
            found = members
        } else if isInteger {
            let steps = (0..<64).map { Rational($0) * range.divisor }
            if let lower = range.lower?.value {
                let least = Rational((lower / range.divisor).ceiling) * range.divisor
                found = steps.map { least + $0 }
            } else if let upper = range.upper?.value {
                let most = Rational((upper / range.divisor).floor) * range.divisor
                found = steps.map { most - $0 }
            } else {
                found = []
            }
        } else {
            switch (range.lower?.value, range.upper?.value) {
            case (let lower?, let upper?): found = shares.map { lower + (upper - lower) * $0 }
            case (let lower?, nil): found = [1, 2, Rational(1, 2), 0].map { lower + $0 }
            case (nil, let upper?): found = [1, 2, Rational(1, 2), 0].map { upper - $0 }
            case (nil, nil): found = []
            }
        }
        return found.filter(range.contains)
    }
}
