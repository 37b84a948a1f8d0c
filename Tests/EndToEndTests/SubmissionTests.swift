// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// What people hand in, and the grade that it has to come to: right work has all points in whatever form it comes.
@Suite("Submissions as they come")
struct SubmissionTests {
    private static let right = GradedClass.solution
    private static let starter = GradedClass.starter
    /// Right but for the user of the last stage, which stays root by its name.
    private static let wrong = right.replacing(
        "FROM docker/dhi-node:24-alpine3.22\n",
        with: "FROM docker/dhi-node:24-alpine3.22-dev\n"
    )

    @Test("are filled from the starter, whatever lies beside the Dockerfile")
    func filled() throws {
        let graded = try GradedClass()
        let stray = [
            "screenshot.png", "answers.docx", "LICENSE", "README", "notes.html", "Makefile", "docker-compose.yml",
            "package.json.txt",
            "src.zip.txt", "x/y/z.js", "node_modules/left/index.js", ".vscode/settings.json", "Thumbs.db",
            "Dockerfile.bak",
        ]
        for (index, name) in stray.enumerated() {
            try graded.write("s\(index)/Dockerfile", Self.right)
            try graded.write("s\(index)/" + name, "FROM scratch\n")
        }
        try graded.write("own/Dockerfile", Self.right)
        try graded.write("own/package.json", try Self.lessonFile("package.json"))
        try graded.write("own/src/index.js", "// mine\n")
        try graded.write("wrong/Dockerfile", Self.wrong)
        try graded.write("wrong/LICENSE", "x")
        let grades = try graded.grade()
        let clean = try #require(grades["own"])
        #expect(clean.line == "passed 30 Dockerfile")
        #expect(clean.filled.contains("package-lock.json") && !clean.filled.contains("package.json"))
        #expect(!clean.filled.contains("src/index.js") && clean.filled.contains("src/db.js"))
        for index in stray.indices {
            let row = try #require(grades["s\(index)"])
            #expect(row.line == "passed 30 Dockerfile", "\(stray[index]): \(row.reason?.message ?? "")")
            #expect(row.filled.contains("package.json"))
        }
        let wrong = try #require(grades["wrong"])
        #expect(wrong.state == "partly" && (wrong.points ?? 30) < 30)
    }

    private static func lessonFile(_ name: String) throws -> String {
        try String(contentsOfFile: Learner.root + "/lessons/\(GradedClass.lesson)/workspace/" + name, encoding: .utf8)
    }

    @Test("are found under the names that people give the file")
    func names() throws {
        let graded = try GradedClass()
        let names = [
            "HW3_Dockerfile", "ada-dockerfile", "Dockerfile copy", "Dockerfile (1)", "Dockerfile_ada", "Dockerfile.txt",
            "dockerfile",
            "DOCKERFILE", "Dockerfile.docker", "ada.dockerfile", "Containerfile", "project/Dockerfile",
            "a/b/my dockerfile.txt",
            "Docker file", "main.txt",
        ]
        for (index, name) in names.enumerated() { try graded.write("s\(index)/" + name, Self.right) }
        try graded.write("fixed/Dockerfile", Self.starter)
        try graded.write("fixed/Dockerfile.fixed", Self.right)
        try graded.write("both/Dockerfile.step4", Self.right)
        try graded.write("both/Dockerfile.step6", Self.wrong)
        try graded.write("untouched/Dockerfile", Self.starter.replacing("\n", with: "\r\n"))
        let grades = try graded.grade()
        for (index, name) in names.enumerated() { #expect(grades["s\(index)"]?.line == "passed 30 \(name)") }
        let fixed = try #require(grades["fixed"])
        #expect(
            fixed.line == "passed 30 Dockerfile.fixed"
                && fixed.notes.joined().contains("Dockerfile is still as the lesson began")
        )
        let both = try #require(grades["both"])
        #expect(both.line == "ambiguous" && both.candidates == ["Dockerfile.step4", "Dockerfile.step6"])
        #expect(both.reason?.message.contains("Dockerfile.step4, Dockerfile.step6") == true && both.maxPoints == nil)
        #expect(grades["untouched"]?.state == "partly")
    }

    @Test("that cannot be judged have no points, a reason, and their row")
    func unjudged() throws {
        let graded = try GradedClass()
        try graded.write("docx/work.docx", TestZip.bytes([.init("word/document.xml", "x")]))
        try graded.write("rar.rar", "Rar!")
        try graded.write("zips/a.zip", TestZip.bytes([.init("Dockerfile", Self.right)]))
        try graded.write("zips/b.zip", TestZip.bytes([.init("Dockerfile", Self.wrong)]))
        try graded.write("empty/.gitkeep", "")
        try graded.write(
            "wide/Dockerfile",
            [0xFF, 0xFE] + Self.right.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        )
        try graded.write("wider/Dockerfile", Self.right.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
        try graded.write("mark/Dockerfile", [0xEF, 0xBB, 0xBF] + Array(Self.right.utf8))
        try graded.write(".hidden/Dockerfile", Self.right)
        try graded.write(".notes/todo", "x")
        let grades = try graded.grade()
        #expect(
            grades.lines == [
                "docx": "ungradable", "rar": "ungradable", "zips": "ambiguous", "empty": "missing",
                "wide": "ungradable Dockerfile", "wider": "ungradable Dockerfile", "mark": "passed 30 Dockerfile",
                ".hidden": "passed 30 Dockerfile",
            ]
        )
        #expect(grades["zips"]?.candidates == ["a.zip/Dockerfile", "b.zip/Dockerfile"])
        #expect(grades["docx"]?.reason?.message.contains("work.docx is a text document") == true)
        #expect(grades["wide"]?.reason?.message.contains("UTF-16 (little-endian)") == true)
        #expect(grades["wider"]?.reason?.message.contains("UTF-16 (big-endian)") == true)
        #expect(grades["wide"]?.reason?.fix?.contains("UTF-8") == true)
        #expect(grades.ignored.map(\.name) == [".notes"] && grades.ignored.allSatisfy { !$0.reason.isEmpty })
        #expect(grades.submissions.filter { $0.points != nil }.map(\.state) == ["passed", "passed"])
        let csv = String(decoding: try graded.scratch.read("out/grades.csv"), as: UTF8.self)
        #expect(csv.contains("\r\nzips,ambiguous,,,,") && !csv.contains("zips,ambiguous,0"))
    }

    @Test("are missing by the roster, and strangers are named, whatever the columns")
    func roster() throws {
        let graded = try GradedClass()
        try graded.write("ada/Dockerfile", Self.right)
        try graded.write("bob/.gitkeep", "")
        try graded.write("zed/Dockerfile", Self.wrong)
        for (index, table) in ["Name,ID\nada,1\nbob,2\ncleo,3\n", "e-mail;login\nc@x;cleo\na@x;ada\nb@x;bob\n"]
            .enumerated()
        {
            try graded.scratch.write("roster.csv", table)
            let grades = try graded.grade(nil, ["--roster", graded.scratch.path("roster.csv")], out: "out\(index)")
            #expect(
                grades["ada"]?.state == "passed" && grades["bob"]?.state == "missing"
                    && grades["cleo"]?.state == "missing"
            )
            #expect(grades["cleo"]?.points == nil && grades["cleo"]?.path == nil && grades["bob"]?.path == "bob")
            #expect(
                grades.roster?.missing == ["cleo"] && grades.roster?.unmatched == ["zed"] && grades.roster?.people == 3
            )
            #expect(grades.summary["missing"] == 2 && grades.submissions.count == 4)
        }
        try graded.scratch.write("roster.csv", "\n")
        #expect(try graded.run(nil, ["--roster", graded.scratch.path("roster.csv")], out: "x").status == 65)
        #expect(try graded.run(nil, ["--roster", graded.scratch.path("none.csv")], out: "y").status == 66)
    }

    @Test("name their path, so that one handed in twice is told apart, the same wherever they lie")
    func paths() throws {
        let graded = try GradedClass()
        try graded.write("monday/ada/Dockerfile", Self.right)
        try graded.write("friday/ada/Dockerfile", Self.starter)
        let grades = try graded.grade([graded.folder + "/monday", graded.folder + "/friday"])
        #expect(grades["ada"]?.path == "friday/ada" && grades["ada~2"]?.path == "monday/ada")
        #expect(grades["ada~2"]?.points == 30 && Set(grades.submissions.map(\.inputDigest)).count == 2)
        #expect(!String(decoding: try graded.bytes(), as: UTF8.self).contains(graded.scratch.path))
    }

    @Test("are judged by an image's archive only when it was built from their Dockerfile")
    func archives() throws {
        let graded = try GradedClass()
        func build(_ dockerfile: String, _ name: String) throws -> [UInt8] {
            let work = graded.scratch.path("build-" + name)
            try FileManager.default.copyItem(
                atPath: Learner.root + "/lessons/\(GradedClass.lesson)/workspace",
                toPath: work
            )
            try dockerfile.write(toFile: work + "/Dockerfile", atomically: true, encoding: .utf8)
            let result = try SeaworthyBinary.run(
                [
                    "build", "-t", "acme/x", "--sbom=true", "--provenance=mode=max", "-o",
                    "type=oci,dest=\(graded.scratch.path(name))", work,
                ],
                in: graded.scratch.path,
                environment: ["SEAWORTHY_HOME": graded.scratch.path("home"), "SEAWORTHY_CONTENT": Learner.root]
            )
            #expect(result.status == 0, "\(result.error)")
            return try graded.scratch.read(name)
        }
        let ofRight = try build(Self.right, "right.tar")
        let ofStarter = try build(Self.starter, "starter.tar")
        for (name, dockerfile, archive) in [
            ("mended", Self.right, ofStarter), ("own", Self.right, ofRight), ("lent", Self.starter, ofRight),
            ("broken", Self.right, Array(ofRight.prefix(5_000))),
        ] {
            try graded.write(name + "/Dockerfile", dockerfile)
            try graded.write(name + "/image.tar", archive)
        }
        try graded.write("starter/Dockerfile", Self.starter)
        try graded.write("alone/image.tar", ofRight)
        let grades = try graded.grade()
        func use(_ id: String) -> String {
            (grades[id]?.archives ?? []).map { "\($0.path) \($0.used) \($0.reason)" }.joined()
        }
        #expect(grades["mended"]?.line == "passed 30 Dockerfile")
        #expect(use("mended") == "image.tar false It was built from another Dockerfile.")
        #expect(grades["own"]?.line == "passed 30 Dockerfile")
        #expect(use("own") == "image.tar true It is the image of this work.")
        #expect(grades["lent"]?.points == grades["starter"]?.points && grades["lent"]?.state == "partly")
        #expect(use("lent") == "image.tar false It was built from another Dockerfile.")
        #expect(
            grades["broken"]?.line == "passed 30 Dockerfile" && use("broken").contains("cannot be read as an image")
        )
        let alone = try #require(grades["alone"])
        #expect(alone.dockerfile == nil && use("alone").contains("true") && (alone.points ?? 0) > 0)
    }

    @Test("keep their names in old zips, alone and in one of the class")
    func oldZips() throws {
        let graded = try GradedClass()
        func old(_ name: [UInt8]) -> TestZip.Member { TestZip.Member(name: name, bytes: Array(Self.right.utf8)) }
        let inOEM: [UInt8] = [0x4A, 0x81] + Array("rgen/Dockerfile".utf8)
        try graded.write(
            "stray.zip",
            TestZip.bytes(
                [.init("Dockerfile", Self.right), .init(name: [0x84, 0x2E, 0x74], bytes: [])],
                saysUTF8: false
            )
        )
        try graded.write("oem.zip", TestZip.bytes([old(inOEM)], saysUTF8: false))
        try graded.write("desktop.zip", TestZip.bytes([old([0xFC, 0x2F] + Array("Dockerfile".utf8))], saysUTF8: false))
        #expect(
            try graded.grade().lines == [
                "stray": "passed 30 Dockerfile", "oem": "passed 30 Jürgen/Dockerfile",
                "desktop": "passed 30 ü/Dockerfile",
            ]
        )
        try graded.scratch.write(
            "class.zip",
            TestZip.bytes([old(inOEM), .init("ada/Dockerfile", Self.right)], saysUTF8: false)
        )
        #expect(
            try graded.grade([graded.scratch.path("class.zip")], out: "zip").lines
                == ["Jürgen": "passed 30 Dockerfile", "ada": "passed 30 Dockerfile"]
        )
    }
}
