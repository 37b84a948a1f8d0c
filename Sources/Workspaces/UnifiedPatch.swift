// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2024, diff, "Diff -u Output Format".

/// A unified diff that can be applied: the way back from what `LineDiff` prints.
///
/// Nothing is searched for: a hunk belongs to the lines that it names, and where they are others the diff is of another text.
public struct UnifiedPatch: Sendable, Hashable {
    private let hunks: [Hunk]

    /// Lines, each with its line feed, that give way to others.
    private struct Hunk: Sendable, Hashable {
        /// The index of the first old line, from 0.
        let start: Int
        var old: [[UInt8]] = []
        var new: [[UInt8]] = []
    }

    /// Reads a diff of one file; nil for a text that is none.
    public init?(_ text: String) {
        var hunks: [Hunk] = []
        var hunk: Hunk?
        /// How many lines the hunk still has of the old and of the new text.
        var missing = (old: 0, new: 0)
        var last: UInt8 = 0
        for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.first == UInt8(ascii: "\\"), last != 0 {
                // The line before it is the last one of its text, and has no line feed.
                if last != UInt8(ascii: "+") { hunk?.old.dropLastLineFeed() }
                if last != UInt8(ascii: "-") { hunk?.new.dropLastLineFeed() }
                continue
            }
            if missing == (0, 0) {
                guard let head = Self.head(line) else { continue }
                if let hunk { hunks.append(hunk) }
                hunk = Hunk(start: head.start)
                missing = (head.old, head.new)
                last = 0
                continue
            }
            guard let mark = line.first else { return nil }
            let content = Array(line.dropFirst()) + [0x0A]
            guard [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(mark) else { return nil }
            if mark != UInt8(ascii: "+") {
                hunk?.old.append(content)
                missing.old -= 1
            }
            if mark != UInt8(ascii: "-") {
                hunk?.new.append(content)
                missing.new -= 1
            }
            guard missing.old >= 0, missing.new >= 0 else { return nil }
            last = mark
        }
        guard let hunk, missing == (0, 0) else { return nil }
        self.hunks = hunks + [hunk]
    }

    /// The text with the change made; nil when it is not the text that the diff was made of.
    public func applied(to bytes: [UInt8]) -> [UInt8]? {
        let lines = LineDiff.lines(of: bytes).map { Array($0) }
        var result: [[UInt8]] = []
        var next = 0
        for hunk in hunks {
            let end = hunk.start + hunk.old.count
            guard hunk.start >= next, end <= lines.count, Array(lines[hunk.start..<end]) == hunk.old else { return nil }
            result += lines[next..<hunk.start]
            result += hunk.new
            next = end
        }
        return Array((result + lines[next...]).joined())
    }

    /// `@@ -line,count +line,count @@`; a count of 1 may be missing, and one of 0 stands behind the line that it names.
    private static func head(_ line: ArraySlice<UInt8>) -> (start: Int, old: Int, new: Int)? {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count >= 4, words[0] == "@@", words[3] == "@@" else { return nil }
        func range(_ word: Substring, _ sign: Character) -> (line: Int, count: Int)? {
            guard word.first == sign else { return nil }
            let numbers = word.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count <= 2, let line = numbers.first ?? nil, line >= 0, line < 1 << 40 else { return nil }
            guard numbers.count == 2 else { return (line, 1) }
            guard let count = numbers[1], count >= 0, count < 1 << 40 else { return nil }
            return (line, count)
        }
        guard let old = range(words[1], "-"), let new = range(words[2], "+"), old.count == 0 || old.line > 0 else {
            return nil
        }
        return (old.count == 0 ? old.line : old.line - 1, old.count, new.count)
    }
}

extension [[UInt8]] {
    /// Takes the line feed of the last line away.
    fileprivate mutating func dropLastLineFeed() {
        guard let last = indices.last, self[last].last == 0x0A else { return }
        self[last].removeLast()
    }
}
