// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import Testing

@testable import LessonChecks

@Suite("The kinds of checks")
struct KindTests {
    private static let runtime = "docker/dhi-node:24-alpine3.22"

    /// Base, command lines, state and words of the message; the table of the hardened images' trap.
    static let commands: [(base: String, lines: String, state: CheckResult.State, message: String)] = [
        ("node:lts-slim", "CMD [\"node\",\"src/index.js\"]", .passed, "starts"),
        ("node:lts-slim", "CMD [\"src/index.js\"]", .passed, "node in front"),
        ("node:lts-slim", "CMD [\"npm\",\"start\"]", .passed, "npm"),
        ("node:lts-slim", "CMD node src/index.js", .passed, ""),
        ("node:lts-slim", "CMD [\"--version\"]", .passed, "node in front"),
        ("node:lts-slim", "CMD [\"src/none.js\"]", .failed, "/usr/local/app/src/none.js"),
        ("node:lts-slim", "CMD [\"node\",\"none.js\"]", .failed, "/usr/local/app/none.js"),
        ("node:lts-slim", "CMD [\"node\",\"src/index\"]", .passed, ""),
        (runtime, "CMD [\"node\",\"src/index.js\"]", .passed, "starts node"),
        (runtime, "CMD [\"src/index.js\"]", .failed, "it has no execute permission"),
        (runtime, "CMD [\"npm\",\"start\"]", .failed, "has no npm"),
        (runtime, "CMD node src/index.js", .failed, "shell form"),
        (runtime, "CMD [\"--version\"]", .failed, "has no --version"),
        (runtime, "ENTRYPOINT [\"node\"]\nCMD [\"src/index.js\"]", .passed, "starts node"),
        (runtime, "ENTRYPOINT [\"node\"]\nCMD [\"node\",\"src/index.js\"]", .failed, "/usr/local/app/node"),
        (runtime, "CMD [\"/usr/local/bin/node\",\"/usr/local/app/src/index.js\"]", .passed, ""),
        (runtime, "", .passed, "starts node"),
        (runtime + "-dev", "CMD [\"src/index.js\"]", .failed, "execute src/index.js itself"),
        (runtime + "-dev", "CMD [\"npm\",\"start\"]", .passed, "starts npm"),
        (runtime + "-dev", "CMD node src/index.js", .passed, "starts /bin/sh"),
        ("example.org/x", "CMD [\"src/index.js\"]", .unknown, "it may have an entrypoint"),
        ("example.org/x", "ENTRYPOINT [\"serve\"]", .unknown, "not fully known"),
        ("scratch", "", .failed, "neither ENTRYPOINT nor CMD"),
        ("scratch", "CMD [\"/server\"]", .failed, "has no /server"),
    ]

    @Test("command-starts follows the table of the trap", arguments: commands)
    func commandStarts(base: String, lines: String, state: CheckResult.State, message: String) throws {
        let text = "FROM \(base)\nWORKDIR /usr/local/app\nCOPY src/ ./src/\n\(lines)\n"
        let result = try CheckFixture.check("command-starts", text)
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
    }

    /// A kind, a Dockerfile, the state and words of the message.
    static let table: [(kind: String, text: String, state: CheckResult.State, message: String)] = [
        ("dockerfile-parses", "FROM node:lts-slim\n", .passed, "Dockerfile can be read: 1 instructions"),
        (
            "dockerfile-parses", "FROM node:lts-slim\nFOO\n  BAR x\n", .failed,
            "Dockerfile:2:1: unknown instruction: FOO"
        ),
        (
            "dockerfile-parses", "FROM node:lts-slim\nFOO\n  BAR x\n", .failed,
            "Dockerfile:3:3: unknown instruction: BAR"
        ),
        ("dockerfile-parses", "", .failed, "file with no instructions"),
        ("final-base", "FROM \(runtime)\n", .passed, "a hardened runtime image"),
        ("final-base", "FROM dhi.io/node:24-alpine3.22\n", .passed, "a hardened runtime image"),
        ("final-base", "FROM acme/dhi-node:24-alpine3.22\n", .passed, "a hardened runtime image"),
        ("final-base", "ARG V=24-alpine3.22\nFROM docker/dhi-node:$V AS a\nFROM a\n", .passed, "runtime"),
        ("final-base", "FROM \(runtime)-dev\n", .failed, "a build variant"),
        ("final-base", "FROM docker/dhi-node:24-alpine3.222\n", .unknown, "is not in the recorded catalogue"),
        ("final-base", "FROM docker/dhi-node@sha256:\(String(repeating: "a", count: 64))\n", .unknown, "without a tag"),
        ("final-base", "FROM docker/dhi-node:99-dev\n", .failed, "a build variant"),
        (
            "stage-base", "FROM docker/dhi-node:99-dev AS b\nFROM \(runtime)\nCOPY --from=b /x /y\n", .unknown,
            "catalogue"
        ),
        ("final-base", "FROM node:lts-slim\n", .failed, "which is no Docker Hardened Image"),
        ("final-base", "FROM scratch\n", .failed, "starts from nothing"),
        ("final-base", "FROM Node:LTS\n", .failed, "no image reference"),
        (
            "stage-base", "FROM \(runtime)-dev AS b\nRUN npm ci\nFROM \(runtime)\nCOPY --from=b /x /y\n", .passed,
            "Stage b starts from"
        ),
        (
            "stage-base", "FROM \(runtime)-dev AS b\nRUN cd /;npm ci\nFROM scratch\nCOPY --from=0 /x /y\n", .passed,
            "a build variant"
        ),
        ("stage-base", "FROM \(runtime) AS b\nFROM \(runtime)\nCOPY --from=b /x /y\n", .failed, "the runtime variant"),
        (
            "stage-base", "FROM node:lts-slim AS b\nFROM \(runtime)\nCOPY --from=b /x /y\n", .failed,
            "no Docker Hardened Image"
        ),
        (
            "stage-base", "FROM \(runtime)-dev AS b\nFROM \(runtime)\n", .failed,
            "Nothing of stage b gets into the image"
        ),
        (
            "stage-base", "FROM \(runtime)\nCOPY --from=b /x /y\nFROM \(runtime)-dev AS b\nRUN npm ci\n", .failed,
            "The last stage makes the image, and that is stage b"
        ),
        ("stage-base", "FROM \(runtime)-dev\n", .failed, "one stage only"),
        ("stage-base", "FROM scratch AS b\nFROM \(runtime)\nCOPY --from=b /x /y\n", .failed, "starts from nothing"),
        ("no-run-in-final-stage", "FROM node:lts-slim AS b\nRUN true\nFROM \(runtime)\n", .passed, "runs no command"),
        ("no-run-in-final-stage", "FROM node:lts-slim\nRUN true\nRUN true\n", .failed, "on line 2"),
        ("no-shell", "FROM \(runtime)\n", .passed, "no shell"),
        ("no-shell", "FROM \(runtime)-dev\n", .failed, "has a shell: /bin/"),
        ("no-shell", "FROM node:lts-slim\n", .failed, "has a shell"),
        (
            "no-shell", "FROM alpine:3.22 AS a\nFROM \(runtime)\nCOPY --from=a /bin/busybox /bin/sh\n", .failed,
            "/bin/sh"
        ),
        ("no-shell", "FROM \(runtime)\nCOPY --from=example.org/x /bin/sh /bin/sh\n", .failed, "/bin/sh"),
        ("no-shell", "FROM \(runtime)\nCOPY --from=example.org/x /usr /usr\n", .unknown, "not fully known"),
        ("no-shell", "FROM \(runtime)\nCOPY --from=example.org/x /app /app\n", .passed, "no shell"),
        ("no-shell", "FROM example.org/x\n", .unknown, "nothing is known of the base image"),
        ("no-shell", "FROM \(runtime)\nRUN true\n", .failed, "The image does not build: line 2"),
        ("no-package-manager", "FROM \(runtime)\n", .passed, "no package manager"),
        ("no-package-manager", "FROM \(runtime)-dev\n", .failed, "package manager: /"),
        ("smaller-than", "FROM \(runtime)\n", .passed, "The image shrank by"),
        ("smaller-than", "FROM node:lts-slim\n", .failed, "not smaller than node:lts-slim"),
        ("smaller-than", "FROM example.org/x\n", .unknown, "No size is recorded of the image"),
        ("attestations", "FROM node:lts-slim\n", .passed, "An SBOM and provenance in max mode are attached."),
        ("attestations", "FROM node:lts-slim\nCOPY none /\n", .failed, "The image does not build: line 2"),
        ("attestations", "FROM node:lts-slim\nFOO\n", .failed, "There is no image to judge"),
        ("policies", CheckFixture.classic(""), .failed, "6/7 policies met"),
        ("policies", CheckFixture.classic("USER node"), .passed, "7/7 policies met"),
        ("policies", "FROM example.org/x\nUSER 7\n", .unknown, "no data for"),
    ]

    @Test("judge Dockerfiles as they should", arguments: table)
    func judges(kind: String, text: String, state: CheckResult.State, message: String) throws {
        let parameters: [String: LessonParameter] = ["base": .string("node:lts-slim"), "met": .string("all")]
        let result = try CheckFixture.check(kind, text, parameters)
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
        if state != .passed { #expect(result.expected != nil) }
        for evidence in result.evidence where evidence.kind == .dockerfile { #expect(evidence.file == "Dockerfile") }
    }

    /// Lines of the last stage, the state and words of the message.
    static let copies: [(lines: String, state: CheckResult.State, message: String)] = [
        ("COPY --from=b /usr/local/app/node_modules ./node_modules", .passed, "node_modules comes from stage b."),
        ("COPY --from=0 /usr/local/app/node_modules/ ./node_modules/", .passed, "from stage b"),
        ("COPY --from=B /usr/local/app/node_modules* ./node_modules", .passed, "from stage b"),
        ("COPY --from=b /usr/local/app/node_modules /usr/local/app/node_modules", .passed, "from stage b"),
        ("COPY --from=b --parents /usr/local/app/node_modules /", .passed, "from stage b"),
        ("COPY --from=b --chown=node:node [\"/usr/local/app/node_modules\", \"./node_modules\"]", .passed, "stage b"),
        ("COPY --from=b /usr/local/app/node_modules/* ./node_modules/", .failed, "pours the packages into one another"),
        ("COPY --from=b /usr/local/app/node_modules ./", .failed, "It lands in /app, where node does not look"),
        ("COPY --from=b /usr/local/app/node_modules .", .failed, "COPY takes a folder's content"),
        (
            "COPY --from=b /usr/local/app/node_modules/views ./node_modules/views", .failed,
            "assets and 2 more are missing in the final image"
        ),
        ("COPY --from=b /srv/node_modules ./node_modules", .failed, "stage b, which does not have it at that path"),
        ("COPY --from=1 /usr/local/app/node_modules ./node_modules", .failed, "only a stage above its own"),
        ("COPY --from=2 /usr/local/app/node_modules ./node_modules", .failed, "is no stage of this Dockerfile"),
        ("ARG D=/usr/local/app/node_modules\nCOPY --from=b $D ./node_modules", .passed, "from stage b"),
        ("COPY --from=b /usr/local/app ./", .passed, "within /usr/local/app"),
        ("COPY --from=b /usr/local/app/package.json ./node_modules/", .failed, "the lesson's message"),
        ("COPY node_modules ./node_modules", .failed, "Line 5 copies node_modules from the build context"),
        ("COPY --from=bulider /usr/local/app/node_modules ./node_modules", .failed, "from bulider, which is no stage"),
        ("COPY src ./src", .failed, "the lesson's message"),
    ]

    @Test("copy-from-stage looks at what comes from where", arguments: copies)
    func copyFromStage(lines: String, state: CheckResult.State, message: String) throws {
        let text =
            "FROM \(Self.runtime)-dev AS b\nWORKDIR /usr/local/app\nCOPY src ./node_modules\nFROM \(Self.runtime)\n\(lines)\n"
        let result = try CheckFixture.check("copy-from-stage", text, ["path": .string("node_modules")])
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
        guard state == .failed else { return }
        let diff = try #require(result.diff, "\(result.message)")
        let mended = try #require(try CheckFixture.patched(text, diff), "patch is not installed here")
        let after = try CheckFixture.check("copy-from-stage", mended, ["path": .string("node_modules")])
        #expect(after.state == .passed, "\(after.message)\n\(diff)")
    }

    /// Kinds of check and files whose diff is to mend them.
    static let mendable: [(kind: String, text: String)] = [
        ("final-base", "FROM \(runtime)-dev AS b\nFROM \(runtime)-dev\nCOPY --from=b /x /y\n"),
        ("final-base", "FROM \(runtime)-dev AS b\nFROM node:lts-slim\nCOPY --from=b /x /y\n"),
        ("final-base", "FROM dhi.io/node:24-alpine3.22-dev"),
        ("stage-base", "FROM \(runtime) AS b\nFROM \(runtime)\nCOPY --from=b /x /y\n"),
        ("stage-base", "FROM node:lts-slim AS b\r\nFROM \(runtime)\r\nCOPY --from=b /x /y\r\n"),
        ("no-run-in-final-stage", "FROM \(runtime)-dev AS b\nFROM \(runtime)\nCOPY --from=b /bin /x\nRUN a \\\n && b"),
        ("command-starts", "FROM \(runtime)\nCOPY src ./src\nCMD [\"src/index.js\"]\n"),
        ("command-starts", "FROM \(runtime)\nCOPY src ./src\nCMD node src/index.js"),
        ("command-starts", "FROM \(runtime)\nCOPY src ./src\nCMD ['node', 'src/index.js']\nUSER node\n"),
        ("command-starts", "FROM \(runtime)\nCOPY src ./src\nCMD [\"npm\", \"start\"]\n"),
        ("command-starts", "FROM \(runtime)\nCOPY src ./src\nENTRYPOINT [\"sh\", \"-c\", \"node src/index.js\"]\n"),
        ("policies", CheckFixture.classic("")), ("policies", CheckFixture.classic("USER root")),
    ]

    @Test("give diffs that patch takes and that mend the file", arguments: mendable)
    func mends(kind: String, text: String) throws {
        let parameters: [String: LessonParameter] = ["met": .string("all")]
        let result = try CheckFixture.check(kind, text, parameters)
        #expect(result.state == .failed)
        let diff = try #require(result.diff, "\(result.message)")
        let mended = try #require(try CheckFixture.patched(text, diff), "patch is not installed here")
        let after = try CheckFixture.check(kind, mended, parameters)
        #expect(after.state == .passed, "\(after.message)\n\(diff)")
    }

    /// Names of a Dockerfile in a workspace, and whether it is found.
    static let names: [(name: String, isFound: Bool)] = [
        ("Dockerfile", true), ("dockerfile", true), ("DockerFile", true), ("Containerfile", true),
        ("Dockerfile.txt", true), ("mine.Dockerfile", true), ("Dockerfile (1)", true), ("Dockerfile - Copy", true),
        ("app/Dockerfile", true), ("Dockerfile.dockerignore", false), ("file", false), ("Dockerfiles", false),
    ]

    @Test("find the Dockerfile under the names that people give it", arguments: names)
    func finds(name: String, isFound: Bool) throws {
        let result = try CheckFixture.check("user-non-root", nil, files: [name: CheckFixture.classic("USER node")])
        #expect((result.state == .passed) == isFound, "\(name): \(result.message)")
    }

    @Test("keep to the .dockerignore that was handed in, also for the starter's files behind it")
    func ignored() throws {
        let text = CheckFixture.classic("USER node")
        let all = try CheckFixture.check("user-non-root", text, files: [".dockerignore": "*.md\n"])
        #expect(all.state == .passed, "\(all.message)")
        let none = try CheckFixture.check("user-non-root", text, files: [".dockerignore": "src\npackage*.json\n"])
        #expect(none.state == .failed && none.message.contains("The image does not build"), "\(none.message)")
    }

    @Test(
        "that look at work fail without a Dockerfile and say where it was looked for",
        arguments: CheckKinds.all.map { $0.name }
    )
    func noDockerfile(kind: String) throws {
        if ["command", "image-built", "image-attestations", "quiz", "setting"].contains(kind) { return }
        let parameters: [String: LessonParameter] = ["base": .string("node:lts-slim"), "path": .string("node_modules")]
        let result = try CheckFixture.check(kind, nil, parameters)
        #expect(result.state == .failed)
        #expect(result.message == "There is no Dockerfile at Dockerfile.")
        #expect(result.fix?.contains("seaworthy reset") == true)
    }

    @Test("have names of their own, each with a file")
    func registry() {
        let names = CheckKinds.all.map { $0.name }
        #expect(Set(names).count == names.count)
        #expect(StepJudge.kindNames == Set(names))
        #expect(CheckKinds.named("nonsense") == nil)
    }

    /// Parts of a learner's record: kind, parameters, and the record's outcomes.
    static let record = LearnerRecord(
        commands: [
            .init(line: "docker scout quickview acme/memes-r-us", exitCode: 0),
            .init(line: "docker build .", exitCode: 1),
        ],
        images: [
            .init(repository: "acme/memes-r-us", tag: "latest", hasSBOM: true, provenanceMode: "max"),
            .init(repository: "acme/memes-r-us", tag: "bare", hasSBOM: false, provenanceMode: nil),
            .init(repository: "memes", tag: "min", hasSBOM: true, provenanceMode: "min"),
        ],
        settings: ["organization": "acme", "empty": ""],
        answers: ["q1": "B", "q2": "a", "q3": "z"]
    )

    static let recorded: [(kind: String, parameters: [String: String], state: CheckResult.State, message: String)] = [
        (
            "command", ["command": "docker scout quickview"], .passed,
            "You ran `docker scout quickview acme/memes-r-us`."
        ),
        ("command", ["command": "docker scout quick"], .failed, "the lesson's message"),
        ("command", ["command": "docker build"], .failed, "ended with exit code 1"),
        ("image-built", ["repository": "memes-r-us"], .passed, "acme/memes-r-us:bare is there"),
        ("image-built", ["repository": "memes-r-us", "tag": "updated"], .failed, "the lesson's message"),
        ("image-built", ["repository": "es-r-us"], .failed, "the lesson's message"),
        ("image-attestations", ["repository": "memes-r-us", "tag": "latest"], .passed, "are attached"),
        ("image-attestations", ["repository": "memes-r-us", "tag": "bare"], .failed, "lacks an SBOM and provenance"),
        ("image-attestations", ["repository": "memes", "tag": "min"], .failed, "mode=min"),
        ("image-attestations", ["repository": "none"], .failed, "the lesson's message"),
        ("setting", ["key": "organization"], .passed, "The organization is acme."),
        ("setting", ["key": "empty"], .failed, "the lesson's message"),
        ("quiz", ["question": "q1"], .passed, "right"),
        ("quiz", ["question": "q2"], .failed, "wrong"),
        ("quiz", ["question": "q3"], .failed, "none of the options"),
        ("quiz", ["question": "q4"], .failed, "no answer yet"),
    ]

    @Test("judge what a learner did", arguments: recorded)
    func judgesRecord(kind: String, parameters: [String: String], state: CheckResult.State, message: String) throws {
        let options = [
            Question.Option(id: "a", text: "A", explanation: "wrong"), .init(id: "b", text: "B", explanation: "right"),
        ]
        let questions = ["q1", "q2", "q3", "q4"].map { Question(id: $0, text: "?", options: options, answer: "b") }
        let result = try CheckFixture.check(
            kind,
            nil,
            parameters.mapValues { .string($0) },
            record: Self.record,
            questions: questions
        )
        #expect(result.state == state)
        #expect(result.message.contains(message), "\(result.message)")
    }

    @Test("refuse a lesson that leaves their parameters out")
    func parameters() {
        for kind in ["copy-from-stage", "smaller-than"] {
            #expect(throws: Failure.self) { try CheckFixture.check(kind, "FROM scratch\n") }
        }
        for kind in ["command", "image-built", "image-attestations", "setting", "quiz"] {
            #expect(throws: Failure.self) { try CheckFixture.check(kind, nil, record: Self.record) }
        }
        #expect(throws: Failure.self) { try CheckFixture.check("nonsense", "FROM scratch\n") }
    }
}
