extension Lexer {
    /// Length of the symbol that starts here, the longest that fits; nil where none does.
    func symbolLength(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "~"), UInt8(ascii: "+"),
            UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "^"), UInt8(ascii: "'"), UInt8(ascii: "@"),
            UInt8(ascii: "="):
            1
        case UInt8(ascii: "<"), UInt8(ascii: ">"): self.byte(1) == UInt8(ascii: "=") ? 2 : 1
        case UInt8(ascii: "!"): self.byte(1) == UInt8(ascii: "=") ? 2 : nil
        case UInt8(ascii: "-"): self.byte(1) == UInt8(ascii: ">") ? 2 : 1
        case UInt8(ascii: "."): self.byte(1) == UInt8(ascii: ".") ? 2 : nil
        default: nil
        }
    }
}
