// SPDX-License-Identifier: Apache-2.0
//
// Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, sections 2 and 3.

/// The shortest list of line changes that turns one text into another.
///
/// Lines are compared as bytes and keep their ends, so a missing last line feed and carriage returns are differences too.
public struct LineDiff: Sendable, Hashable {
    /// The changes, in the order of the texts; between two of them at least one line is equal.
    public let changes: [Change]
    /// The lines of the old text, each with its line feed.
    public let oldLines: [ArraySlice<UInt8>]
    /// The lines of the new text, each with its line feed.
    public let newLines: [ArraySlice<UInt8>]

    /// A run of old lines that gives way to a run of new ones; one of the two may be empty.
    public struct Change: Sendable, Hashable {
        /// Indices into the old lines, from 0; empty for an insertion.
        public let old: Range<Int>
        /// Indices into the new lines, from 0; empty for a removal.
        public let new: Range<Int>
    }

    /// Compares two texts.
    ///
    /// Past 1,000 changed lines the middle part that differs is taken as one change, so that hostile texts cost little.
    public init(old: [UInt8], new: [UInt8]) {
        oldLines = Self.lines(of: old)
        newLines = Self.lines(of: new)
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int {
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        let left = oldLines.map(number)
        let right = newLines.map(number)
        var prefix = 0
        while prefix < min(left.count, right.count), left[prefix] == right[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < min(left.count, right.count) - prefix,
            left[left.count - 1 - suffix] == right[right.count - 1 - suffix]
        { suffix += 1 }
        changes = Self.changes(
            left[prefix..<(left.count - suffix)],
            right[prefix..<(right.count - suffix)]
        )
    }

    /// Compares two texts.
    public init(old: String, new: String) { self.init(old: Array(old.utf8), new: Array(new.utf8)) }

    /// The change as a unified diff, as `diff -u` prints it and `patch` reads it; empty when the texts are equal.
    ///
    /// Shape: `--- oldName`, `+++ newName`, then hunks that begin with `@@ -line,count +line,count @@`, lines from 1.
    ///
    /// - Parameter context: how many equal lines are shown around a change.
    public func unified(oldName: String, newName: String, context: Int = 3) -> String {
        guard !changes.isEmpty else { return "" }
        let context = max(0, min(context, 1 << 20))
        var output = Array("--- \(Self.header(oldName))\n+++ \(Self.header(newName))\n".utf8)
        var index = 0
        while index < changes.count {
            var last = index
            while last + 1 < changes.count,
                changes[last + 1].old.lowerBound - changes[last].old.upperBound <= 2 * context
            {
                last += 1
            }
            appendHunk(changes[index...last], context: context, to: &output)
            index = last + 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func appendHunk(_ changes: ArraySlice<Change>, context: Int, to output: inout [UInt8]) {
        guard let first = changes.first, let last = changes.last else { return }
        let before = min(context, first.old.lowerBound)
        let after = min(context, oldLines.count - last.old.upperBound)
        let old = (first.old.lowerBound - before)..<(last.old.upperBound + after)
        let new = (first.new.lowerBound - before)..<(last.new.upperBound + after)
        output += Array("@@ -\(Self.span(old)) +\(Self.span(new)) @@\n".utf8)
        var position = old.lowerBound
        for change in changes {
            for line in oldLines[position..<change.old.lowerBound] { Self.append(line, mark: " ", to: &output) }
            for line in oldLines[change.old] { Self.append(line, mark: "-", to: &output) }
            for line in newLines[change.new] { Self.append(line, mark: "+", to: &output) }
            position = change.old.upperBound
        }
        for line in oldLines[position..<old.upperBound] { Self.append(line, mark: " ", to: &output) }
    }

    /// `line,count` as diff writes it: one line has no count, and no line names the one before.
    private static func span(_ range: Range<Int>) -> String {
        switch range.count {
        case 0: "\(range.lowerBound),0"
        case 1: "\(range.lowerBound + 1)"
        default: "\(range.lowerBound + 1),\(range.count)"
        }
    }

    private static func append(_ line: ArraySlice<UInt8>, mark: Character, to output: inout [UInt8]) {
        output += Array(String(mark).utf8)
        output += line
        if line.last != UInt8(ascii: "\n") { output += Array("\n\\ No newline at end of file\n".utf8) }
    }

    /// A name that keeps to its line.
    private static func header(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
    }

    /// The lines with their line feeds; the last one may be without.
    package static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (offset, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
            lines.append(text[start...offset])
            start = offset + 1
        }
        if start < text.count { lines.append(text[start...]) }
        return lines
    }

    /// How many changed lines are searched for the shortest way; the table of the search grows with its square.
    private static let searchLimit = 1_000

    private static func changes(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [Change] {
        if old.isEmpty && new.isEmpty { return [] }
        let whole = [Change(old: old.startIndex..<old.endIndex, new: new.startIndex..<new.endIndex)]
        guard !old.isEmpty, !new.isEmpty, let trace = search(old, new) else { return whole }
        return walkBack(trace, old, new)
    }

    /// For each number of edits the farthest point that each diagonal reaches; nil past the limit.
    private static func search(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [[Int]]? {
        let limit = min(searchLimit, old.count + new.count)
        var farthest = [Int](repeating: 0, count: 2 * limit + 3)
        let middle = limit + 1
        var trace: [[Int]] = []
        for edits in 0...limit {
            trace.append(Array(farthest[(middle - edits - 1)...(middle + edits + 1)]))
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let isDown =
                    diagonal == -edits
                    || (diagonal != edits && farthest[middle + diagonal - 1] < farthest[middle + diagonal + 1])
                var x = isDown ? farthest[middle + diagonal + 1] : farthest[middle + diagonal - 1] + 1
                var y = x - diagonal
                while x < old.count, y < new.count, old[old.startIndex + x] == new[new.startIndex + y] {
                    x += 1
                    y += 1
                }
                farthest[middle + diagonal] = x
                if x >= old.count && y >= new.count { return trace }
            }
        }
        return nil
    }

    private static func walkBack(_ trace: [[Int]], _ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [Change] {
        var x = old.count
        var y = new.count
        var changes: [Change] = []
        func add(old removed: Range<Int>, new inserted: Range<Int>) {
            if let next = changes.last, next.old.lowerBound == removed.upperBound,
                next.new.lowerBound == inserted.upperBound
            {
                changes[changes.count - 1] = Change(
                    old: removed.lowerBound..<next.old.upperBound,
                    new: inserted.lowerBound..<next.new.upperBound
                )
            } else {
                changes.append(Change(old: removed, new: inserted))
            }
        }
        for edits in stride(from: trace.count - 1, to: 0, by: -1) {
            let farthest = trace[edits]
            let middle = edits + 1
            let diagonal = x - y
            let isDown =
                diagonal == -edits
                || (diagonal != edits && farthest[middle + diagonal - 1] < farthest[middle + diagonal + 1])
            let previousDiagonal = isDown ? diagonal + 1 : diagonal - 1
            let previousX = farthest[middle + previousDiagonal]
            let previousY = previousX - previousDiagonal
            let oldStart = old.startIndex + previousX
            let newStart = new.startIndex + previousY
            add(old: oldStart..<(oldStart + (isDown ? 0 : 1)), new: newStart..<(newStart + (isDown ? 1 : 0)))
            x = previousX
            y = previousY
        }
        return changes.reversed()
    }
}
