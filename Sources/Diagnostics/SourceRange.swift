// SPDX-License-Identifier: Apache-2.0

/// A place between two characters of a text file.
///
/// Units: line and column count from 1; the column counts UTF-8 bytes, as compilers do.
public struct SourcePosition: Sendable, Hashable, Codable, Comparable {
    /// The line, from 1.
    public let line: Int
    /// The column in UTF-8 bytes, from 1.
    public let column: Int

    /// Takes both numbers as they are.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Orders as the text reads.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A stretch of a text file: from the first character up to, not including, the end position.
public struct SourceRange: Sendable, Hashable, Codable {
    /// Where the first character stands.
    public let start: SourcePosition
    /// Where the stretch is over: the position behind its last character.
    public let end: SourcePosition

    /// Takes both positions as they are.
    public init(start: SourcePosition, end: SourcePosition) {
        self.start = start
        self.end = end
    }

    /// Whole lines, first to last, both included.
    public init(lines: ClosedRange<Int>) {
        self.init(
            start: SourcePosition(line: lines.lowerBound, column: 1),
            end: SourcePosition(line: lines.upperBound + 1, column: 1)
        )
    }

    /// The last line that holds a character of the stretch, from 1.
    public var lastLine: Int { end.column == 1 && end.line > start.line ? end.line - 1 : end.line }

    /// The shortest stretch that holds both.
    public func union(_ other: SourceRange) -> SourceRange {
        SourceRange(start: min(start, other.start), end: max(end, other.end))
    }
}
