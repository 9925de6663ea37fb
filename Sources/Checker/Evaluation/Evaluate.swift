import Bounds
import Exact
import GradientFlow
import Symbolic
import Syntax

/// Encloses all values of the formula for all values of its names.
public func evaluate(_ request: EvaluationRequest) throws(InvalidEvaluation) -> Evaluation {
    let reader = FormulaReader()
    let source = SourceFile(name: "formula", utf8: Array(request.formula.utf8))
    // Irrational ends of intervals must not be seen in the result.
    let sharpness = request.tolerance.map { max(0, -$0.binaryExponent) } ?? 0
    let inputs = try Inputs(request.values, reader, bits: max(request.bits, sharpness) + 128)
    let calculation = Calculation(request: request, reader: reader, inputs: inputs, source: source)
    return try calculation.run()
}

/// One formula with its inputs.
struct Calculation {
    let request: EvaluationRequest
    let reader: FormulaReader
    let inputs: Inputs
    let source: SourceFile

    func run() throws(InvalidEvaluation) -> Evaluation {
        let formula = try read()
        let unused = inputs.names.subtracting(formula.names).sorted()
        if let exact = reader.graph.constant(formula.expression) {
            if exact.isTooLong {
                let message = Culprit.tooLarge
                throw InvalidEvaluation(message.id, message.text, source, remedy: message.remedy)
            }
            let value = RationalInterval(exact)
            return request.tolerance.map { sharp(value, $0, unused, shortfall: nil) } ?? evaluation(value, unused)
        }
        if let tolerance = request.tolerance { return try sharp(formula.expression, tolerance, unused) }
        // Doubles overflow; balls hardly do.
        for bits in request.bits <= 53 ? [53, 128] : [request.bits] {
            if let ends = try values(of: formula.expression, on: inputs.box, bits: bits).ends {
                return evaluation(RationalInterval(ends.lower, ends.upper), unused)
            }
        }
        let failure = failure(of: formula.expression, on: inputs.box)
        if failure.diagnostic.id == Culprit.mayBeUndefined, !inputs.box.isEmpty, let range = try range(of: formula.expression) {
            return evaluation(range, unused)
        }
        throw failure
    }

    /// The enclosure where the whole box has none but its parts have: a ball around [10^-30, 1] contains 0.
    private func range(of expression: Expression) throws(InvalidEvaluation) -> RationalInterval? {
        let budget = RangeSearch.Budget(parts: 200, deadline: .now + .seconds(1))
        let anything = Rational.powerOfTwo(2 * Rational.largestWrittenExponent)
        guard case .sharp(let lower, let upper) = try search(expression, anything, budget) else { return nil }
        return RationalInterval(lower, upper)
    }

    private func search(
        _ expression: Expression, _ tolerance: Rational, _ budget: RangeSearch.Budget
    ) throws(InvalidEvaluation) -> RangeSearch.Outcome {
        do throws(IntegrationFailure) {
            let search = try RangeSearch(
                expression, of: reader.graph, inputs: inputs.symbols, bits: request.bits, tolerance: tolerance, budget: budget)
            return try search.range(over: inputs.box, inner: inputs.inner)
        } catch {
            throw InvalidEvaluation("E0901", error.reason, source, remedy: nil)
        }
    }

    private func read(recordingSpans: Bool = false) throws(InvalidEvaluation) -> FormulaReader.Formula {
        do throws(Diagnostic) {
            return try reader.number(source, recordingSpans: recordingSpans)
        } catch {
            throw InvalidEvaluation(diagnostic: error, source: source)
        }
    }

    private func values(of expression: Expression, on box: [ClosedRange<Rational>], bits: Int) throws(InvalidEvaluation) -> Enclosed {
        do throws(IntegrationFailure) {
            let program = try FormulaProgram([expression], of: reader.graph, inputs: inputs.symbols, bits: bits)
            return program.values(on: box)[0]
        } catch {
            throw InvalidEvaluation("E0901", error.reason, source, remedy: nil)
        }
    }

    private func evaluation(_ value: RationalInterval, _ unused: [String]) -> Evaluation {
        let most = (request.bits * 30_103 + 99_999) / 100_000 + 1
        // The ends of a range mean something far below its width; those of a number's enclosure are rounding errors.
        let finest = value.width?.decimalExponent.map { $0 - (inputs.box.isEmpty ? 2 : 13) }
        return Evaluation(value: value, mostDigits: most, finest: finest, unusedNames: unused, shortfall: nil)
    }

    // MARK: Sharp ranges

    private func sharp(_ expression: Expression, _ tolerance: Rational, _ unused: [String]) throws(InvalidEvaluation) -> Evaluation {
        let deadline = ContinuousClock.now + .seconds(request.timeout)
        let budget = RangeSearch.Budget(parts: request.mostParts, deadline: deadline)
        // A part of the tolerance is left for the decimals.
        switch try search(expression, tolerance * Rational(7, 8), budget) {
        case .sharp(let lower, let upper):
            return sharp(RationalInterval(lower, upper), tolerance, unused, shortfall: nil)
        case .stopped(let lower, let upper, let reason):
            let shortfall = "the tolerance was not reached with \(reason.budget(request))"
            return sharp(RationalInterval(lower, upper), tolerance, unused, shortfall: shortfall)
        case .undefined(let part): throw failure(of: expression, on: part)
        }
    }

    private func sharp(_ value: RationalInterval, _ tolerance: Rational, _ unused: [String], shortfall: String?) -> Evaluation {
        // What was not reached needs no digits that describe it.
        let reached = shortfall == nil ? nil : value.width.map { $0 * Rational(1, 10_000) }
        let unit = max(tolerance / 8, reached ?? .zero)
        return Evaluation(
            value: value, mostDigits: .max, finest: unit.decimalExponent, unusedNames: unused, shortfall: shortfall)
    }

    // MARK: No enclosure

    private func failure(of expression: Expression, on box: [ClosedRange<Rational>]) -> InvalidEvaluation {
        let spans = (try? read(recordingSpans: true).spans) ?? [:]
        let bits = max(request.bits, 128)
        let (message, culprit) = Culprit.find(expression, reader.graph, inputs.symbols, box, bits: bits, isPlace: { spans[$0] != nil })
        let span = culprit.flatMap { spans[$0] } ?? Span(0, max(source.utf8.count, 1))
        return InvalidEvaluation(
            diagnostic: Diagnostic(message.id, message.text, file: source.name, span: span, remedy: message.remedy),
            source: source)
    }
}

extension Rational {
    fileprivate var isTooLong: Bool {
        max(numerator.magnitude.bitWidth, denominator.magnitude.bitWidth) > Rational.largestWrittenExponent + 1
    }
}

extension RangeSearch.Reason {
    fileprivate func budget(_ request: EvaluationRequest) -> String {
        switch self {
        case .parts(let count): "\(count) cuts"
        case .time: "\(request.timeout) seconds"
        case .bits(let count): "\(count) bits"
        }
    }
}
