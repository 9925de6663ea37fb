import Foundation
import Syntax

/// Reads a theorem file and the models it uses, models first.
struct FileReading {
    private(set) var files: [FileSyntax] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Names that statements with a syntax error may have declared.
    private(set) var broken: Set<String> = []
    private(set) var sources: [String: SourceFile] = [:]
    private var models: [String: SourceFile] = [:]
    private var done: Set<String> = []
    /// Files that are being read, from the theorem on.
    private var path: [(identity: String, shortName: String)] = []

    /// - Parameter name: the path as the user gave it.
    init(path name: String) {
        switch SourceFile.read(path: name) {
        case .success(let source):
            read(source)
        case .failure(let error):
            let empty = SourceFile(name: name, utf8: [])
            sources[name] = empty
            diagnostics.append(Self.unreadable(name, error, in: empty, span: Span(0, 0), path: name))
        }
    }

    /// A text that is in memory already, and the models beside it that are, by the paths that `use` names.
    init(_ source: SourceFile, beside models: [String: SourceFile] = [:]) {
        self.models = models
        read(source)
    }

    /// Adds a statement to the theorem's own file.
    mutating func add(_ statement: StatementSyntax) {
        guard let own = files.popLast() else { return }
        files.append(FileSyntax(source: own.source, header: own.header, statements: own.statements + [statement]))
    }

    private static func identity(_ name: String) -> String {
        URL(fileURLWithPath: name).standardizedFileURL.resolvingSymlinksInPath().path
    }

    private static func directory(of name: String) -> String {
        guard let slash = name.lastIndex(of: "/") else { return "" }
        return String(name[...slash])
    }

    /// `name` as written, `path` as opened.
    private static func unreadable(
        _ name: String, _ error: SourceFileError, in file: SourceFile, span: Span, path: String
    ) -> Diagnostic {
        guard case .missing = error else {
            return Diagnostic("E0309", error.message, file: file.name, span: span, remedy: error.remedy)
        }
        let directory = Self.directory(of: path)
        let present = (try? FileManager.default.contentsOfDirectory(atPath: directory.isEmpty ? "." : directory)) ?? []
        let short = SourceFile(name: name, utf8: []).shortName
        let near = closestName(to: short, in: present.filter { $0.hasSuffix(".thm") })
        let relative = file.name == name ? nil : "give its path relative to \(file.shortName)"
        return Diagnostic(
            "E0309", "cannot read \"\(name)\"", file: file.name, span: span,
            remedy: near.map { "did you mean \"\($0)\"?" } ?? relative)
    }

    private mutating func read(_ source: SourceFile) {
        let identity = Self.identity(source.name)
        path.append((identity, source.shortName))
        sources[source.name] = source
        let (file, problems) = parse(source)
        diagnostics += problems
        for problem in problems { noteBroken(problem, in: source) }
        if path.count > 1, let header = file.header, !header.isModel {
            diagnostics.append(
                Diagnostic(
                    "E0312", "only a model can be used, '\(header.id.text)' is a theorem", file: source.name,
                    span: header.id.span, remedy: "move what both need to a model"))
        }
        for statement in file.statements {
            guard case .use(let name, let span) = statement.kind else { continue }
            use(name, span, from: source)
        }
        path.removeLast()
        done.insert(identity)
        // Of a theorem that stands where a model should, only the names matter: its claims and instances would only
        // collide with those of the real one.
        files.append(path.isEmpty ? file : file.withoutInstances)
    }

    private mutating func use(_ name: String, _ span: Span, from source: SourceFile) {
        let directory = Self.directory(of: source.name)
        let full = name.hasPrefix("/") ? name : directory + name
        let identity = Self.identity(full)
        if let start = path.firstIndex(where: { $0.identity == identity }) {
            let cycle = (path[start...].map(\.shortName) + [path[start].shortName]).joined(separator: ", ")
            diagnostics.append(
                Diagnostic(
                    "E0307", "'use' makes a cycle: \(cycle)", file: source.name, span: span,
                    remedy: "move what both need to a third model"))
            return
        }
        guard !done.contains(identity) else { return }
        switch models[name].map({ .success($0) }) ?? SourceFile.read(path: full) {
        case .success(let model): read(model)
        case .failure(let error): diagnostics.append(Self.unreadable(name, error, in: source, span: span, path: full))
        }
    }

    /// Remembers the word after the keyword of the statement that an error is in.
    private mutating func noteBroken(_ problem: Diagnostic, in source: SourceFile) {
        let utf8 = source.utf8
        func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") }
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || isBreak(byte) }
        var start = min(problem.span.start, max(utf8.count - 1, 0))
        while start > 0, !isBreak(utf8[start - 1]) || isSpace(utf8[start]) { start -= 1 }
        let rest = utf8[start...].prefix(1000)
        let words = rest.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: isSpace)
        for word in words.prefix(2) {
            let name = word.prefix { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
            if !name.isEmpty { broken.insert(String(decoding: name, as: UTF8.self)) }
        }
    }
}

extension FileSyntax {
    /// A used theorem without its claims, instances, expectations and shows; a model as it is.
    fileprivate var withoutInstances: FileSyntax {
        guard let header, !header.isModel else { return self }
        let kept = statements.filter { statement in
            switch statement.kind {
            case .claim, .instance, .expect, .show: false
            default: true
            }
        }
        return FileSyntax(source: source, header: header, statements: kept)
    }
}
