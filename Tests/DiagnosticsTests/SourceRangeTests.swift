// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Source ranges")
struct SourceRangeTests {
    private static func range(_ line: Int, _ column: Int, _ endLine: Int, _ endColumn: Int) -> SourceRange {
        SourceRange(
            start: SourcePosition(line: line, column: column),
            end: SourcePosition(line: endLine, column: endColumn)
        )
    }

    static let rows: [(range: SourceRange, lastLine: Int)] = [
        (SourceRange(lines: 3...3), 3),
        (SourceRange(lines: 3...7), 7),
        (range(2, 5, 2, 9), 2),
        (range(2, 1, 2, 1), 2),
        (range(2, 5, 4, 1), 3),
        (range(2, 5, 4, 2), 4),
    ]

    @Test("the last line is the last one that holds a character", arguments: rows)
    func lastLine(range: SourceRange, lastLine: Int) { #expect(range.lastLine == lastLine) }

    @Test("a union holds both, whichever is named first")
    func union() {
        let (left, right) = (Self.range(1, 4, 1, 8), Self.range(1, 6, 3, 2))
        #expect(left.union(right) == Self.range(1, 4, 3, 2))
        #expect(right.union(left) == left.union(right))
        #expect(left.union(left) == left)
    }

    @Test("positions are ordered as the text reads")
    func order() {
        let sorted = [(1, 1), (1, 9), (2, 1), (10, 1)].map { SourcePosition(line: $0.0, column: $0.1) }
        #expect(sorted.reversed().sorted() == sorted)
    }
}
