import Checker
import Foundation
@testable import Reports
import Testing

private let document = Data(jsonDocument(of: Sample.everything).serialized().utf8)

@Test func aSavedRunTellsWhatTheRunTold() throws {
    let direct = try RunDocument(Sample.everything)
    let saved = try RunDocument(reading: document)
    for write in [htmlReport, { markdownReport(of: $0) }, latexTables, csvTable, junitDocument, { sarifDocument(of: $0).serialized() }] {
        #expect(write(direct) == write(saved))
    }
}

@Test func noBeginningOfADocumentIsOne() throws {
    let step = document.count / 200
    for length in stride(from: 0, to: document.count - 2, by: step) {
        #expect(throws: InvalidDocument.self, "\(length) bytes") { try RunDocument(reading: document.prefix(length)) }
    }
    #expect(throws: InvalidDocument(reason: "it is not a JSON document, or only the beginning of one: save the run anew with 'flowbound verify --json'")) {
        try RunDocument(reading: document.prefix(1000))
    }
}

@Test func aDamagedDocumentIsAnErrorOrADocument() throws {
    // Every report has to cope with whatever was read.
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
        var bytes = document
        let position = Int.random(in: 0..<bytes.count, using: &random)
        bytes[position] = UInt8.random(in: 32..<127, using: &random)
        guard let run = try? RunDocument(reading: bytes) else { continue }
        #expect(!htmlReport(of: run).isEmpty && !csvTable(of: run).isEmpty && !latexTables(of: run).isEmpty, "byte \(position) is \(bytes[position])")
        #expect(!junitDocument(of: run).isEmpty && !sarifDocument(of: run).line.isEmpty, "byte \(position) is \(bytes[position])")
    }
}

@Test(arguments: [
    (#"{"schema": 2, "tool": "flowbound"}"#, "it has version 2 of the document, and this flowbound reads version 1"),
    (#"{"schema": 1, "tool": "another"}"#, "it was not written by 'flowbound verify --json'"),
    ("{}", "it was not written by 'flowbound verify --json'"),
    ("[1]", "it is not the document of 'flowbound verify --json': wrong type"),
    (#"{"schema": 1, "tool": "flowbound"}"#, "it is not the document of 'flowbound verify --json': 'version' is missing"),
    ("hello", "it is not a JSON document, or only the beginning of one: save the run anew with 'flowbound verify --json'"),
    ("", "it is not a JSON document, or only the beginning of one: save the run anew with 'flowbound verify --json'"),
])
func whatIsNoDocumentIsSaid(text: String, reason: String) {
    #expect(throws: InvalidDocument(reason: reason)) { try RunDocument(reading: Data(text.utf8)) }
}

@Test func depthIsNoCrash() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(throws: InvalidDocument.self) { try RunDocument(reading: Data(deep.utf8)) }
}

@Test func extremeNumbersAreDrawnOrLeftOut() throws {
    let text = String(decoding: document, as: UTF8.self)
    for number in ["1e308", "-1e308", "1e-320", "1e999999999", "9999999999999999999999999999999999999999"] {
        // The right side of the first series, at one moment.
        let run = try RunDocument(reading: Data(text.replacing("\"3.5\", null, null, \"4.5\"", with: "\"3.5\", null, null, \"\(number)\"").utf8))
        let page = htmlReport(of: run)
        #expect(!page.contains("nan") && !page.contains("inf\""), "\(number)")
    }
}
