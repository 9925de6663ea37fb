import Foundation
import Testing

@Test func theFilesThatTheReadmeNamesExist() throws {
    let paths = ["scripts/verify-example", "scripts/test", ".ci/run", "docs/schema.json", "docs/architecture.md"]
    for path in paths {
        #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
}
