extension SourceFile {
    /// Line and column of a byte offset as people count them: from 1, the column in characters.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        let start = lineTextStart(line)
        let end = min(max(offset, start), utf8.count)
        return (line + 1, String(decoding: utf8[start..<end], as: UTF8.self).count + 1)
    }

    /// The line that an offset is in, from 0.
    func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        // The line is at least `low` and below `high`.
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Where the text of a line starts: a byte order mark does not belong to it.
    func lineTextStart(_ line: Int) -> Int {
        line == 0 && utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : lineStarts[line]
    }

    /// Where the text of a line ends, without its line break.
    func lineTextEnd(_ line: Int) -> Int {
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : utf8.count
        if end > lineTextStart(line), utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
    }
}
