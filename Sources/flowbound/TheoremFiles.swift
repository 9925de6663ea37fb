import Foundation
import Syntax

/// The files that the arguments of the command mean.
struct TheoremFiles {
    /// As the user would write them, each file once.
    private(set) var paths: [String] = []
    /// Arguments that mean nothing, with the reason.
    private(set) var missing: [(argument: String, reason: String)] = []

    init(_ arguments: [String]) {
        var seen: Set<String> = []
        for argument in arguments {
            for path in expanded(argument) {
                let full = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
                if seen.insert(full).inserted { paths.append(path) }
            }
        }
    }

    private mutating func expanded(_ argument: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
            missing.append((argument, "no such file or folder\(Self.suggestion(for: argument))"))
            return []
        }
        guard isFolder.boolValue else { return [argument] }
        let theorems = Self.theorems(below: argument)
        if theorems.isEmpty { missing.append((argument, "no theorem file (.thm) in this folder")) }
        return theorems
    }

    /// All .thm files below the folder that are not models, in alphabetical order. Hidden files are left out.
    private static func theorems(below folder: String) -> [String] {
        let base = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return names
            .filter { $0.hasSuffix(".thm") && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .sorted()
            .map { base == "/" ? "/\($0)" : "\(base)/\($0)" }
            .filter { !isModel($0) && !isDirectory($0) }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// A file without a readable first statement counts as a theorem, so that it is reported.
    private static func isModel(_ path: String) -> Bool {
        guard case .success(let source) = SourceFile.read(path: path) else { return false }
        return parse(source).file.header?.isModel == true
    }

    private static func suggestion(for path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return closestName(to: url.lastPathComponent, in: names).map { "; did you mean '\($0)'?" } ?? ""
    }
}
