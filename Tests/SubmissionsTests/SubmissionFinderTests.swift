// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import HostFiles
import SeaworthyTestSupport
import Testing

@testable import Submissions

@Suite("Submission finder")
struct SubmissionFinderTests {
    let scratch: HandedIn

    init() throws { scratch = try HandedIn() }

    /// Layouts of files, and the ids that are found in them.
    static let layouts: [(what: String, files: [String], ids: [String], ignored: [String])] = [
        ("a folder each", ["bob/Dockerfile", "ada/Dockerfile", "ada/src/x.js"], ["ada", "bob"], []),
        ("one folder", ["Dockerfile", "src/index.js"], ["submissions"], []),
        ("one folder in small letters", ["dockerfile", "src/index.js"], ["submissions"], []),
        ("one project without a Dockerfile", ["package.json", "src/index.js"], ["submissions"], []),
        ("one workspace", [".seaworthy/workspace.json", "src/index.js"], ["submissions"], []),
        (
            "grader fixtures", ["a/expected.json", "a/submission/Dockerfile", "b/submission/x/Dockerfile"], ["a", "b"],
            []
        ),
        ("one case of fixtures", ["expected.json", "submission/Dockerfile"], ["submissions"], []),
        (
            "Dockerfiles by name", ["ada.Dockerfile", "Dockerfile.bob", "cleo_12_34_Dockerfile"],
            ["ada", "bob", "cleo_12"], []
        ),
        (
            "names of course sites and browsers",
            [
                "lee_1_2_Dockerfile.txt", "kim_1_3_Dockerfile-1", "Ada Dockerfile", "bob/Dockerfile (1)",
                "cleo/Dockerfile - Copy", "Dan_12_assignsubmission_file_/DockerFile",
                "Eve_13_assignsubmission_file_Dockerfile",
            ],
            [
                "lee_1", "kim_1", "Ada", "bob", "cleo", "Dan_12", "Eve_13",
            ], []
        ),
        (
            "files that are no Dockerfile", ["ada.dockerignore", "x_Dockerfile.pdf", "ada/Dockerfile"], ["ada"],
            ["ada.dockerignore", "x_Dockerfile.pdf"]
        ),
        ("the grades of another batch", ["ada/Dockerfile", "old/grades.sqlite"], ["ada"], ["old"]),
        ("archives that are not read", ["ada.rar", "bob.7z", "cleo/Dockerfile"], ["ada", "bob", "cleo"], []),
        ("what systems leave", [".DS_Store", "__MACOSX/x", "Thumbs.db", "ada/Dockerfile"], ["ada"], []),
        (
            "hidden names", [".ada/Dockerfile", ".bob/x/HW_Dockerfile", ".cleo/notes", ".dan", "eve/Dockerfile"],
            [".ada", ".bob", "eve"], [".cleo", ".dan"]
        ),
        (
            "names that people give", ["Dockerfile copy/x", "ada-dockerfile", "Dockerfile_bob", "HW3_Dockerfile"],
            ["Dockerfile copy", "HW3", "ada", "bob"], []
        ),
        ("other files", ["roster.csv", "README.md", "ada/Dockerfile"], ["ada"], ["README.md", "roster.csv"]),
        ("the same name twice", ["ada/Dockerfile", "ada.Dockerfile"], ["ada", "ada~2"], []),
        ("an empty folder", ["ada/.gitkeep"], ["ada"], []),
        (
            "hard names", ["=cmd|'x'!A1/Dockerfile", "a\nb/Dockerfile", "100%/Dockerfile"],
            ["100%", "=cmd|'x'!A1", "a%0Ab"], []
        ),
        (
            "a name that was taken", ["ada~2/Dockerfile", "ada/Dockerfile", "ada.Dockerfile"],
            ["ada", "ada~2", "ada~2~2"], []
        ),
    ]

    @Test("finds each submission once, by its name", arguments: rows(layouts))
    func finds(row: NumberedRow<(what: String, files: [String], ids: [String], ignored: [String])>) throws {
        let (what, files, ids, ignored) = row.value
        for file in files { try scratch.write("submissions/" + file, "FROM a\n") }
        let collection = try scratch.find()
        #expect(Set(collection.submissions.map(\.id)).count == collection.submissions.count)
        #expect(collection.submissions.map(\.id).sorted() == ids.sorted(), "\(what)")
        #expect(collection.ignored.map(\.name) == ignored)
    }

    @Test("finds the same in a zip and a tar of a layout as in the folder", arguments: rows(layouts))
    func findsInArchives(
        row: NumberedRow<(what: String, files: [String], ids: [String], ignored: [String])>
    ) throws {
        let (what, files, ids, _) = row.value
        let members = files.map { (path: "outer/" + $0, text: "FROM a\n") }
        try scratch.write("all.zip", zip(members))
        try scratch.write("all.tar", try tar(members))
        for name in ["all.zip", "all.tar"] {
            // The name of a single submission is that of its archive.
            let expected = ids == ["submissions"] ? ["all"] : ids
            let found = try? scratch.find([scratch.scratch.path + "/" + name])
            guard what != "an empty folder" else { continue }
            #expect(found?.submissions.map(\.id).sorted() == expected.sorted(), "\(what) in \(name)")
        }
    }

    @Test("takes archives of one beside each other, and says what is none")
    func archives() throws {
        try scratch.write("submissions/ada.zip", zip([(path: "Dockerfile", text: "FROM a")]))
        try scratch.write("submissions/bob.tar", try tar([(path: "x/Dockerfile", text: "FROM a")]))
        try scratch.write("submissions/cleo.zip", "this is no zip")
        try scratch.write("submissions/dan", zip([(path: "Dockerfile", text: "FROM a")]))
        let forms = try scratch.find().submissions.map { ($0.id, $0.form) }
        #expect(forms.map(\.0) == ["ada", "bob", "cleo", "dan"])
        #expect(forms[0].1 == .archive && forms[1].1 == .archive && forms[3].1 == .archive)
        if case .unreadable(let failure) = forms[2].1 {
            #expect(failure.code == .malformedInput)
        } else {
            Issue.record("a file that is no zip is a submission that cannot be read")
        }
    }

    @Test("keeps the archive of an image as it is")
    func imageArchive() throws {
        try scratch.write(
            "submissions/oci.tar",
            try tar([(path: "blobs/sha256/aa", text: "x"), (path: "oci-layout", text: "{}")])
        )
        let id = String(repeating: "a", count: 64)
        try scratch.write(
            "submissions/docker.tar",
            try tar([(path: "\(id)/layer.tar", text: "x"), (path: "manifest.json", text: "[]")])
        )
        try scratch.write(
            "submissions/extension.tar",
            try tar([(path: "manifest.json", text: "{}"), (path: "Dockerfile", text: "")])
        )
        func part(_ name: String) -> Submission.Form {
            .parts([Submission.Part(name: name, path: scratch.submissions + "/" + name)])
        }
        let forms = try scratch.find().submissions.map(\.form)
        #expect(forms == [part("docker.tar"), .archive, part("oci.tar")])
    }

    @Test("does not follow a link in place of a submission")
    func link() throws {
        try scratch.write("submissions/ada/Dockerfile", "FROM a")
        try scratch.link("submissions/eve", to: "ada")
        let eve = try #require(try scratch.find().submissions.last)
        guard case .unreadable(let failure) = eve.form else {
            Issue.record("a link is not a submission")
            return
        }
        #expect(eve.id == "eve" && failure.code == .hostileInput)
    }

    @Test("names a bare Dockerfile after its folder")
    func bareDockerfile() throws {
        try scratch.write("submissions/ada/Dockerfile", "FROM a")
        #expect(try scratch.find([scratch.submissions + "/ada/Dockerfile"]).submissions.map(\.id) == ["ada"])
    }

    @Test("refuses what is not there, what is empty, and grades among the submissions")
    func refuses() throws {
        #expect(failureCode { _ = try scratch.find([scratch.scratch.path + "/nowhere"]) } == .noInput)
        #expect(failureCode { _ = try scratch.find() } == .noInput)
        try scratch.write("submissions/Dockerfile", "FROM a")
        try scratch.write("submissions/out/grades.json", "{}")
        let finder = SubmissionFinder(scratch: scratch.scratch.path + "/scratch", out: scratch.submissions + "/out")
        #expect(failureCode { _ = try finder.find(in: [scratch.submissions]) } == .usage)
    }

    @Test("loses no name that is not UTF-8")
    func oddBytes() throws {
        try scratch.write("submissions/ada/Dockerfile", "FROM a")
        let made = Array(scratch.submissions.utf8CString.dropLast()) + [0x2F, 0x62, -1, -2, 0]
        #expect(made.withUnsafeBufferPointer { $0.baseAddress.map { mkdir($0, 0o755) } ?? -1 } == 0)
        let found = try scratch.find().submissions
        #expect(found.map(\.id) == ["ada", "b\u{FFFD}\u{FFFD}"])
        guard case .unreadable(let failure) = found[1].form else {
            Issue.record("a folder that cannot be opened is a submission that cannot be read")
            return
        }
        #expect(failure.code == .malformedInput)
        _ = made.withUnsafeBufferPointer { $0.baseAddress.map { rmdir($0) } }
    }

    @Test("passes over the folder for the grades in a folder of many")
    func outInside() throws {
        try scratch.write("submissions/ada/Dockerfile", "FROM a")
        try scratch.write("submissions/out/grades.json", "{}")
        let finder = SubmissionFinder(scratch: scratch.scratch.path + "/scratch", out: scratch.submissions + "/out")
        #expect(try finder.find(in: [scratch.submissions]).submissions.map(\.id) == ["ada"])
    }

    @Test("writes nothing outside of the scratch folder for a collection that climbs, and says what it left out")
    func climbingCollection() throws {
        let members = [
            (path: "ada/Dockerfile", text: "FROM a"), (path: "../../escaped", text: "x"),
            (path: "/tmp/seaworthy-escaped", text: "x"),
            (path: "bob/Dockerfile", text: "FROM b"),
        ]
        try scratch.write("all.zip", zip(members))
        let found = try scratch.find([scratch.scratch.path + "/all.zip"])
        #expect(found.submissions.map(\.id) == ["ada", "bob"])
        #expect(found.ignored.map(\.name) == ["../../escaped", "/tmp/seaworthy-escaped"])
        #expect(HostFile.kindOfLink(scratch.scratch.path + "/escaped") == nil)
        #expect(HostFile.kindOfLink("/tmp/seaworthy-escaped") == nil)
    }
}
