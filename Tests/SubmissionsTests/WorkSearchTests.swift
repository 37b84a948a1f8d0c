// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import Submissions

@Suite("Finding the work")
struct WorkSearchTests {
    private typealias Members = [(path: String, text: String)]
    private static let mended = HandedIn.mended
    private static let layout: Members = [
        ("oci-layout", "{}"), ("index.json", "{}"), ("blobs/sha256/aa", "x"),
    ]

    /// What lies in a person's folder, and what comes of it.
    static let folders: [(what: String, fill: @Sendable (HandedIn) throws -> Void, outcome: String)] = [
        ("a zip", { try $0.write("submissions/ada/a.zip", zip([("Dockerfile", mended)])) }, "a.zip/Dockerfile"),
        (
            "a zip in a zip",
            {
                let inner = TestZip.bytes([
                    .init(name: Array("x/b.zip".utf8), bytes: zip([("y/HW_Dockerfile", mended)]))
                ])
                try $0.write("submissions/ada/a.zip", inner)
            }, "a.zip/x/b.zip/y/HW_Dockerfile"
        ),
        (
            "a zip beside documents",
            {
                try $0.write("submissions/ada/a.zip", zip([("Dockerfile", mended)]))
                try $0.write("submissions/ada/answers.docx", zip([("word/document.xml", "x")]))
                try $0.write("submissions/ada/lib/x.jar", zip([("Dockerfile", HandedIn.other)]))
            }, "a.zip/Dockerfile"
        ),
        (
            "two zips that differ",
            {
                try $0.write("submissions/ada/a.zip", zip([("Dockerfile", mended)]))
                try $0.write("submissions/ada/b.zip", zip([("x/Dockerfile", HandedIn.other)]))
            }, "ambiguous a.zip/Dockerfile b.zip/x/Dockerfile"
        ),
        (
            "two zips of the same",
            {
                try $0.write("submissions/ada/a.zip", zip([("Dockerfile", mended)]))
                try $0.write("submissions/ada/b.tar", try tar([("x/Dockerfile", mended)]))
            }, "a.zip/Dockerfile"
        ),
        (
            "a zip of the starter and one of the work",
            {
                try $0.write("submissions/ada/a.zip", zip([("Dockerfile", HandedIn.starter)]))
                try $0.write("submissions/ada/b.zip", zip([("Dockerfile", mended)]))
            }, "b.zip/Dockerfile"
        ),
        (
            "the starter beside a zip of the work",
            {
                try $0.write("submissions/ada/Dockerfile", HandedIn.starter)
                try $0.write("submissions/ada/b.zip", zip([("Dockerfile", mended)]))
            }, "b.zip/Dockerfile"
        ),
        (
            "the work beside a zip of something",
            {
                try $0.write("submissions/ada/Dockerfile", mended)
                try $0.write("submissions/ada/b.zip", zip([("Dockerfile", HandedIn.other)]))
                try $0.write("submissions/ada/c.zip", "no zip")
            }, "Dockerfile"
        ),
        ("a broken zip", { try $0.write("submissions/ada/c.zip", "no zip") }, "failure malformedInput"),
        ("another archive", { try $0.write("submissions/ada/c.rar", "Rar!") }, "failure malformedInput"),
        ("a zip of a document", { try $0.write("submissions/ada/c.zip", zip([("a.pdf", "x")])) }, "ungradable"),
        ("an empty zip", { try $0.write("submissions/ada/c.zip", zip([])) }, "missing"),
        ("an image alone", { try $0.write("submissions/ada/i.tar", try tar(layout)) }, "image i.tar"),
        (
            "an image beside pictures",
            {
                try $0.write("submissions/ada/i.tar", try tar(layout))
                try $0.write("submissions/ada/screen.png", "x")
            }, "image i.tar"
        ),
        (
            "two images",
            {
                try $0.write("submissions/ada/i.tar", try tar(layout))
                try $0.write("submissions/ada/j.tar", try tar(layout))
            }, "ambiguous i.tar j.tar"
        ),
        (
            "a layout", { for file in layout { try $0.write("submissions/ada/l/" + file.path, file.text) } },
            "image image"
        ),
        (
            "the work beside an image",
            {
                try $0.write("submissions/ada/Dockerfile", mended)
                try $0.write("submissions/ada/i.tar", try tar(layout))
            }, "Dockerfile"
        ),
        (
            "a link of a tool that leads out",
            {
                try $0.write("submissions/ada/Dockerfile", mended)
                try $0.link("submissions/ada/venv/bin/python", to: "/usr/bin/python3")
            }, "Dockerfile"
        ),
        (
            "such a link in a tar",
            {
                try $0.write(
                    "submissions/ada/a.tar",
                    try tar([("Dockerfile", mended)], links: [("v/python", "/usr/bin/x")])
                )
            },
            "a.tar/Dockerfile"
        ),
        (
            "the work itself a link that leads out",
            { try $0.link("submissions/ada/Dockerfile", to: "../bob/Dockerfile") }, "failure hostileInput"
        ),
        (
            "the work a link within",
            {
                try $0.write("submissions/ada/docker/web", mended)
                try $0.link("submissions/ada/Dockerfile", to: "docker/web")
            }, "Dockerfile"
        ),
        (
            "a name that is not UTF-8",
            {
                let name = Array("Anh".utf8) + [0x84] + Array("nge.txt".utf8)
                let members = [TestZip.Member("Dockerfile", mended), TestZip.Member(name: name, bytes: [])]
                try $0.write("submissions/ada/a.zip", TestZip.bytes(members, saysUTF8: false))
            }, "a.zip/Dockerfile"
        ),
        (
            "a folder whose name is not UTF-8",
            {
                let name = [0x4A, 0x81] + Array("rgen/Dockerfile".utf8)
                try $0.write(
                    "submissions/ada/a.zip",
                    TestZip.bytes([TestZip.Member(name: name, bytes: Array(mended.utf8))], saysUTF8: false)
                )
            }, "a.zip/Jürgen/Dockerfile"
        ),
    ]

    @Test("finds it open or in archives, once, and says when it is not there", arguments: folders.indices)
    func finds(index: Int) throws {
        let row = Self.folders[index]
        let handedIn = try HandedIn()
        try handedIn.write("submissions/bob/Dockerfile", "FROM scratch\n")
        try row.fill(handedIn)
        #expect(try handedIn.outcome() == row.outcome, "\(row.what)")
        #expect(HostFile.kind(of: handedIn.scratch.path("scratch/submission")) == nil, "\(row.what): nothing is left")
    }

    @Test("says over the limit what is over it, and never opens more than two archives deep")
    func limits() throws {
        let handedIn = try HandedIn()
        try handedIn.write("submissions/ada/a.zip", zip([("Dockerfile", String(repeating: "x", count: 5_000))]))
        var limits = Limits.submission
        limits.expandedBytes = 4_000
        let submission = try #require(try handedIn.find().submissions.first)
        #expect(failureCode { _ = try handedIn.work(submission, limits: limits) } == .overLimit)
        var nested = zip([("Dockerfile", Self.mended)])
        for name in ["a", "b", "c"] { nested = TestZip.bytes([.init(name: Array("\(name).zip".utf8), bytes: nested)]) }
        try handedIn.write("submissions/ada/a.zip", nested)
        #expect(try handedIn.outcome() == "ungradable")
    }
}
