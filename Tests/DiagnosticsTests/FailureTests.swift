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
        (
            Failure(.malformedInput, "it is wrong", at: .file("a/b", line: 3, column: 4), why: "a brace is missing"),
            "a/b:3:4: it is wrong: a brace is missing"
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
            Failure(.usage, "what", at: .file("where"), why: "why", fix: "fix"),
            Failure(.usage, "else", at: .name("where"), why: "why", fix: "fix"),
            Failure(.usage, "what", at: nil, why: "why", fix: "fix"),
            Failure(.usage, "what", at: .name("where"), why: nil, fix: "fix"),
            Failure(.usage, "what", at: .name("where"), why: "why", fix: nil),
        ] { #expect(failure != other) }
        // Two reasons of one code are two failures.
        #expect(Failure(.noInput, "what") != Failure(.noSuchImage, "what"))
    }

    /// The narrow reasons; every other one is as wide as a code and has its name.
    static let narrow: [(reason: Failure.Reason, code: Failure.Code)] = [
        (.encrypted, .malformedInput), (.noSuchImage, .noInput), (.noLessonBegun, .noInput),
        (.folderHoldsFiles, .cannotCreate), (.unusableMarker, .malformedInput),
    ]

    @Test("of a narrow reason count as the wide one does", arguments: narrow)
    func narrowReason(reason: Failure.Reason, code: Failure.Code) {
        #expect(reason.code == code)
        #expect(Failure(reason, "what").code == code)
    }

    @Test("have a wide reason for every code, of the same name")
    func wideReasons() {
        let wide = Failure.Reason.allCases.filter { reason in !Self.narrow.contains { $0.reason == reason } }
        #expect(wide.map { "\($0)" } == wide.map { $0.code.rawValue })
        #expect(wide.map(\.code) == Failure.Code.allCases)
    }

    @Test("take a place only when they have none, and advice in any case, and keep the rest")
    func derived() {
        let bare = Failure(.encrypted, "what", why: "why")
        let placed = bare.located(at: .file("a"))
        #expect(placed == Failure(.encrypted, "what", at: .file("a"), why: "why"))
        #expect(placed.located(at: .file("b")) == placed)
        let advised = Failure(.encrypted, "what", at: .file("a"), why: "why", fix: "fix")
        #expect(placed.advising("fix") == advised)
        #expect(advised.advising("other").fix == "other")
        let moved = advised.mappingFile { $0 + "b" }
        #expect(moved == Failure(.encrypted, "what", at: .file("ab"), why: "why", fix: "fix"))
    }
}
