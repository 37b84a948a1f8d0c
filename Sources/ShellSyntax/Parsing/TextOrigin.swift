// SPDX-License-Identifier: Apache-2.0

/// Where the bytes of a text stand in the script.
///
/// The text between backquotes and that of a here-document lose bytes (backslashes, tabs, joined lines) before they are read.
/// Wherever some were lost, a cut says how to go on counting.
struct TextOrigin: Sendable {
    struct Cut: Sendable {
        /// Bytes from the start of the text.
        let position: Int
        /// Bytes from the start of the script.
        let offset: Int
        /// The line in the script, from 1.
        let line: Int
    }

    /// In the order of their positions; the first one is at 0.
    private(set) var cuts: [Cut]

    init(offset: Int = 0, line: Int = 1) { cuts = [Cut(position: 0, offset: offset, line: line)] }

    func offset(of position: Int) -> Int {
        var low = 0
        var high = cuts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if cuts[middle].position <= position { low = middle } else { high = middle }
        }
        return cuts[low].offset + (position - cuts[low].position)
    }

    mutating func cut(at position: Int, offset: Int, line: Int) {
        if cuts.last?.position == position { cuts.removeLast() }
        cuts.append(Cut(position: position, offset: offset, line: line))
    }
}

/// A text that is put together of bytes of another one, and knows where they came from.
struct CopiedText: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var origin: TextOrigin
    private var nextOffset: Int

    init(offset: Int, line: Int) {
        origin = TextOrigin(offset: offset, line: line)
        nextOffset = offset
    }

    /// Adds a byte that stands nowhere; what follows it would stand where it was added.
    mutating func add(_ byte: UInt8, line: Int) {
        bytes.append(byte)
        origin.cut(at: bytes.count, offset: nextOffset, line: line)
    }

    /// Adds a byte of the script; `line` is asked for only where bytes were lost before it.
    mutating func add(_ byte: UInt8, offset: Int, line: () -> Int) {
        if offset != nextOffset { origin.cut(at: bytes.count, offset: offset, line: line()) }
        bytes.append(byte)
        nextOffset = offset + 1
    }
}
