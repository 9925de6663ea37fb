import Arithmetic

/// Rows of enclosures, one row per step, in contiguous chunks; rows are filled in any order.
final class EnclosureTable<E: Enclosure> {
    private final class Chunk {
        let elements: BallVector<E>
        var isFilled: [Bool]

        init(width: Int, bits: Int) {
            elements = BallVector(count: EnclosureTable.rowsPerChunk * width, bits: bits)
            isFilled = Array(repeating: false, count: EnclosureTable.rowsPerChunk)
        }
    }

    private static var rowsPerChunk: Int { 256 }

    let width: Int
    private let bits: Int
    private var chunks: [Chunk?] = []

    /// Rows of `width` elements, none of them filled.
    init(width: Int, bits: Int) {
        self.width = width
        self.bits = bits
    }

    func isFilled(_ row: Int) -> Bool {
        let index = row / Self.rowsPerChunk
        guard index < chunks.count, let chunk = chunks[index] else { return false }
        return chunk.isFilled[row % Self.rowsPerChunk]
    }

    /// Fills a row: `body` writes element j of it at position first + j of the span.
    func fill(_ row: Int, _ body: (_ span: E.Span, _ first: Int) -> Void) {
        let (index, place) = (row / Self.rowsPerChunk, row % Self.rowsPerChunk)
        while chunks.count <= index { chunks.append(nil) }
        let chunk = chunks[index] ?? Chunk(width: width, bits: bits)
        chunks[index] = chunk
        body(chunk.elements.span, place * width)
        chunk.isFilled[place] = true
    }

    /// An element of a filled row.
    subscript(row: Int, column: Int) -> E {
        guard let chunk = chunks[row / Self.rowsPerChunk] else { return .noInformation(bits: bits) }
        return chunk.elements.span[row % Self.rowsPerChunk * width + column]
    }

    /// Hands a filled row to the inputs 0, 1, ... of a machine.
    func load(_ row: Int, into machine: Machine<E>) {
        guard let chunk = chunks[row / Self.rowsPerChunk] else { return }
        for column in 0..<width {
            machine.setInput(
                column, coefficient: 0, from: chunk.elements.span, row % Self.rowsPerChunk * width + column)
        }
    }
}
