// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@Suite("What a build writes with -o")
struct BuildOutputTests {
    @Test("a build's files go into a folder or a tar, and nothing that was not asked for goes with them")
    func filesOnly() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write(
            "FROM scratch AS a\nCOPY package.json /p/\nFROM scratch\nCOPY --from=a /p /q\nCOPY <<E /q/z\nE\n"
        )
        func build(_ output: String, _ more: String...) throws -> SeaworthyBinary.Result {
            try learner.seaworthy(["build", "-o", output] + more + ["."])
        }
        let out = learner.scratch.path("out")
        for _ in 0..<2 { #expect(try build("type=local,dest=../out").status == 0) }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: out).sorted() == ["q", "q/package.json", "q/z"])
        #expect(try build("../out", "--sbom=true", "--provenance=mode=max").status == 0)
        #expect(FileManager.default.fileExists(atPath: out + "/sbom.spdx.json"))
        #expect(FileManager.default.fileExists(atPath: out + "/provenance.json"))
        let tar = try build("-")
        #expect(tar.status == 0)
        #expect(tar.outputBytes.count > 1024 && tar.outputBytes[257..<262].elementsEqual("ustar".utf8))
        #expect(try build("type=tar,dest=../o.tar").status == 0)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: learner.scratch.path("o.tar")))) == tar.outputBytes)
        // The provenance that comes unasked has no place in Docker's archive.
        #expect(try build("type=docker,dest=../d.tar").status == 0)
        #expect(try build("type=docker,dest=../e.tar", "--provenance=mode=max").status == 64)
        for wrong in ["type=local", "dest=x", "type=nope,dest=x", "type=oci,x"] {
            #expect(try build(wrong).status == 64, "\(wrong)")
        }
    }

    @Test(
        "links come out as they are, and a platform and a Dockerfile on standard input are taken as the builder takes them"
    )
    func linksAndInput() throws {
        let learner = try Learner()
        try learner.learn()
        let result = try learner.seaworthy(
            ["build", "-o", "../out", "--platform", "arm", "-f", "-", "."],
            input: "FROM alpine:3 AS a\nFROM scratch\nARG TARGETPLATFORM\nCOPY <<E /$TARGETPLATFORM\nE\n"
        )
        #expect(result.status == 0, "\(result.error)")
        #expect(FileManager.default.fileExists(atPath: learner.scratch.path("out/linux/arm/v7")))
        let refused = try learner.seaworthy(["build", "-f", "-", "."], input: "FROM scratch\nFOO\n")
        #expect(refused.status == 65)
        #expect(refused.error.contains("Dockerfile:2:1: unknown instruction: FOO"))
        for platform in ["linux/arm64,linux/amd64", "nothing", "a/b/c/d", ""] {
            let wrong = try learner.seaworthy(
                ["build", "--platform", platform, "-f", "-", "."],
                input: "FROM scratch\n"
            )
            #expect([64, 69].contains(wrong.status), "\(platform)")
        }
        try FileManager.default.createSymbolicLink(
            atPath: learner.workspace + "/link",
            withDestinationPath: "/nowhere/at/all"
        )
        let links = try learner.seaworthy(
            ["build", "-o", "../out", "-f", "-", "."],
            input: "FROM scratch\nCOPY . /l\n"
        )
        #expect(links.status == 0)
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: learner.scratch.path("out/l/link"))
        #expect(target == "/nowhere/at/all")
    }

    @Test("--progress rawjson gives an object a line for each step, and its logs in Base64")
    func rawProgress() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write("FROM scratch\nCOPY package.json /\n")
        let result = try learner.seaworthy("build", "--progress", "rawjson", ".")
        #expect(result.status == 0)
        let lines = try result.error.split(separator: "\n").map { line in
            try ContractShapeTests.object(JSONSerialization.jsonObject(with: Data(line.utf8)))
        }
        let names = try lines.flatMap { try ContractShapeTests.objects($0["vertexes"]) }.compactMap {
            $0["name"] as? String
        }
        #expect(names.contains("[2/2] COPY package.json /"))
        let log = try ContractShapeTests.objects(lines.first?["logs"])
        let data = try #require(log.first?["data"] as? String)
        #expect(
            String(decoding: try #require(Data(base64Encoded: data)), as: UTF8.self).hasPrefix(
                "transferring dockerfile"
            )
        )
    }

    @Test("a link in the destination is not followed out of it")
    func linkInDestination() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write("FROM scratch\nCOPY package.json /q/\n")
        let manager = FileManager.default
        try manager.createDirectory(atPath: learner.scratch.path("out"), withIntermediateDirectories: true)
        try manager.createDirectory(atPath: learner.scratch.path("else"), withIntermediateDirectories: true)
        try learner.write("mine", to: "../else/package.json")
        try manager.createSymbolicLink(atPath: learner.scratch.path("out/q"), withDestinationPath: "../else")
        let result = try learner.seaworthy("build", "-o", "type=local,dest=../out", ".")
        #expect(result.error.contains("was not written"))
        #expect(try String(contentsOfFile: learner.scratch.path("else/package.json"), encoding: .utf8) == "mine")
    }
}

@Suite("Build checks at the command line")
struct BuildCheckTests {
    @Test("lint leaves warnings at 0, errors of the file's own at 1, and what cannot be parsed at 65")
    func lint() throws {
        let learner = try Learner()
        try learner.learn()
        try learner.write("FROM scratch AS A\nCOPY package.json /\n")
        let warned = try learner.seaworthy("dockerfile", "lint", "Dockerfile")
        #expect(warned.status == 0)
        #expect(warned.output.hasPrefix("WARNING: StageNameCasing - https://docs.docker.com/go/dockerfile/rule/"))
        let rows = try ContractShapeTests.objects(
            ContractShapeTests.document(try learner.seaworthy("dockerfile", "lint", "Dockerfile", "--format", "json"))
        )
        #expect(rows.count == 1)
        ContractShapeTests.expect(
            rows[0],
            has: "rule",
            "severity",
            "message",
            "file",
            "line",
            "endLine",
            "column",
            "url"
        )
        #expect(rows[0]["severity"] as? String == "warning")
        let sarif = try ContractShapeTests.object(
            ContractShapeTests.document(try learner.seaworthy("dockerfile", "lint", "Dockerfile", "--format", "sarif"))
        )
        #expect(sarif["version"] as? String == "2.1.0")
        try learner.write("# check=error=true\nFROM scratch AS A\n")
        #expect(try learner.seaworthy("dockerfile", "lint", "Dockerfile").status == 1)
        let stopped = try learner.seaworthy("build", ".")
        #expect(stopped.status == 1)
        #expect(stopped.error.contains("lint violation found for rules: StageNameCasing"))
        try learner.write("# check=nonsense\nFROM scratch\n")
        let refused = try learner.seaworthy("build", ".")
        #expect(refused.status == 65)
        #expect(refused.error.hasSuffix("ERROR: failed to solve: invalid check option \"nonsense\"\n"))
        try learner.write("FROM scratch\nFOO\n")
        #expect(try learner.seaworthy("dockerfile", "lint", "Dockerfile").status == 65)
        #expect(try learner.seaworthy("dockerfile", "lint", "none").status == 66)
    }

    @Test("build --check builds nothing and is 1 with any warning")
    func check() throws {
        let learner = try Learner()
        try learner.learn()
        let clean = try learner.seaworthy("build", "-t", "acme/none", "--check", ".")
        #expect(clean.status == 0, "\(clean.output)")
        #expect(clean.output == "Check complete, no warnings found.\n")
        #expect(try learner.seaworthy("image", "inspect", "acme/none").status != 0)
        try learner.write("FROM scratch AS A\nCOPY secret /\nADD secret /\n")
        try learner.write("secret\n", to: ".dockerignore")
        let found = try learner.seaworthy("build", "--check", ".")
        #expect(found.status == 1)
        #expect(found.output.hasPrefix("Check complete, 3 warnings have been found!\n\nWARNING: StageNameCasing"))
        #expect(found.output.contains("Attempting to Add file \"secret\" that is excluded by .dockerignore"))
    }
}
