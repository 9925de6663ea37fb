import Syntax

/// Gathers what is wrong with a theorem and its models: the first error of every statement, and warnings.
final class DiagnosticCollector {
    private let files: [FileSyntax]
    private let positions: [String: Int]
    private var faulty: Set<Placement> = []
    private(set) var errors: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    /// Constructions that this version does not support: reported where nothing else is wrong.
    private(set) var unsupported: [Diagnostic] = []

    init(_ files: [FileSyntax]) {
        self.files = files
        positions = Dictionary(files.enumerated().map { ($0.element.source.name, $0.offset) }, uniquingKeysWith: { a, _ in a })
    }

    func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .warning {
            warnings.append(diagnostic)
        } else if isFirst(diagnostic, &faulty) {
            errors.append(diagnostic)
        }
    }

    func add(_ feature: Feature) {
        unsupported.append(
            Diagnostic(
                "E0901", feature.text, file: files[feature.file].source.name, span: feature.span,
                remedy: Feature.remedy))
    }

    /// Everything to report, sorted by file (the theorem first) and place.
    var report: [Diagnostic] {
        if !errors.isEmpty { return sorted(errors) }
        var seen: Set<Placement> = []
        return sorted(unsupported.filter { isFirst($0, &seen) })
    }

    var sortedWarnings: [Diagnostic] { sorted(warnings) }

    private func sorted(_ list: [Diagnostic]) -> [Diagnostic] {
        func key(_ d: Diagnostic) -> (Int, Int, Int) {
            (-(positions[d.file] ?? -1), d.span.start, d.span.end)
        }
        return list.sorted { key($0) < key($1) }
    }

    /// Whether the statement that the span is in had no error so far; notes that it has one now.
    private func isFirst(_ diagnostic: Diagnostic, _ faulty: inout Set<Placement>) -> Bool {
        guard let file = positions[diagnostic.file], let statement = statement(at: diagnostic.span.start, in: file) else {
            return true
        }
        return faulty.insert(Placement(file: file, statement: statement)).inserted
    }

    /// The statement that an offset lies in; statements are in the order of the file.
    private func statement(at offset: Int, in file: Int) -> Span? {
        let statements = files[file].statements
        var low = 0
        var high = statements.count
        while low < high {
            let middle = (low + high) / 2
            if statements[middle].span.start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset < statements[low - 1].span.end else { return nil }
        return statements[low - 1].span
    }
}
