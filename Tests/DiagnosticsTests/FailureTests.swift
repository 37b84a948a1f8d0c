// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Failures")
struct FailureTests {
    static let rows: [(failure: Failure, line: String)] = [
        (Failure(.noInput, "there is no such file"), "there is no such file"),
        (Failure(.noInput, "cannot read the file", at: .file("a/b")), "a/b: cannot read the file"),
        (
            Failure(.overLimit, "cannot read the archive", at: .file("x.tar"), why: "too large", fix: "take less"),
            "x.tar: cannot read the archive: too large"
        ),
    ]

    @Test("say in one line what, where and why", arguments: rows)
    func line(failure: Failure, line: String) { #expect(failure.description == line) }

    @Test("are equal whatever lies below, and differ in everything that is said")
    func equality() {
        struct Below: Error {}
        let failure = Failure(.usage, "what", at: .name("where"), why: "why", fix: "fix")
        #expect(failure == Failure(.usage, "what", at: .name("where"), why: "why", fix: "fix", cause: Below()))
        for other in [
            Failure(.noInput, "what", at: .name("where"), why: "why", fix: "fix"),
            Failure(.usage, "else", at: .name("where"), why: "why", fix: "fix"),
            Failure(.usage, "what", at: nil, why: "why", fix: "fix"),
            Failure(.usage, "what", at: .name("where"), why: nil, fix: "fix"),
            Failure(.usage, "what", at: .name("where"), why: "why", fix: nil),
        ] { #expect(failure != other) }
    }
}
