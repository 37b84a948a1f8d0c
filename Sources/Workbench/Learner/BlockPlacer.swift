// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
package import Lessons
import Workspaces

/// Puts a code block of a lesson, which is a few lines of a Dockerfile, into one at its place.
package struct BlockPlacer {
    private let content: String
    private let placement: LessonCodeBlock.Placement

    package init(_ content: String, at placement: LessonCodeBlock.Placement) {
        self.content = content
        self.placement = placement
    }

    /// The file with the block in it; nil when it has the lines there already.
    ///
    /// Lines of the file stay byte for byte as they are, and new ones end as they do.
    /// - Parameter file: how the file is called in messages.
    /// - Throws: `malformedInput` when the file is in another encoding, or its last stage has no such instruction.
    package func placed(in bytes: [UInt8], of file: String) throws -> [UInt8]? {
        let dockerfile = Dockerfile(parsing: bytes)
        guard !dockerfile.file.wasRepaired else {
            throw Failure(
                .malformedInput,
                "the file is not plain UTF-8",
                at: .file(file),
                fix: "save it as UTF-8 first"
            )
        }
        let lastFrom = dockerfile.instructions.lastIndex { $0.keyword == .from }
        let stage = dockerfile.instructions[(lastFrom ?? dockerfile.instructions.startIndex)...]
        var lines = LineDiff.lines(of: bytes).map { Array($0) }
        let ending: [UInt8] = lines.first?.suffix(2) == [0x0D, 0x0A] ? [0x0D, 0x0A] : [0x0A]
        let wanted = content.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let new = (wanted.last?.isEmpty == true ? wanted.dropLast() : wanted[...]).map { Array($0.utf8) }
        let first = (stage.first?.startLine ?? 1) - 1
        if Self.holds(new, in: lines[min(first, lines.count)...]) { return nil }
        let range = try lineRange(in: stage, of: file)
        if range.upperBound >= lines.count, let last = lines.last, last.last != 0x0A, !lines.isEmpty {
            lines[lines.count - 1] = last + ending
        }
        lines.replaceSubrange(range, with: new.map { $0 + ending })
        return Array(lines.joined())
    }

    /// Whether a text has instructions of a Dockerfile and names no base image: a part of one.
    package static func isPart(_ bytes: [UInt8]) -> Bool {
        let instructions = Dockerfile(parsing: bytes).instructions
        return !instructions.isEmpty && !instructions.contains { $0.keyword == .from }
    }

    /// The lines that give way, from 0; empty for what is put between two.
    private func lineRange(in stage: ArraySlice<Instruction>, of file: String) throws -> Range<Int> {
        let keyword: String
        let found: Instruction?
        switch placement.anchor {
        case .before(let name), .replacing(let name):
            keyword = name
            found = stage.first { $0.keyword == Keyword(parsing: name) }
        case .after(let name):
            keyword = name
            found = stage.last { $0.keyword == Keyword(parsing: name) }
        }
        guard let found, Keyword(parsing: keyword) != nil else {
            throw Failure(
                .malformedInput,
                "the last stage has no \(keyword.uppercased()), and the block belongs to it",
                at: .file(file),
                fix: "put the lines where the step says; `seaworthy copy` prints them"
            )
        }
        switch placement.anchor {
        case .before: return (found.startLine - 1)..<(found.startLine - 1)
        case .after: return found.endLine..<found.endLine
        case .replacing: return (found.startLine - 1)..<found.endLine
        }
    }

    private static func holds(_ new: [[UInt8]], in lines: ArraySlice<[UInt8]>) -> Bool {
        func trimmed(_ line: [UInt8]) -> [UInt8] {
            var line = line[...]
            while let last = line.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { line.removeLast() }
            return Array(line)
        }
        let wanted = new.map(trimmed)
        let there = lines.map(trimmed)
        guard !wanted.isEmpty, there.count >= wanted.count else { return wanted.isEmpty }
        return (0...(there.count - wanted.count)).contains { start in
            there[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
