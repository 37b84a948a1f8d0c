// SPDX-License-Identifier: Apache-2.0

/// A text file as its lines, so that what is not touched is written back byte for byte.
struct FileLines: Sendable, Hashable {
    /// The lines without their line feeds; a carriage return before one belongs to the line.
    private(set) var lines: [[UInt8]]
    /// Whether the last line has a line feed too.
    private var isEnded: Bool

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        isEnded = lines.last?.isEmpty != false
        if isEnded { _ = lines.popLast() }
    }

    var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            result += line
            result.append(0x0A)
        }
        if !isEnded { _ = result.popLast() }
        return result
    }

    /// Adds a line at the end, below a last line that gets its line feed.
    mutating func append(_ line: [UInt8]) {
        lines.append(line)
        isEnded = true
    }

    /// Puts another line in the place of one; nil takes it away.
    mutating func replace(at index: Int, with line: [UInt8]?) {
        guard lines.indices.contains(index) else { return }
        guard let line else {
            lines.remove(at: index)
            // What stands before the last line has its line feed.
            if index == lines.count { isEnded = true }
            return
        }
        lines[index] = line
    }
}
