/// The scalar that starts at an offset, with its length in bytes; nil where the bytes are not UTF-8 (RFC 3629: shortest
/// form, no surrogates, nothing above U+10FFFF).
func decodeScalar(_ utf8: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let first = utf8[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length: Int
    var value: UInt32
    let least: UInt32
    switch first {
    case 0xC2...0xDF: (length, value, least) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (length, value, least) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (length, value, least) = (4, UInt32(first & 0x07), 0x10000)
    default: return nil
    }
    guard offset + length <= utf8.count else { return nil }
    for index in offset + 1..<offset + length {
        guard utf8[index] & 0xC0 == 0x80 else { return nil }
        value = value << 6 | UInt32(utf8[index] & 0x3F)
    }
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
}

/// Offset of the first byte that is not part of UTF-8 text; nil for a good file.
func firstInvalidByte(_ utf8: [UInt8]) -> Int? {
    var offset = 0
    while offset < utf8.count {
        if utf8[offset] < 0x80 {
            offset += 1
        } else if let (_, length) = decodeScalar(utf8, at: offset) {
            offset += length
        } else {
            return offset
        }
    }
    return nil
}
