// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import SymbolicBuild
import Workspaces

/// A small change of a Dockerfile: whole lines replaced, put in or taken out, and the unified diff of it.
///
/// Lines are numbered from 1. New lines end as the file's own lines do; a last line without an end keeps having none.
struct DockerfileEdit {
    private let work: WorkEvidence
    private var lines: [[UInt8]]
    private let end: [UInt8]

    /// Begins a change; nil for a file whose bytes are not those that were read, where a diff would not apply.
    init?(_ work: WorkEvidence) {
        let file = work.outcome.dockerfile.file
        guard !file.wasRepaired else { return nil }
        self.work = work
        lines = LineDiff.lines(of: file.bytes).map { Array($0) }
        end = lines.first?.suffix(2) == [0x0D, 0x0A] ? [0x0D, 0x0A] : [0x0A]
    }

    /// The number of lines.
    var count: Int { lines.count }

    /// The lines with new ones in the place of some; nil when those are not there.
    func replacing(_ first: Int, through last: Int, with new: [String]) -> DockerfileEdit? {
        guard first >= 1, first <= last, last <= lines.count else { return nil }
        var result = self
        var added = ended(new)
        // The last line of a file may have no line feed, and keeps it so.
        if lines[last - 1].last != 0x0A, let text = new.last { added[added.count - 1] = Array(text.utf8) }
        result.lines.replaceSubrange((first - 1)..<last, with: added)
        return result
    }

    /// The lines with new ones behind a line; behind line 0 is in front of the first one.
    func inserting(_ new: [String], behind line: Int) -> DockerfileEdit? {
        guard line >= 0, line <= lines.count else { return nil }
        var result = self
        if line == lines.count, let before = lines.last, before.last != 0x0A {
            result.lines[line - 1] = before + end
        }
        result.lines.insert(contentsOf: ended(new), at: line)
        return result
    }

    /// The lines with a piece of text replaced where it first stands in some of them; nil when it does not stand there.
    func replacing(_ old: String, with new: String, in range: SourceRange) -> DockerfileEdit? {
        let last = min(range.lastLine, lines.count)
        guard range.start.line >= 1, range.start.line <= last else { return nil }
        for index in (range.start.line - 1)..<last {
            let text = String(decoding: lines[index], as: UTF8.self)
            guard let found = text.firstRange(of: old) else { continue }
            var result = self
            result.lines[index] = Array(text.replacingCharacters(in: found, with: new).utf8)
            return result
        }
        return nil
    }

    /// The change as a unified diff; nil when nothing changed.
    var diff: String? {
        let text = LineDiff(old: work.outcome.dockerfile.file.bytes, new: Array(lines.joined()))
            .unified(oldName: work.path.description, newName: work.path.description, context: 2)
        return text.isEmpty ? nil : text
    }

    private func ended(_ new: [String]) -> [[UInt8]] { new.map { Array($0.utf8) + end } }
}

extension String {
    /// The text with a part replaced.
    fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
