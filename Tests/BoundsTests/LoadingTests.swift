import Foundation
import Testing

@testable import Bounds

@Test func scratch() throws {
    let env = ProcessInfo.processInfo.environment["THM"] ?? ""
    for path in env.split(separator: ":").map(String.init) {
        do {
            let t = try Theorem(path: path)
            print(path, "OK", t.instances.map(\.id), t.claims.map(\.id), t.families)
            for w in t.warnings { print(t.elaboration.sources[w.file]!.render(w)) }
            for i in t.instances { 
                let start = Date()
                let p = try t.problem(on: i)
                print(i.id, p.graph.nodes.count, Date().timeIntervalSince(start))
                for c in p.claims { if case .unsupported(let s) = c.body { print(c.id, s) } }
            }
        } catch {
            print(path, "INVALID")
            for d in error.diagnostics { print(error.sources[d.file]!.render(d)) }
        }
    }
}
