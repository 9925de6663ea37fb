import Foundation

/// Standard input, line by line and in bounded memory.
struct LineInput {
    enum Line {
        case text([UInt8])
        /// Longer than ``longest``; its bytes were dropped.
        case tooLong
    }

    static let longest = 1 << 18

    private var pending: [UInt8] = []
    /// Where the bytes start that belong to no line yet, and up to where they have no line break.
    private var start = 0
    private var searched = 0
    private var isEnded = false

    /// The next line, without its line break; nil at the end. Waits for as many bytes as it needs and no more.
    mutating func next() -> Line? {
        var isTooLong = false
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = pending[start..<end]
                start = end + 1
                searched = start
                return isTooLong || line.count > Self.longest ? .tooLong : .text(Array(line))
            }
            searched = pending.count
            if searched - start > Self.longest {
                isTooLong = true
                start = searched
            }
            if isEnded {
                let line = pending[start...]
                start = pending.count
                if isTooLong { return .tooLong }
                return line.isEmpty ? nil : .text(Array(line))
            }
            read()
        }
    }

    private mutating func read() {
        pending.removeSubrange(..<start)
        searched -= start
        start = 0
        // `availableData` waits for the first byte only.
        let data = FileHandle.standardInput.availableData
        isEnded = data.isEmpty
        pending += data
    }
}
