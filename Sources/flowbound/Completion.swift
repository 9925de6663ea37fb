import ArgumentParser
import Foundation
import Reports
import Syntax

/// What the shell offers behind TAB: names from the theorem files that stand on the command line already.
enum Completion {
    static let theorems = CompletionKind.file(extensions: ["thm"])
    static let claims = CompletionKind.custom { words, _, _ in names(words, \.claims) }
    static let instances = CompletionKind.custom { words, _, _ in names(words, \.instances) }
    /// `K=`
    static let parameters = CompletionKind.custom { words, _, _ in names(words, \.parameters).map { "\($0)=" } }

    /// The words that are explained everywhere, the claims of the current folder, and its files.
    static let explainable = CompletionKind.custom { words, _, _ in
        let here = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
        let files = here.filter { $0.hasSuffix(".thm") }.sorted()
        return explainableWords + names(words + files, \.claims) + files
    }

    /// Of the files among the words, and of the models that they use.
    private static func names(_ words: [String], _ part: (FileSyntax) -> [String]) -> [String] {
        var pending = words.filter { $0.hasSuffix(".thm") }
        var seen: Set<String> = []
        var result: [String] = []
        while let path = pending.popLast() {
            guard seen.insert(path).inserted, case .success(let source) = SourceFile.read(path: path) else { continue }
            let file = parse(source).file
            result += part(file)
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            for case .use(let model, _) in file.statements.map(\.kind) { pending.append(folder + model) }
        }
        return result
    }
}
