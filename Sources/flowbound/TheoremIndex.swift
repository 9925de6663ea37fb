import ArgumentParser
import Foundation
import Reports
import Syntax

/// The ids of the theorems and claims in some files, read without checking the files.
struct TheoremIndex {
    private var entries: [(file: String, names: [String])] = []
    /// Files in which a name may be hidden by a mistake.
    private(set) var broken: [String] = []

    /// Without arguments: the files of the current folder, and those below its folder `theorems`. Complains about
    /// arguments that mean nothing, and throws.
    init(_ arguments: [String]) throws {
        let files = TheoremFiles(arguments.isEmpty ? Self.usual : arguments)
        for (argument, reason) in files.missing where !arguments.isEmpty {
            Console.complain("\(argument): \(reason)")
            throw ExitCode(ExitStatus.invalid)
        }
        for file in files.paths {
            guard case .success(let source) = SourceFile.read(path: file) else {
                broken.append(file)
                continue
            }
            let (syntax, mistakes) = parse(source)
            if !mistakes.isEmpty { broken.append(file) }
            guard let header = syntax.header, !header.isModel else { continue }
            entries.append((file, [header.id.text] + syntax.claims))
        }
    }

    private static var usual: [String] {
        let here = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
        let files = here.filter { $0.hasSuffix(".thm") && !$0.hasPrefix(".") }.sorted()
        return files + (here.contains("theorems") ? ["theorems"] : [])
    }

    var names: [String] { entries.flatMap(\.names) }

    /// The files that have a theorem or a claim of this name.
    func files(with name: String) -> [String] {
        entries.filter { $0.names.contains(name) }.map(\.file)
    }
}

extension FileSyntax {
    /// Ids of the claims.
    var claims: [String] {
        statements.compactMap { if case .claim(let claim) = $0.kind { claim.id.text } else { nil } }
    }

    /// Names of the instances and families.
    var instances: [String] {
        statements.compactMap { if case .instance(let name, _, _) = $0.kind { name.text } else { nil } }
    }

    var parameters: [String] {
        statements.compactMap { if case .parameter(let name, _, _, _, _) = $0.kind { name.text } else { nil } }
    }
}
