// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// What scripts and other people's drivers rely on: one JSON document on standard output and nothing else, with these keys.
@Suite("The command line's contract")
struct ContractShapeTests {
    /// The one document that a command printed; anything before or after it is an error.
    static func document(_ result: SeaworthyBinary.Result) throws -> Any {
        #expect(result.outputBytes.last == 0x0A)
        return try JSONSerialization.jsonObject(with: Data(result.outputBytes), options: [.fragmentsAllowed])
    }

    static func object(_ value: Any?) throws -> [String: Any] { try #require(value as? [String: Any]) }

    static func objects(_ value: Any?) throws -> [[String: Any]] { try #require(value as? [[String: Any]]) }

    static func expect(_ object: [String: Any], has keys: String..., sourceLocation: SourceLocation = #_sourceLocation)
    {
        let missing = keys.filter { object[$0] == nil }
        #expect(missing.isEmpty, "missing of \(object.keys.sorted())", sourceLocation: sourceLocation)
    }

    @Test("check --json has every field of a step's judgement, on every step")
    func check() throws {
        let learner = try Learner()
        try learner.learn()
        for step in KillTests.steps {
            let result = try learner.seaworthy("check", "--step", step, "--json")
            let report = try Self.object(try Self.document(result))
            Self.expect(report, has: "lesson", "step", "state", "points", "maxPoints", "checks")
            #expect(report["step"] as? String == step)
            let state = try #require(report["state"] as? String)
            #expect(["passed": 0, "failed": 1, "unknown": 3][state] == result.status)
            var points = 0
            for check in try Self.objects(report["checks"]) {
                Self.expect(
                    check,
                    has: "id",
                    "title",
                    "state",
                    "points",
                    "maxPoints",
                    "message",
                    "expected",
                    "found",
                    "fix",
                    "evidence"
                )
                #expect(["passed", "failed", "unknown", "skipped"].contains(check["state"] as? String))
                points += try #require(check["points"] as? Int)
                for proof in try Self.objects(check["evidence"]) { Self.expect(proof, has: "kind", "detail") }
            }
            #expect(report["points"] as? Int == points)
        }
    }

    /// One learner types these, one after another; `{}` is a folder to write into.
    static let documents: [[String]] = [
        ["lessons"], ["learn"], ["status"], ["next"], ["back"], ["back"], ["goto", "5"], ["next"], ["next"], ["next"],
        ["hint"], ["goto", "1"], ["hint"], ["solution"], ["goto", "4"], ["solution"], ["solution", "--apply"],
        ["copy", "1"],
        ["save", "1", "--to", "saved"], ["answer", "q1", "b"], ["answer", "q1", "a"], ["reset", "--dry-run"],
        ["reset", "--yes"], ["undo"], ["undo"], ["undo"], ["submit", "-o", "{}/handed-in.tar.gz"], ["check"], [],
        ["scout", "config"], ["scout", "config", "organization", "acme"], ["scout", "config", "organization"],
        ["build", "-t", "acme/app", "."], ["scout", "sbom", "acme/app"], ["scout", "recommendations", "acme/app"],
        ["scout", "version"], ["scout", "cache", "df"], ["scout", "cache", "prune"],
        ["dockerfile", "lint", "Dockerfile"], ["scout", "quickview", "node:lts-slim"],
        ["scout", "cves", "node:lts-slim"],
        ["scout", "policy", "node:lts-slim"],
        ["scout", "compare", "--to", "node:lts-slim", "node:22-slim"],
        ["scout", "attestation", "list", "node:lts-slim"],
        ["dockerfile", "parse", "Dockerfile"], ["dockerfile", "config", "Dockerfile"], ["image", "ls"],
        ["image", "tag", "node:lts-slim", "acme/mine"], ["image", "inspect", "acme/mine"],
        ["image", "history", "acme/mine"],
        ["image", "files", "acme/mine"], ["image", "save", "-o", "{}/mine.tar", "acme/mine"],
        ["image", "load", "-i", "{}/mine.tar"], ["image", "rm", "acme/mine"], ["image", "prune"],
        ["advisories", "status"], ["kit", "list"], ["kit", "show", "node:lts-slim"], ["lesson", "lint"], ["doctor"],
        ["version"], ["grade", "--lesson", "securing-your-image", ".", "--out", "{}/grades"],
    ]

    @Test("--json prints one document and nothing else, whatever the command")
    func everywhere() throws {
        let learner = try Learner()
        try learner.learn()
        for command in Self.documents {
            let words = command.map { $0.replacingOccurrences(of: "{}", with: learner.scratch.path) } + ["--json"]
            let result = try learner.seaworthy(words)
            #expect([0, 1, 3].contains(result.status), "\(words): \(result.status) \(result.error)")
            #expect(throws: Never.self, "\(words): \(result.output.prefix(200))") { _ = try Self.document(result) }
        }
    }

    @Test("status --json and lessons --json say where the learner is, with times that a person can read")
    func status() throws {
        let learner = try Learner()
        try learner.learn()
        _ = try learner.seaworthy("goto", "rebuild")
        let status = try Self.object(try Self.document(try learner.seaworthy("status", "--json")))
        Self.expect(status, has: "lesson", "title", "step", "workspace", "points", "maxPoints", "steps")
        #expect(status["step"] as? String == "rebuild")
        let steps = try Self.objects(status["steps"])
        #expect(steps.compactMap { $0["step"] as? String } == KillTests.steps)
        #expect(steps.first?["startedAt"] as? String == "2026-11-18T11:06:40Z")
        let lessons = try Self.objects(try Self.document(try learner.seaworthy("lessons", "--json")))
        let lesson = try #require(lessons.first { $0["id"] as? String == "securing-your-image" })
        Self.expect(lesson, has: "id", "title", "steps", "points", "maxPoints", "step")
    }

    @Test("dockerfile parse --json gives instructions, and errors beside what could be read")
    func parse() throws {
        let learner = try Learner()
        let text = """
            # syntax=docker/dockerfile:1
            # escape=\\
            FROM --platform=$BUILDPLATFORM node:lts-slim AS build
            ENV A=1 \\
                B="two words"
            RUN --mount=type=cache,target=/root <<EOF cat
            hello
            EOF
            ONBUILD COPY --chown=1:2 ["a b", "/c/"]
            CMD ["node", "x.js"]
            WRONG instruction
            """
        let file = try learner.scratch.write("Dockerfile", text)
        let result = try learner.seaworthy("dockerfile", "parse", file, "--json")
        #expect(result.status == 65)
        let document = try Self.object(try Self.document(result))
        Self.expect(document, has: "directives", "escape", "instructions", "errors")
        #expect(document["escape"] as? String == "\\")
        let instructions = try Self.objects(document["instructions"])
        #expect(
            instructions.prefix(5).compactMap { $0["keyword"] as? String } == ["FROM", "ENV", "RUN", "ONBUILD", "CMD"]
        )
        for instruction in instructions {
            Self.expect(
                instruction,
                has: "keyword",
                "flags",
                "form",
                "arguments",
                "json",
                "heredocs",
                "original",
                "startLine",
                "endLine"
            )
        }
        #expect(instructions[0]["startLine"] as? Int == 3)
        #expect(try Self.objects(instructions[0]["flags"]).first?["name"] as? String == "platform")
        #expect(instructions[1]["endLine"] as? Int == 5)
        let heredoc = try #require(try Self.objects(instructions[2]["heredocs"]).first)
        Self.expect(heredoc, has: "name", "content", "expand", "stripTabs", "fd")
        #expect(heredoc["content"] as? String == "hello\n")
        let trigger = try Self.object(instructions[3]["trigger"])
        #expect(trigger["keyword"] as? String == "COPY" && trigger["json"] as? Bool == true)
        #expect(instructions[4]["json"] as? Bool == true)
        #expect(instructions[4]["arguments"] as? [String] == ["node", "x.js"])
        let error = try #require(try Self.objects(document["errors"]).first)
        Self.expect(error, has: "message", "line")
        #expect(error["line"] as? Int == 11)
    }

    @Test("dockerfile config --json predicts configuration and history, and takes a base for what is unknown")
    func config() throws {
        let learner = try Learner()
        let file = try learner.scratch.write(
            "Dockerfile",
            "ARG V=1\nFROM example.org/base:$V\nARG WHO\nENV A=b\nUSER $WHO\nEXPOSE 80/udp\nCMD echo $A\n"
        )
        let base = try learner.scratch.write(
            "base.json",
            #"{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin","LANG=C"],"WorkingDir":"/base"},"rootfs":{"type":"layers","diff_ids":[]}}"#
        )
        let result = try learner.seaworthy(
            "dockerfile",
            "config",
            file,
            "--build-arg",
            "WHO=me",
            "--base",
            base,
            "--json"
        )
        #expect(result.status == 0, "\(result.error)")
        let document = try Self.object(try Self.document(result))
        Self.expect(document, has: "config", "history", "stages", "unknown")
        let config = try Self.object(document["config"])
        #expect(config["User"] as? String == "me")
        #expect(config["Env"] as? [String] == ["PATH=/bin", "LANG=C", "A=b"])
        #expect(config["WorkingDir"] as? String == "/base")
        #expect(config["Cmd"] as? [String] == ["/bin/sh", "-c", "echo $A"])
        #expect((config["ExposedPorts"] as? [String: Any])?.keys.sorted() == ["80/udp"])
        for entry in try Self.objects(document["history"]) { Self.expect(entry, has: "createdBy", "emptyLayer") }
    }

    @Test("image files --json lists absolute paths with type, octal mode, owners, size, link and layer")
    func files() throws {
        let learner = try InteroperationTests.built("--provenance=false")
        let files = try Self.objects(
            try Self.document(try learner.seaworthy("image", "files", "--json", "acme/app:one"))
        )
        #expect(files.count > 50)
        for file in files {
            Self.expect(file, has: "path", "type", "mode", "uid", "gid", "size", "link", "layer")
            #expect((file["path"] as? String)?.hasPrefix("/") == true)
            #expect((file["mode"] as? String)?.allSatisfy { ("0"..."7").contains($0) } == true)
            #expect(["file", "dir", "symlink", "hardlink", "char", "block", "fifo"].contains(file["type"] as? String))
        }
        let paths = files.compactMap { $0["path"] as? String }
        #expect(Set(paths).count == paths.count)
        let passwd = try #require(files.first { $0["path"] as? String == "/etc/passwd" })
        #expect(passwd["mode"] as? String == "0644" && passwd["type"] as? String == "file")
    }

    @Test("scout's JSON forms hold the policies in order, their states and the counts")
    func scout() throws {
        let learner = try InteroperationTests.built("--sbom=true", "--provenance=mode=max")
        for arguments in [["--format", "json"], ["--json"]] {
            let result = try learner.seaworthy(["scout", "quickview"] + arguments + ["acme/app:one"])
            let document = try Self.object(try Self.document(result))
            Self.expect(document, has: "target", "policies", "basis")
            let policies = try Self.object(document["policies"])
            #expect(policies["met"] as? Int == 7)
            let results = try Self.objects(policies["results"])
            #expect(results.count == 7)
            for result in results {
                Self.expect(result, has: "id", "title", "state")
                #expect(result["state"] as? String == "met")
            }
        }
        let cves = try Self.object(
            try Self.document(try learner.seaworthy("scout", "cves", "--format", "json", "acme/app:one"))
        )
        Self.expect(cves, has: "target", "counts", "basis")
        let list = try Self.object(try Self.document(try learner.seaworthy("scout", "sbom", "acme/app:one")))
        Self.expect(list, has: "source", "artifacts", "descriptor")
        let spdx = try Self.object(
            try Self.document(try learner.seaworthy("scout", "sbom", "--format", "spdx", "acme/app:one"))
        )
        Self.expect(
            spdx,
            has: "spdxVersion",
            "SPDXID",
            "name",
            "documentNamespace",
            "creationInfo",
            "packages",
            "relationships"
        )
        let cyclone = try Self.object(
            try Self.document(try learner.seaworthy("scout", "sbom", "--format", "cyclonedx", "acme/app:one"))
        )
        Self.expect(cyclone, has: "bomFormat", "specVersion", "components")
    }

    static let tools: [(arguments: [String], input: String, output: [String])] = [
        (["vercmp", "--scheme", "deb"], "1.0~rc1\t1.0\n1:0\t9\n1.0\t1.0\nonly one\n", ["<", ">", "=", "error:"]),
        (["vercmp", "--scheme", "apk"], "1.2.3-r0\t1.2.3-r1\n1.2_rc1\t1.2\n", ["<", "<"]),
        (["vercmp", "--scheme", "semver"], "1.0.0-alpha\t1.0.0\n1.0.0+a\t1.0.0+b\n", ["<", "="]),
        (["range", "--scheme", "npm"], "^1.2.0\t1.9.9\n^1.2.0\t2.0.0\n", ["true", "false"]),
        (
            ["purl"],
            #"{"type":"parse","input":"pkg:npm/%40scope/name@1.0?a=b#c"}"# + "\n"
                + #"{"type":"build","input":{"type":"deb","namespace":"debian","name":"apt","version":"2.6"}}"#
                + "\n{\n"
                + #"{"type":"validate","input":"not a purl"}"# + "\n",
            [
                #"{"type":"npm","namespace":"@scope","name":"name","version":"1.0","qualifiers":{"a":"b"},"subpath":"c"}"#,
                #""pkg:deb/debian/apt@2.6""#, "error:", "error:",
            ]
        ),
        (["license"], "mit or apache-2.0\nMIT AND\n", ["MIT OR Apache-2.0", "error:"]),
        (
            ["expand"],
            #"{"word":"${A:-x}/$B","env":["B=c d"],"escape":"\\"}"# + "\n" + #"{"word":"${A","env":[]}"# + "\n",
            [#"{"value":"x/c d""#, "error:"]
        ),
        (
            ["ignore"],
            #"{"patterns":["*","!src"],"path":"a"}"# + "\n" + #"{"patterns":["*","!src"],"path":"src/x"}"# + "\n",
            ["true", "false"]
        ),
        (
            ["reference"], "node:lts-slim\nNODE\nghcr.io/a/b@sha256:\(String(repeating: "a", count: 64))\n",
            [
                #"{"domain":"docker.io","path":"library/node","tag":"lts-slim","digest":null}"#, "error:",
                #"{"domain":"ghcr.io","path":"a/b","tag":null,"digest":"sha256:aaaa"#,
            ]
        ),
        (["cvss"], "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\nnonsense\n", ["9.8", "error:"]),
    ]

    @Test("the toolbox answers each line with one line, in order, and never stops at a bad one", arguments: tools)
    func toolbox(arguments: [String], input: String, output: [String]) throws {
        let result = try SeaworthyBinary.run(["toolbox"] + arguments, input: Array(input.utf8))
        #expect(result.status == 0, "\(result.error)")
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count == output.count)
        for (line, expected) in zip(lines, output) { #expect(line.hasPrefix(expected), "\(line)") }
    }
}
