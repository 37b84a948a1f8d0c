// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import Submissions

@Suite("Hiding paths")
struct HidingPathsTests {
    static let places: [(folders: [String], file: String?, place: Place, shown: String)] = [
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada/Dockerfile", line: 3), "Dockerfile:3"),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada"), "."),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada-2/x"), "/tmp/s/ada-2/x"),
        (["/tmp/s/ada"], nil, .file("/tmp/s/ada/\u{301}x"), "\u{301}x"),
        (["/tmp/s/ada"], nil, .layer(2, of: .file("/tmp/s/ada/x.tar")), "x.tar, layer 2"),
        (["/tmp/s/ada"], nil, .entry("/tmp/s/ada/x"), "/tmp/s/ada/x"),
        (["/tmp/s"], "/tmp/s/ada.zip", .file("/tmp/s/ada.zip"), "ada.zip"),
        (["src"], nil, .file("src/a"), "src/a"), (["/"], nil, .file("/a/b"), "/a/b"), ([""], nil, .file("x"), "x"),
        (["/o", "/o/.grading/submission"], nil, .file("/o/.grading/submission/x"), "x"),
    ]

    @Test("shows a place the same wherever a grade is made, and no other path", arguments: places)
    func hides(folders: [String], file: String?, place: Place, shown: String) {
        let failure = HidingPaths(folders, file: file)(Failure(.overLimit, "too large", at: place))
        #expect(failure.description == shown + ": too large")
    }

    @Test("grades by a relative path as by an absolute one")
    func relative() throws {
        let absolute = HostPath.absolute("some/folder")
        #expect(absolute.hasPrefix("/") && absolute.hasSuffix("/some/folder"))
        #expect(HostPath.absolute("/a/b") == "/a/b")
        #expect(HostPath.absolute(".") == HostPath.real("."))
    }
}
