// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Submissions
import Synchronization
import Testing

@testable import Grading

/// What is digested is what was judged, whoever writes in the folder of submissions meanwhile.
@Suite("Judging what was read")
struct ReadOnceTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Submissions of one Dockerfile in each form, as they were handed in and as somebody writes them anew.
    static let forms: [(name: String, write: @Sendable (Scratch, String) throws -> Void)] = [
        ("a folder", { try $0.write("submissions/b/Dockerfile", $1) }),
        ("a file alone", { try $0.write("submissions/b.Dockerfile", $1) }),
        ("a zip", { try $0.write("submissions/b.zip", Make.zip([(path: "Dockerfile", text: $1)])) }),
        ("a tar in a folder", { try $0.write("submissions/b/w.tar", try Make.tar([(path: "Dockerfile", text: $1)])) }),
    ]

    private func digest() throws -> String? {
        let finder = SubmissionFinder(scratch: scratch.path + "/scratch", out: scratch.out)
        let found = try finder.find(in: [scratch.submissions]).submissions.first { $0.id == "b" }
        return try found.map { try SubmissionReading.digest(of: $0, limits: .submission) }
    }

    @Test(
        "names the digest of the bytes that the judge saw, also when they change before it looks",
        arguments: forms.indices
    )
    func changedBefore(index: Int) throws {
        let write = Self.forms[index].write
        try scratch.write("submissions/a/Dockerfile", "FROM a\n")
        try write(scratch, "FROM a\nUSER app # old\n")
        let old = try digest()
        let scratch = scratch
        let judge = ClosureJudge { files in
            // The first one's turn: every submission was looked at already, and the second one is written anew.
            if files.place.hasSuffix("/a") { try write(scratch, "FROM a\nUSER root # new\n") }
            return try wordJudge.judge(files)
        }
        let book = try scratch.batch().run([scratch.submissions], judge: judge)
        let grade = try #require(book.grades.first { $0.id == "b" })
        #expect(grade.state == .partly, "the new bytes were judged")
        #expect(try grade.inputDigest == digest())
        #expect(grade.inputDigest != old)
    }

    @Test("judges the bytes that were digested, also when they change while the judge looks", arguments: forms.indices)
    func changedWhile(index: Int) throws {
        let write = Self.forms[index].write
        try write(scratch, "FROM a\nUSER app # old\n")
        let old = try digest()
        let scratch = scratch
        let judge = ClosureJudge { files in
            try write(scratch, "FROM a\nUSER root # new\n")
            return try wordJudge.judge(files)
        }
        let book = try scratch.batch().run([scratch.submissions], judge: judge)
        #expect(book.grades.map(\.state) == [.passed])
        #expect(book.grades.map(\.inputDigest) == [old])
    }

    @Test("judges again on resuming what is no longer what was judged, although it is what was listed")
    func changedBack() throws {
        try scratch.write("submissions/a/Dockerfile", "FROM a\n")
        try scratch.write("submissions/b/Dockerfile", "FROM a\nUSER app\n")
        let scratch = scratch
        let judge = ClosureJudge { files in
            if files.place.hasSuffix("/a") { try scratch.write("submissions/b/Dockerfile", "FROM a\nUSER root\n") }
            return try wordJudge.judge(files)
        }
        #expect(try scratch.batch().run([scratch.submissions], judge: judge).grades.last?.state == .partly)
        try scratch.write("submissions/b/Dockerfile", "FROM a\nUSER app\n")
        let judged = Mutex<[String]>([])
        let book = try scratch.batch().run([scratch.submissions], judge: wordJudge, resumes: true) { grade, _, _ in
            judged.withLock { $0.append(grade.id) }
        }
        #expect(judged.withLock { $0 } == ["b"])
        #expect(book.grades.last?.state == .passed)
    }
}
