import Exact
import Foundation
import Symbolic
import Syntax

/// The data tables of one instance: lists in the instance's line, or CSV files beside the theorem file or in the nearest
/// `proofs-data` beside or above it.
struct DataTables {
    let elaborator: Elaborator
    let elaboration: Elaboration
    let instance: Instance

    private var contents: Contents { elaboration.contents }

    /// Reads every table into the elaborator; the errors, at most one a table.
    func read() -> [Diagnostic] {
        contents.data.compactMap { declaration in
            do throws(Diagnostic) {
                elaborator.tables[declaration.name.text] = .array(try table(declaration))
                return nil
            } catch {
                return error
            }
        }
    }

    private func table(_ declaration: DataDeclaration) throws(Diagnostic) -> IndexedArray {
        let name = declaration.name.text
        if let table = instance.tables[name] {
            do throws(Failure) {
                let axes = try elaborator.axes(declaration.dimensions, Scope(file: declaration.place.file))
                return try shaped(elaborator.value(of: table), axes[...], declaration, at: place.span)
            } catch {
                throw diagnostic(error)
            }
        }
        guard let written = contents.instances.first(where: { $0.value.name.text == instance.family ?? instance.id }),
            let binding = written.value.bindings.first(where: { $0.name.text == name })
        else {
            throw Diagnostic(
                "E0801", "instance '\(instance.id)' does not give '\(name)'", file: place.file, span: place.span,
                remedy: "add \(name) = [...] or \(name) = table \"file.csv\"")
        }
        do throws(Failure) {
            let axes = try elaborator.axes(declaration.dimensions, Scope(file: declaration.place.file))
            let cells: Value
            switch binding.value {
            case .value(let formula), .members(let formula):
                cells = try elaborator.value(formula, Scope(file: written.place.file))
            case .table(let path, let span):
                cells = try CSVTable(path, beside: contents.source(written.place.file).name)
                    .value(elaborator.graph, rank: axes.count, file: written.place.file, span: span)
            }
            return try shaped(cells, axes[...], declaration, at: binding.name.span)
        } catch {
            throw diagnostic(error)
        }
    }

    private func diagnostic(_ failure: Failure) -> Diagnostic {
        switch failure {
        case .unsupported(let feature):
            Diagnostic(
                "E0901", feature.text, file: contents.source(feature.file).name, span: feature.span,
                remedy: Feature.remedy)
        case .invalid(let text, let id, let file, let span, let remedy):
            Diagnostic(
                id, "\(text) (instance \(instance.id))", file: contents.source(file).name, span: span, remedy: remedy)
        }
    }

    private var place: (file: String, span: Span) { elaboration.place(of: instance) }

    /// The cells over the declared index sets.
    private func shaped(
        _ cells: Value, _ axes: ArraySlice<[Rational]>, _ declaration: DataDeclaration, at span: Span
    ) throws(Failure) -> IndexedArray {
        let name = declaration.name.text
        let file = contents.theoremFile
        guard let axis = axes.first else { preconditionFailure("a table has an index set") }
        guard case .array(let rows) = cells, rows.axes.count == 1 else {
            let levels = declaration.dimensions.count
            let list = String(repeating: "[", count: levels) + "1, 2" + String(repeating: "]", count: levels)
            throw .invalid(
                "data '\(name)' needs \(levels) levels of lists", id: "E0606", file: file, span: span,
                remedy: "write \(name) = \(list), a list for each index set")
        }
        guard rows.entries.count == axis.count else {
            let set = contents.source(declaration.place.file).text(declaration.dimensions[declaration.dimensions.count - axes.count].set.span)
            throw .invalid(
                "data '\(name)' has \(rows.entries.count) rows, \(set) has \(axis.count) elements", id: "E0606", file: file,
                span: span, remedy: "give one row for each element; numbers, no header")
        }
        if axes.count > 1 {
            var entries: [Value] = []
            for row in rows.entries { entries += try shaped(row, axes.dropFirst(), declaration, at: span).entries }
            return IndexedArray(axes: Array(axes), entries: entries)
        }
        for (index, entry) in zip(axis, rows.entries) { try check(entry, index, declaration, at: span) }
        return IndexedArray(axes: [axis], entries: rows.entries)
    }

    /// The type of one cell.
    private func check(
        _ cell: Value, _ index: Rational, _ declaration: DataDeclaration, at span: Span
    ) throws(Failure) {
        let name = declaration.name.text
        let file = contents.theoremFile
        func value(_ cell: Value) throws(Failure) -> Rational {
            guard case .number(let e) = cell, let value = elaborator.exactValue(e) else {
                throw .invalid(
                    "data '\(name)' needs exact numbers", id: "E0606", file: file, span: span,
                    remedy: "write 12, -0.5 or 4/5 in every cell")
            }
            return value
        }
        func check(_ cell: Value, isInteger: Bool, within set: [Rational]?, _ text: String) throws(Failure) {
            let number = try value(cell)
            if isInteger && !number.isInteger {
                throw .invalid(
                    "data '\(name)' holds integers, \(number.shortText) is none", id: "E0405", file: file, span: span,
                    remedy: "correct the cell, or declare the data real")
            }
            if let set, !set.contains(number) {
                throw .invalid(
                    "data '\(name)' holds \(number.shortText), which is outside \(text)", id: "E0403", file: file, span: span,
                    remedy: "correct the cell, or enlarge \(text)")
            }
        }
        let scope = Scope(file: declaration.place.file)
        switch declaration.type {
        case .real:
            _ = try value(cell)
        case .integer(let set):
            let text = set.map { contents.source(declaration.place.file).text($0.span) } ?? ""
            let members = try set.map { (e) throws(Failure) in try elaborator.numbers(in: e, scope) }
            try check(cell, isInteger: true, within: members, text)
        case .list(let set):
            guard case .array(let list) = cell, list.axes.count == 1 else {
                throw .invalid(
                    "data '\(name)' needs a list in every row", id: "E0606", file: file, span: span,
                    remedy: "write \(name) = [[1, 2], [3]]")
            }
            let members = try elaborator.numbers(in: ExpressionSyntax(.name(set.text), set.span), scope)
            for entry in list.entries { try check(entry, isInteger: true, within: members, set.text) }
        }
    }
}

extension Elaborator {
    func value(of table: Table) -> Value {
        switch table {
        case .number(let value): .number(graph.constant(value))
        case .list(let rows): .array(IndexedArray(list: rows.map(value)))
        }
    }

    /// The table that a value is; nil unless it is made of exact numbers.
    func table(of value: Value) -> Table? {
        switch value {
        case .number(let e):
            return exactValue(e).map(Table.number)
        case .array(let array):
            guard array.axes.count == 1 else {
                let rows = array.axes[0].indices.map { position in
                    let (axes, entries) = array.slice([position] + Array(repeating: nil, count: array.axes.count - 1))
                    return table(of: .array(IndexedArray(axes: axes, entries: entries)))
                }
                return rows.contains(nil) ? nil : .list(rows.compactMap { $0 })
            }
            let rows = array.entries.map(table)
            return rows.contains(nil) ? nil : .list(rows.compactMap { $0 })
        case .condition, .set:
            return nil
        }
    }
}

/// A file of rows of exact numbers, separated by commas.
struct CSVTable {
    private static let mostBytes = 64 << 20

    private let path: String
    private let file: String?

    /// Looks for the file beside the theorem file, then in `proofs-data` beside it and in every folder above.
    init(_ path: String, beside theorem: String) {
        self.path = path
        var folder = URL(fileURLWithPath: theorem).deletingLastPathComponent().standardizedFileURL
        var candidates = [folder.appendingPathComponent(path).path]
        while true {
            candidates.append(folder.appendingPathComponent("proofs-data").appendingPathComponent(path).path)
            let above = folder.deletingLastPathComponent().standardizedFileURL
            if above.path == folder.path { break }
            folder = above
        }
        file = candidates.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The rows as lists, or the cells of all rows for a table with one index.
    func value(_ graph: Graph, rank: Int, file place: Int, span: Span) throws(Failure) -> Value {
        func wrong(_ text: String, _ remedy: String?) -> Failure {
            .invalid(text, id: "E0606", file: place, span: span, remedy: remedy)
        }
        guard let file else {
            throw wrong(
                "cannot find the table \"\(path)\" beside the file or in proofs-data",
                "put it beside the theorem file, or write its rows in the instance")
        }
        let source: SourceFile
        switch SourceFile.read(path: file) {
        case .success(let found): source = found
        case .failure(let error): throw wrong("cannot read the table \"\(path)\": \(error.message)", "name a file of numbers")
        }
        guard source.utf8.count <= Self.mostBytes else { throw wrong("the table \"\(path)\" is larger than 64 MB", "keep the rows that the theorem reads") }
        var rows: [[Value]] = []
        for (number, line) in source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
            if text.isEmpty { continue }
            var row: [Value] = []
            for cell in text.split(separator: ",", omittingEmptySubsequences: false) {
                let trimmed = cell.trimmingCharacters(in: .whitespaces)
                guard let value = Rational(parsing: trimmed) else {
                    throw wrong(
                        trimmed.isEmpty
                            ? "the table \"\(path)\" lacks a cell in line \(number + 1)"
                            : "the table \"\(path)\" has '\(trimmed)' in line \(number + 1), which is no exact number",
                        "write 12, -0.5 or 4/5 in every cell, without a header")
                }
                row.append(.number(graph.constant(value)))
            }
            if let first = rows.first, rank > 1, row.count != first.count {
                throw wrong(
                    "the table \"\(path)\" has \(row.count) cells in line \(number + 1), \(first.count) in the first row",
                    "give every row as many cells")
            }
            rows.append(row)
        }
        if rank == 1 && rows.allSatisfy({ $0.count == 1 }) { return .array(IndexedArray(list: rows.flatMap { $0 })) }
        return .array(IndexedArray(list: rows.map { .array(IndexedArray(list: $0)) }))
    }
}
