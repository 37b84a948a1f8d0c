// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@testable import Workspaces

/// Unified diffs that are applied again.
@Suite("Unified patches")
struct UnifiedPatchTests {
    /// A text of few different lines, so that many are equal, with odd ends.
    private static func text(_ random: inout SeededGenerator) -> [UInt8] {
        let lines = ["a", "b", "", "c d", "-- x", "++ y", "@@ -1 +1 @@", "\\ No newline", "ü\r", " "]
        let count = Int.random(in: 0..<14, using: &random)
        var text = (0..<count).map { _ in lines.randomElement(using: &random) ?? "" }.joined(separator: "\n")
        if Bool.random(using: &random) { text += "\n" }
        return Array(text.utf8)
    }

    @Test("turn the old text into the new one, whatever the context", arguments: 0..<400)
    func bothWays(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let old = Self.text(&random)
        let new = Self.text(&random)
        let diff = LineDiff(old: old, new: new).unified(oldName: "a b", newName: "c", context: seed % 4)
        guard !diff.isEmpty else {
            #expect(old == new)
            return
        }
        #expect(try #require(UnifiedPatch(diff)).applied(to: old) == new, "\(diff)")
    }

    static let broken = [
        "", "no diff", "--- a\n+++ b\n", "--- a\n+++ b\n@@ -1 +1 @@\n", "@@ -1,2 +1 @@\n-a\n+b\n",
        "@@ -1 +1 @@\n*a\n+b\n",
        "@@ -x +1 @@\n-a\n+b\n", "@@ -0 +1 @@\n-a\n+b\n", "@@ -1,-1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-a\n-a\n+b\n",
        "@@ -99999999999999999999 +1 @@\n-a\n+b\n",
    ]

    @Test("are none where the text is none", arguments: broken.indices)
    func refuses(index: Int) { #expect(UnifiedPatch(Self.broken[index]) == nil, "\(Self.broken[index])") }

    @Test("do not apply to another text")
    func others() throws {
        let diff = LineDiff(old: "a\nb\nc\n", new: "a\nx\nc\n").unified(oldName: "o", newName: "n", context: 1)
        let patch = try #require(UnifiedPatch(diff))
        #expect(patch.applied(to: Array("a\nb\nc\n".utf8)) == Array("a\nx\nc\n".utf8))
        for text in ["", "a\nb\n", "0\na\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nx\nc\n", "a\nb\nc"] {
            #expect(patch.applied(to: Array(text.utf8)) == nil, "\(text)")
        }
    }
}
