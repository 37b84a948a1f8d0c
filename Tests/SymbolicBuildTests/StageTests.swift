// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("Stages")
struct StageTests {
    @Test("inherit configuration, files and layers of the stage below, and an image's user is no USER of theirs")
    func inherit() throws {
        let state = try BuildFixture.stage(
            "FROM configured:1 AS Base\nENV A=1\nWORKDIR /w\nUSER node\nFROM base\nCMD [\"x\"]"
        )
        #expect(state.configuration.config.user == "node")
        #expect(state.configuration.config.env?.contains("A=1") == true)
        #expect(state.layers.map(\.createdBy) == ["WORKDIR /w"])
        #expect(state.userInstruction?.stage == 0)
        #expect(state.tree.node(at: "/w")?.isDirectory == true)
        let plain = try BuildFixture.stage("FROM configured:1")
        #expect(plain.configuration.config.user == "app")
        #expect(plain.userInstruction == nil)
    }

    @Test("are built only when the target needs them")
    func needed() throws {
        let text =
            "FROM debian:12 AS a\nFROM debian:12 AS unused\nRUN nonsense\nFROM scratch AS b\nCOPY --from=a /srv /\nFROM b AS c"
        #expect(try BuildFixture.build(text).stages.keys.sorted() == [0, 2, 3])
        #expect(try BuildFixture.build(text) { $0.target = "A" }.stages.keys.sorted() == [0])
    }

    /// Files that cannot be built as a whole, and the first complaint about each.
    static let refused: [(text: String, target: String?, message: String)] = [
        ("FROM debian:12 AS a", "nope", "target stage \"nope\" could not be found"),
        ("FROM debian:12\nFOO bar", nil, "dockerfile parse error on line 2: unknown instruction: FOO"),
        ("", nil, "file with no instructions"),
        ("# only words\n", nil, "file with no instructions"),
        ("ARG A=1\n", nil, "dockerfile contains no stages to build"),
        ("FROM debian:12!", nil, "failed to parse stage name \"debian:12!\": invalid reference format"),
        (
            "FROM debian:12 AS Builder\nFROM Builder", nil,
            "failed to parse stage name \"Builder\": invalid reference format: repository name (library/Builder) must be "
                + "lowercase"
        ),
        ("FROM $NOTHING", nil, "base name ($NOTHING) should not be blank"),
        ("FROM debian:12 AS a\nCOPY --from=b / /\nFROM debian:12 AS b\nCOPY --from=a / /", nil, "circular dependency"),
        ("FROM --platform=a/b/c/d debian:12", nil, "failed to parse platform"),
    ]

    @Test("are refused as BuildKit refuses them", arguments: refused)
    func refuses(text: String, target: String?, message: String) throws {
        let outcome = try BuildFixture.build(text) { $0.target = target }
        #expect(outcome.problem?.message.contains(message) == true, "\(outcome.problem?.message ?? "no problem")")
        #expect(!outcome.isSuccess)
        #expect(outcome.problem?.range != nil)
    }

    @Test("carry out the triggers of their base first and keep none of them")
    func triggers() throws {
        let state = try BuildFixture.stage(
            "FROM trigger:1\nENV LAST=1",
            context: MemoryContext(["app.txt": "hi"])
        )
        #expect(state.configuration.config.env == ["PATH=/usr/bin", "TRIGGERED=yes", "LAST=1"])
        #expect(state.configuration.config.workingDir == "/made")
        #expect(state.configuration.config.onBuild == nil)
        #expect(state.tree.bytes(at: "/made/app.txt") == Array("hi".utf8))
        #expect(
            state.configuration.history.dropFirst().map(\.createdBy) == [
                "ENV TRIGGERED=yes", "WORKDIR /made", "COPY app.txt ./ # buildkit", "ENV LAST=1",
            ]
        )
    }

    @Test("carry out the triggers of a stage below, and a trigger's mistake is a problem of the FROM line")
    func triggersOfStages() throws {
        let state = try BuildFixture.stage("FROM debian:12 AS a\nONBUILD ENV T=1\nFROM a")
        #expect(state.configuration.config.env?.last == "T=1")
        #expect(state.configuration.config.onBuild == nil)
        let outcome = try BuildFixture.build("# one\nFROM trigger:1")
        #expect(outcome.problem?.range?.start.line == 2)
        #expect(outcome.problem?.message.contains("\"/app.txt\": not found") == true)
    }

    @Test("get built when only a trigger of the stage below asks for them")
    func triggerDependency() throws {
        let state = try BuildFixture.stage(
            "FROM debian:12 AS gen\nCOPY <<E /made\nx\nE\nFROM scratch AS base\nONBUILD COPY --from=gen /made /got\nFROM base"
        )
        #expect(state.tree.bytes(at: "/got") == Array("x\n".utf8))
        #expect(state.unknowns == [])
    }

    @Test("on an unknown image are built with what can be known, and say so")
    func unknownBase() throws {
        let outcome = try BuildFixture.build(
            "FROM example.org/x:1\nENV A=1\nRUN make\nCOPY a /a\nCMD [\"x\"]",
            context: MemoryContext(["a": "a"])
        )
        let state = try #require(outcome.target)
        #expect(outcome.problem == nil)
        #expect(outcome.unknowns.map(\.scope) == [.baseImage, .filesystem])
        #expect(outcome.unknowns.map(\.line) == [1, 3])
        #expect(state.configuration.config.cmd == ["x"])
        #expect(state.tree.node(at: "/a") != nil)
        #expect(state.isDoubted(.accounts) && state.isDoubted(.files))
        #expect(outcome.steps.contains { if case .unknown = $0.state { true } else { false } })
    }

    @Test("take the platform of the build or of their FROM")
    func platform() throws {
        let arm = try #require(Platform(parsing: "linux/arm64"))
        let state = try BuildFixture.stage("FROM scratch") { $0.platform = arm }
        #expect(state.configuration.architecture == "arm64")
        #expect(try BuildFixture.stage("FROM --platform=linux/s390x scratch").configuration.architecture == "s390x")
        #expect(try BuildFixture.stage("FROM --platform=arm64 scratch").configuration.architecture == "arm64")
        let unknown = try BuildFixture.stage("FROM --platform=$BUILDPLATFORM example.org/x") { $0.platform = arm }
        #expect(unknown.configuration.architecture == "amd64")
    }

    static let specifiers: [(text: String, platform: String?)] = [
        ("linux/amd64", "linux/amd64"), ("arm64", "linux/arm64"), ("linux", "linux/amd64"), ("x86_64", "linux/amd64"),
        ("Linux/AArch64", "linux/arm64"), ("linux/arm64/v8", "linux/arm64"), ("linux/arm", "linux/arm/v7"),
        ("linux/arm/6", "linux/arm/v6"), ("armhf", "linux/arm/v7"), ("windows", "windows/amd64"),
        ("made/up", "made/up"), ("nothing", nil), ("", nil), ("/", nil), ("linux/", nil), ("linux/arm/v7/x", nil),
        ("linux/amd64,linux/arm64", nil), ("lin ux/amd64", nil), ("$X", nil),
    ]

    @Test("read a platform as containerd does", arguments: specifiers)
    func specifier(text: String, platform: String?) {
        #expect(Platform(specifier: text, builder: .linuxAMD64)?.description == platform)
    }

    @Test("with lines that cannot be parsed are built as far as they can be read")
    func tolerant() throws {
        let outcome = try BuildFixture.build(
            "FROM debian:12\nUSERR node\nEXPOSE\nUSER app\nCOPY a /a\n",
            context: MemoryContext(["a": "a"])
        )
        #expect(outcome.errors.map(\.range.start.line) == [2, 3])
        #expect(outcome.problem?.range?.start.line == 2)
        let state = try #require(outcome.target)
        #expect(state.configuration.config.user == "app")
        #expect(state.tree.node(at: "/a") != nil)
        #expect(state.unknowns.map(\.scope) == [.filesystem, .output])
    }

    @Test("use global arguments in FROM and only what they declare inside")
    func arguments() throws {
        let state = try BuildFixture.stage(
            "ARG TAG=12\nARG USER_NAME=node\nFROM debian:${TAG}\nUSER x$USER_NAME\nARG USER_NAME\nUSER $USER_NAME"
        ) { $0.buildArguments = ["TAG": "12"] }
        #expect(state.configuration.history.map(\.createdBy) == ["base", "USER x", "ARG USER_NAME=node", "USER node"])
    }

    @Test("of a prediction need neither files nor accounts, and take the given configuration for unknown images")
    func prediction() throws {
        var assumed = BuildFixture.settings(["PATH=/opt"])
        assumed.user = "given"
        let outcome = try BuildFixture.build(
            """
            FROM example.org/x AS build
            RUN adduser app
            COPY --chown=app . /app
            FROM example.org/y
            COPY --from=build /app/dist /srv
            COPY --from=example.org/z /a /b
            ADD https://example.org/f.tgz /
            WORKDIR sub
            """,
            context: UnknownContext()
        ) { request in
            request.followsCommands = false
            request.assumedConfiguration = ImageConfiguration(config: assumed)
        }
        #expect(outcome.problem == nil)
        #expect(outcome.target?.configuration.config.user == "given")
        #expect(outcome.target?.configuration.config.env == ["PATH=/opt"])
        #expect(outcome.target?.configuration.config.workingDir == "/sub")
        #expect(outcome.target?.layers.count == 4)
    }
}

@Suite("The steps of a build")
struct BuildStepTests {
    @Test("have BuildKit's names, in order")
    func names() throws {
        let outcome = try BuildFixture.build(
            """
            FROM debian:12 AS one
            WORKDIR /app
            ENV A=1
            FROM one
            COPY a \\
              /b
            COPY <<EOF /c
            first
            second
            EOF
            """,
            context: MemoryContext(["a": "12345"])
        )
        #expect(
            outcome.steps.map(\.name) == [
                "[internal] load build definition from Dockerfile",
                "[internal] load metadata for docker.io/library/debian:12",
                "[internal] load .dockerignore",
                "[internal] load build context",
                "[one 1/2] FROM docker.io/library/debian:12@\(try BuildFixture.image("debian:12").manifestDigest)",
                "[one 2/2] WORKDIR /app",
                "[stage-1 1/3] FROM one",
                "[stage-1 2/3] COPY a   /b",
                "[stage-1 3/3] COPY <<EOF /c (first...)",
            ]
        )
        #expect(outcome.steps[3].log == ["transferring context: 5B done"])
        #expect(outcome.steps.allSatisfy { $0.state == .done })
    }

    @Test("end with the one that stops the build, and the problem names it")
    func stop() throws {
        let outcome = try BuildFixture.build("FROM debian:12\nCOPY none /x\nWORKDIR /never")
        #expect(outcome.steps.last?.name == "[2/3] COPY none /x")
        #expect(outcome.problem?.step == "[2/3] COPY none /x")
        #expect(outcome.target?.configuration.config.workingDir == nil)
        guard case .failed(let message)? = outcome.steps.last?.state else {
            Issue.record("the last step did not fail")
            return
        }
        #expect(message == outcome.problem?.message)
    }

    /// Counts of bytes as progress prints them.
    static let counts: [(bytes: Int, text: String)] = [
        (0, "0B"), (999, "999B"), (1_000, "1.00kB"), (1_234, "1.23kB"), (5_050_000, "5.05MB"), (.max, "9.22EB"),
    ]

    @Test("count bytes in round numbers", arguments: counts)
    func bytes(bytes: Int, text: String) { #expect(ByteCount.text(bytes) == text) }
}
