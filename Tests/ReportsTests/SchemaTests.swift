import Checker
import Foundation
import Reports
import Syntax
import Testing

/// The part of JSON Schema that docs/schema.json uses. Stricter in one way: a key that the schema does not name is an
/// error, so that the page stays complete.
struct Schema {
    let root: [String: Any]

    func problems(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = String(reference.dropFirst("#/$defs/".count))
            guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else { return ["\(path): no \(reference)"] }
            return problems(value, target, at: path)
        }
        var found: [String] = []
        if let constant = schema["const"], !same(constant, value) { found.append("\(path): \(value) is not \(constant)") }
        if let allowed = schema["enum"] as? [Any], !allowed.contains(where: { same($0, value) }) {
            found.append("\(path): \(value) is not among \(allowed)")
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] }
        if let types, !types.contains(type(of: value)) { found.append("\(path): \(value) is not \(types)") }
        if let text = value as? String, let pattern = schema["pattern"] as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(path): '\(text)' does not match \(pattern)")
        }
        if let items = value as? [Any], let element = schema["items"] as? [String: Any] {
            for (index, item) in items.enumerated() { found += problems(item, element, at: "\(path)[\(index)]") }
        }
        if let members = value as? [String: Any] { found += memberProblems(members, schema, at: path) }
        return found
    }

    private func memberProblems(_ members: [String: Any], _ schema: [String: Any], at path: String) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let others = schema["additionalProperties"] as? [String: Any]
        let missing = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
        return missing.map { "\(path): '\($0)' is missing" }
            + members.flatMap { key, value in
                guard let property = properties[key] ?? others else { return ["\(path): '\(key)' is not in the schema"] }
                return problems(value, property, at: "\(path).\(key)")
            }
    }

    private func same(_ a: Any, _ b: Any) -> Bool { (a as? NSObject) == (b as? NSObject) && type(of: a) == type(of: b) }

    private func type(of value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case is String: "string"
        case is [Any]: "array"
        case is [String: Any]: "object"
        case let number as NSNumber where number.objCType.pointee == 0x63: "boolean"
        default: "integer"
        }
    }
}

private func check(_ outcome: Outcome) throws {
    let page = try Data(contentsOf: URL(fileURLWithPath: "docs/schema.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: page) as? [String: Any])
    let document = try JSONSerialization.jsonObject(with: Data(jsonDocument(of: outcome).serialized().utf8))
    let problems = Schema(root: root).problems(document, root, at: "$")
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
}

@Test func aDocumentWithEveryVerdictFitsTheSchema() throws {
    try check(Outcome(theorems: [Sample.rich]))
}

@Test func aDocumentWithPlotsFitsTheSchema() throws {
    try check(Sample.everything)
}

@Test func aDocumentWithTroubleFitsTheSchema() throws {
    let source = SourceFile(name: "a.thm", utf8: Array("theorem a\n  x é los\n".utf8))
    let diagnostic = Diagnostic("E0301", "unknown name 'los'", file: "a.thm", span: Span(17, 20), remedy: "did you mean 'loss'?")
    let files = [
        InvalidFile(file: "a.thm", messages: [.init(diagnostic, source: source)]),
        InvalidFile(file: "b.thm", messages: [.init("no such file", file: "b.thm")]),
    ]
    var instances = Sample.single(.undecided(Obstacle(.timeout, "the time is used up")), met: false).instances
    instances[0].alarms = ["the invariant is violated"]
    instances[0].events = [EventResult(name: "T", status: .undecided, time: nil, obstacle: Obstacle(.integration, "stuck"))]
    let warning = Diagnostic("W0303", "'f' is never used", file: "a.thm", span: Span(0, 1))
    let theorem = Sample.theorem(instances, warnings: [warning], emptiness: ["nothing"])
    try check(Outcome(theorems: [theorem], invalid: files, interrupted: true))
}

@Test func thePlaceOfAMessageIsCountedInCharacters() {
    let source = SourceFile(name: "a.thm", utf8: Array("theorem a\n  x é los\n".utf8))
    let message = InvalidFile.Message(Diagnostic("E0301", "?", file: "a.thm", span: Span(17, 20)), source: source)
    #expect(message.line == 2)
    #expect(message.column == 7)
}
