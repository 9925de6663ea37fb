import Foundation
import Reports
import Testing

@Test func jsonKeepsTheOrderOfKeys() {
    let value = JSONValue.object([("b", .integer(1)), ("a", .array([.null, .boolean(true), .array([]), .object([])]))])
    #expect(
        value.serialized() == """
            {
              "b": 1,
              "a": [
                null,
                true,
                [],
                {}
              ]
            }

            """)
}

@Test func jsonStringsAreEscaped() throws {
    let trouble = "a\"b\\c/\n\r\t\u{0}\u{1F}\u{7F} é 𝔼 \u{2028}"
    let text = JSONValue.array([.string(trouble)]).serialized()
    #expect(text.contains(#"a\"b\\c/\n\r\t\u0000\u001F\u007F é 𝔼"#), "\(text)")
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String]
    #expect(parsed == [trouble])
}
