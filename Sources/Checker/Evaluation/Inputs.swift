import Bounds
import Exact
import GradientFlow
import Symbolic
import Syntax

/// The values of names: exact numbers and constant formulas go into the formula itself, intervals become a box.
struct Inputs {
    /// The names with intervals.
    private(set) var symbols: [Symbol] = []
    /// Contains the interval of each symbol; wider only where an end is irrational.
    private(set) var box: [ClosedRange<Rational>] = []
    /// Lies in the interval of each symbol.
    private(set) var inner: [ClosedRange<Rational>] = []
    private(set) var names: Set<String> = []

    /// Defines the names in the reader. Irrational ends of intervals are enclosed with `bits` bits.
    init(_ values: [(name: String, value: String)], _ reader: FormulaReader, bits: Int) throws(InvalidEvaluation) {
        for (text, value) in values {
            let name = try Self.name(text)
            let source = SourceFile(name: "value of \(name)", utf8: Array(value.utf8))
            guard names.insert(name).inserted else {
                throw InvalidEvaluation("E0410", "'\(name)' is given twice", source, remedy: "keep one")
            }
            // Values are formulas without names.
            let constants = FormulaReader(sharing: reader)
            guard let ends = try Self.ends(source) else {
                reader.define(name, as: try Self.constant(source, constants))
                continue
            }
            let range = try Self.range(ends, source, constants, bits: bits)
            if range.inner.lowerBound == range.outer.upperBound {
                reader.define(name, as: reader.graph.constant(range.outer.lowerBound))
            } else {
                symbols.append(.parameter(name))
                box.append(range.outer)
                inner.append(range.inner)
                reader.define(name, as: reader.graph.symbol(.parameter(name)))
            }
        }
    }

    private static func name(_ text: String) throws(InvalidEvaluation) -> String {
        let source = SourceFile(name: "name", utf8: Array(text.utf8))
        do throws(Diagnostic) {
            return try FormulaReader.name(source)
        } catch {
            throw InvalidEvaluation(diagnostic: error, source: source)
        }
    }

    /// The texts of the ends of `[lo, hi]`; nil for a number.
    private static func ends(_ source: SourceFile) throws(InvalidEvaluation) -> (lower: Piece, upper: Piece)? {
        let utf8 = source.utf8
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }), utf8[first] == UInt8(ascii: "[") else { return nil }
        var depth = 0
        var commas: [Int] = []
        for (offset, byte) in utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 1: commas.append(offset)
            default: break
            }
        }
        guard commas.count == 1, let last = utf8.lastIndex(where: { !isBlank($0) }), utf8[last] == UInt8(ascii: "]") else {
            throw InvalidEvaluation("E0410", "an interval has two ends", source, remedy: "write [lo, hi], as [0, 1/2]")
        }
        return (Piece(source, first + 1..<commas[0]), Piece(source, commas[0] + 1..<last))
    }

    /// A piece of a text, read as if blanks stood before it, so that messages point into the whole.
    private struct Piece {
        let source: SourceFile
        let text: String

        init(_ whole: SourceFile, _ range: Range<Int>) {
            let before = whole.utf8[..<range.lowerBound].map { _ in UInt8(ascii: " ") }
            source = SourceFile(name: whole.name, utf8: before + whole.utf8[range])
            text = String(decoding: whole.utf8[range], as: UTF8.self)
        }
    }

    private static func constant(_ source: SourceFile, _ reader: FormulaReader) throws(InvalidEvaluation) -> Expression {
        let text = String(decoding: source.utf8, as: UTF8.self).filter { !$0.isWhitespace }
        // A plain number needs no parser, and hexadecimal floats are not in the language.
        let isPlain = text.hasPrefix("0x") || text.hasPrefix("-0x") || !text.contains { $0 == "e" || $0 == "E" }
        if isPlain, text.utf8.count <= 1000, let value = Rational(parsing: text) { return reader.graph.constant(value) }
        do throws(Diagnostic) {
            return try reader.number(source).expression
        } catch {
            throw InvalidEvaluation(diagnostic: error, source: source)
        }
    }

    private static func range(
        _ ends: (lower: Piece, upper: Piece), _ source: SourceFile, _ reader: FormulaReader, bits: Int
    ) throws(InvalidEvaluation) -> (outer: ClosedRange<Rational>, inner: ClosedRange<Rational>) {
        var values: [(lower: Rational, upper: Rational)] = []
        for end in [ends.lower, ends.upper] {
            let expression = try constant(end.source, reader)
            if let exact = reader.graph.constant(expression) {
                values.append((exact, exact))
                continue
            }
            let program = try? FormulaProgram([expression], of: reader.graph, inputs: [], bits: max(bits, 64))
            guard let ends = program?.values(on: [])[0].ends else {
                throw InvalidEvaluation("E0410", "this end of the interval has no value", end.source, remedy: "write a number")
            }
            values.append(ends)
        }
        if values[0].lower > values[1].upper {
            throw InvalidEvaluation(
                "E0410", "the lower end of this interval is above the upper one", source, remedy: "write [lo, hi] with lo <= hi")
        }
        guard values[0].upper <= values[1].lower else {
            throw InvalidEvaluation(
                "E0410", "whether the lower end is below the upper one is not decided with \(bits) bits", source,
                remedy: "give more bits, or rational ends")
        }
        return (values[0].lower...values[1].upper, values[0].upper...values[1].lower)
    }
}

extension InvalidEvaluation {
    /// About all of a text.
    init(_ id: String, _ message: String, _ source: SourceFile, remedy: String?) {
        let start = source.utf8.firstIndex { $0 != 0x20 } ?? 0
        let span = Span(start, max(source.utf8.count, start + 1))
        self.init(diagnostic: Diagnostic(id, message, file: source.name, span: span, remedy: remedy), source: source)
    }
}
