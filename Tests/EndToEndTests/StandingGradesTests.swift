// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Grades of the fixtures, in other circumstances: the year, the order of arrival, the locale, who grades, and what lies beside the work.
///
/// A short run takes a few fixtures, which a seed draws; `make soak` takes all of them.
@Suite("Grades that stand")
struct StandingGradesTests {
    /// A class whose submissions are fixtures, and the names of its folders.
    private struct FixtureClass {
        let graded: GradedClass
        let names: [String]

        init() throws {
            graded = try GradedClass()
            let root = Learner.root + "/grader-fixtures/" + GradedClass.lesson
            names = FixtureSample.some(8, of: try Checkout.folders(in: "grader-fixtures/" + GradedClass.lesson))
            try FileManager.default.createDirectory(atPath: graded.folder, withIntermediateDirectories: true)
            for name in names {
                try FileManager.default.copyItem(
                    atPath: "\(root)/\(name)/submission",
                    toPath: graded.folder + "/" + name
                )
            }
        }

        var paths: [String] { names.map { graded.folder + "/" + $0 } }
    }

    @Test("are the same bytes in 2026, 2027 and 2036, in any order, in any locale and zone")
    func circumstances() throws {
        let fixtures = try FixtureClass()
        let graded = fixtures.graded
        _ = try graded.grade(fixtures.paths, out: "first")
        let first = try graded.bytes("first")
        var random = SeededGenerator(seed: FixtureSample.seed)
        let worlds: [[String: String?]] = [
            ["SOURCE_DATE_EPOCH": "1767225600", "LC_ALL": "C", "LANG": nil],
            ["SOURCE_DATE_EPOCH": "1798761600", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"],
            ["SOURCE_DATE_EPOCH": "2082758400", "LC_ALL": "de_DE.ISO-8859-1", "TZ": "Pacific/Kiritimati"],
        ]
        for (index, world) in worlds.enumerated() {
            let paths = fixtures.paths.shuffled(using: &random)
            _ = try graded.grade(paths, environment: world, out: "world\(index)")
            #expect(try graded.bytes("world\(index)") == first, "world \(index)")
        }
    }

    @Test(
        "are the same bytes when the machine's clock is in 2026, 2027 and 2036",
        .enabled(if: Judge.areThere("faketime"), Judge.remedy),
        arguments: ["2026-01-01 12:00:00", "2027-05-02 03:04:05", "2036-02-29 23:59:58"]
    )
    func clock(time: String) throws {
        let fixtures = try FixtureClass()
        _ = try fixtures.graded.grade(fixtures.paths, out: "first")
        try Self.grade(fixtures, by: ["faketime", "-f", "@" + time], out: "later")
        #expect(try fixtures.graded.bytes("later") == (try fixtures.graded.bytes("first")))
    }

    @Test(
        "are the same bytes for root and for anybody else",
        .enabled(if: geteuid() == 0 && Judge.areThere("setpriv"), "only root can become somebody else")
    )
    func anybody() throws {
        let fixtures = try FixtureClass()
        let scratch = fixtures.graded.scratch
        _ = try fixtures.graded.grade(fixtures.paths, out: "first")
        #expect(chmod(scratch.path, 0o755) == 0)
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let path = try #require(SeaworthyBinary.path)
        // A checkout below root's own folder is out of reach for anybody else.
        let reaches = try SeaworthyBinary.run(
            try #require(SeaworthyBinary.find("setpriv")),
            nobody.dropFirst() + ["test", "-r", Learner.root + "/lessons", "-a", "-x", path]
        )
        guard reaches.status == 0 else { return }
        for folder in ["out-of-nobody", "home-of-nobody"] {
            try FileManager.default.createDirectory(
                atPath: scratch.path(folder),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o777]
            )
            #expect(chmod(scratch.path(folder), 0o777) == 0)
        }
        try Self.grade(
            fixtures,
            by: nobody,
            environment: ["SEAWORTHY_HOME": scratch.path("home-of-nobody")],
            out: "out-of-nobody"
        )
        #expect(try fixtures.graded.bytes("out-of-nobody") == (try fixtures.graded.bytes("first")))
    }

    /// Names that lie beside people's work, none of which is work.
    private static let stray = [
        "screenshot.png", "answers.docx", "LICENSE", "README", "README.md", "notes.html", "Makefile", "compose.yaml",
        ".DS_Store", "Thumbs.db", "desktop.ini", "~$answers.docx", "grades.csv", "report.pdf", "terminal.log",
        ".vscode/settings.json", "__MACOSX/._Dockerfile", "node_modules/left/index.js", "img/whale.svg", ".env",
        "src.zip.txt", "Dockerfile.bak", "package.json.orig", "x/y/z.js", "src/.DS_Store", "src/notes.txt",
    ]

    @Test("are the same with any ten stray files beside the work")
    func stray() throws {
        let fixtures = try FixtureClass()
        let first = try fixtures.graded.grade(fixtures.paths, out: "first")
        var random = SeededGenerator(seed: FixtureSample.seed &+ 1)
        var laid: [String: [String]] = [:]
        for name in fixtures.names {
            for file in Self.stray.shuffled(using: &random).prefix(10) {
                let place = "class/\(name)/\(file)"
                guard !FileManager.default.fileExists(atPath: fixtures.graded.scratch.path(place)) else { continue }
                try fixtures.graded.scratch.write(place, random.bytes(Int.random(in: 0...300, using: &random)))
                laid[name, default: []].append(file)
            }
        }
        let second = try fixtures.graded.grade(fixtures.paths, out: "second")
        #expect(second.submissions.count == first.submissions.count)
        for row in first.submissions {
            let other = try #require(second[row.id], "\(row.id)")
            let files = laid[row.id] ?? []
            #expect(other.state == row.state && other.points == row.points, "\(row.id) beside \(files)")
            let (before, after) = (row.steps.flatMap(\.checks), other.steps.flatMap(\.checks))
            for (old, new) in zip(before, after) where old.state != new.state {
                Issue.record("\(row.id) \(old.id): \(old.state), then \(new.state) beside \(files): \(new.message)")
            }
        }
    }

    /// Grades by a program that runs another one.
    private static func grade(
        _ fixtures: FixtureClass,
        by words: [String],
        environment: [String: String?] = [:],
        out: String
    ) throws {
        let scratch = fixtures.graded.scratch
        var all: [String: String?] = [
            "SEAWORTHY_HOME": scratch.path("home"), "SEAWORTHY_CONTENT": Learner.root, "NO_COLOR": "1",
            "SOURCE_DATE_EPOCH": nil, "SEAWORTHY_WORKSPACE": nil,
        ]
        all.merge(environment) { _, new in new }
        let program = try #require(SeaworthyBinary.find(words[0]))
        let binary = try #require(SeaworthyBinary.path)
        let result = try SeaworthyBinary.run(
            program,
            words.dropFirst() + [binary, "grade", "--lesson", GradedClass.lesson, "--out", scratch.path(out)]
                + fixtures.paths,
            in: scratch.path,
            environment: all,
            timeout: 900
        )
        #expect(result.status == 0, "\(result.error)")
    }
}
