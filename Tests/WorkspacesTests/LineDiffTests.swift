// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@testable import Workspaces

@Suite("Line diff")
struct LineDiffTests {
    static let cases: [(old: String, new: String, expected: String)] = [
        ("", "", ""),
        ("a\n", "a\n", ""),
        ("", "a\n", "--- x\n+++ y\n@@ -0,0 +1 @@\n+a\n"),
        ("a\n", "", "--- x\n+++ y\n@@ -1 +0,0 @@\n-a\n"),
        ("a", "a\n", "--- x\n+++ y\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        ("a\r\n", "a\n", "--- x\n+++ y\n@@ -1 +1 @@\n-a\r\n+a\n"),
        (
            "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n",
            "--- x\n+++ y\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n 7\n"
        ),
        (
            "a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\n8\nB\n",
            "--- x\n+++ y\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-b\n+B\n"
        ),
    ]

    @Test("prints what diff -u prints", arguments: cases)
    func prints(old: String, new: String, expected: String) {
        #expect(LineDiff(old: old, new: new).unified(oldName: "x", newName: "y") == expected)
    }

    /// Small texts over a small alphabet, so that lines often repeat.
    private static func pair(_ seed: Int) -> (old: [String], new: [String]) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let old = (0..<next(12)).map { _ in String("abc".utf8.map { $0 }[next(3)]) + "\n" }
        let new = (0..<next(12)).map { _ in String("abc".utf8.map { $0 }[next(3)]) + "\n" }
        return (old, new)
    }

    /// The length of the longest common subsequence, by the textbook table.
    private static func common(_ old: [String], _ new: [String]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
        for i in 0..<old.count {
            for j in 0..<new.count {
                table[i + 1][j + 1] = old[i] == new[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
            }
        }
        return table[old.count][new.count]
    }

    @Test("turns the old text into the new one with as few lines as can be", arguments: 0..<400)
    func isShortest(seed: Int) {
        let (old, new) = Self.pair(seed)
        let diff = LineDiff(old: old.joined(), new: new.joined())
        var result: [String] = []
        var position = 0
        for change in diff.changes {
            result += old[position..<change.old.lowerBound]
            result += new[change.new]
            position = change.old.upperBound
        }
        result += old[position...]
        #expect(result == new)
        let touched = diff.changes.reduce(0) { $0 + $1.old.count + $1.new.count }
        #expect(touched == old.count + new.count - 2 * Self.common(old, new))
    }

    @Test("patch turns the old file into the new one", arguments: 0..<40)
    func patchAgrees(seed: Int) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/patch") else {
            print("skipped: /usr/bin/patch is not installed")
            return
        }
        let (old, new) = Self.pair(seed)
        let oldText = old.joined() + (seed % 3 == 0 ? "end" : "")
        let newText = new.joined() + (seed % 2 == 0 ? "end" : "")
        let text = LineDiff(old: oldText, new: newText).unified(oldName: "f", newName: "f", context: seed % 4)
        guard !text.isEmpty, !newText.isEmpty else { return }
        let scratch = try Scratch()
        try scratch.write("f", oldText)
        try scratch.write("d", text)
        let arguments = ["--silent", "--force", scratch.path + "/f", scratch.path + "/d"]
        #expect(try SeaworthyBinary.run("/usr/bin/patch", arguments).status == 0)
        #expect(scratch.read("f") == newText)
    }

    @Test("stays quick on texts that share nothing or nearly nothing")
    func hostile() {
        let count = 200_000
        let old = (0..<count).map { "\($0 % 7)\n" }.joined()
        let new = (0..<count).map { "\($0 % 5)\n" }.joined()
        let start = ContinuousClock.now
        let diff = LineDiff(old: old, new: new)
        #expect(!diff.changes.isEmpty)
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
