import Foundation
import Syntax
import Testing

private func withTemporaryFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("flowbound-\(UUID().uuidString).thm")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
}

@Test func filesAreReadAsTheyAre() throws {
    let bytes = Array("theorem x \"é\"\r\n".utf8) + [0xFF, 0]
    try withTemporaryFile(bytes) { path in
        let source = try SourceFile.read(path: path).get()
        #expect(source.utf8 == bytes && source.name == path)
        let named = try SourceFile.read(path: path, name: "x.thm").get()
        #expect(named.name == "x.thm")
    }
    try withTemporaryFile([]) { path in
        let source = try SourceFile.read(path: path).get()
        #expect(parse(source).diagnostics.map(\.id) == ["E0204"])
    }
}

@Test func filesThatCannotBeRead() throws {
    let missing = FileManager.default.temporaryDirectory.path + "/flowbound-there-is-no-such-file.thm"
    for (path, message) in [
        (missing, "cannot read \"\(missing)\": there is no such file"),
        ("", "cannot read \"\": there is no such file"),
        ("/", "cannot read \"/\": it is a directory"),
    ] {
        guard case .failure(let error) = SourceFile.read(path: path) else {
            Issue.record("read \(path)")
            continue
        }
        #expect(error.message == message)
    }
}

@Test func sixteenMebibytesAreTheLimit() throws {
    try withTemporaryFile([UInt8](repeating: UInt8(ascii: "\n"), count: 16 << 20)) { path in
        let source = try SourceFile.read(path: path).get()
        #expect(source.utf8.count == 16 << 20)
    }
    try withTemporaryFile([UInt8](repeating: UInt8(ascii: "\n"), count: (16 << 20) + 1)) { path in
        guard case .failure(let error) = SourceFile.read(path: path) else {
            Issue.record("read a file that is too large")
            return
        }
        #expect(error == .tooLarge(path: path))
        #expect(error.message == "cannot read \"\(path)\": it is larger than 16 MiB")
        #expect(error.remedy == "move its tables into files of their own: X = table \"file.csv\"")
    }
}
