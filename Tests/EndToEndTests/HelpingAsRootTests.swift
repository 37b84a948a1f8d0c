// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A facilitator who helps as root in a learner's home, and the learner who goes on.
@Suite(
    "Helping as root",
    .enabled(if: geteuid() == 0 && Judge.areThere("setpriv"), "only root with setpriv can be two people")
)
struct HelpingAsRootTests {
    private static let user = "4321"
    private let learner: Learner

    init() throws {
        learner = try Learner()
        #expect(chmod(learner.scratch.path, 0o755) == 0)
        for name in ["home", "person"] {
            try FileManager.default.createDirectory(
                atPath: learner.scratch.path(name),
                withIntermediateDirectories: true
            )
            #expect(chown(learner.scratch.path(name), 4_321, 4_321) == 0)
        }
    }

    private var workspace: String { learner.scratch.path("person/work") }

    /// The program as the learner runs it, or as root.
    private func run(_ words: [String], asLearner: Bool) throws -> SeaworthyBinary.Result {
        let program = try #require(SeaworthyBinary.path)
        var environment = learner.environment
        environment["HOME"] = learner.scratch.path("person")
        let words =
            words + (["learn", "lessons", "shell"].contains(words.first ?? "") ? [] : ["--workspace", workspace])
        guard asLearner else {
            return try SeaworthyBinary.run(program, words, in: workFolder, environment: environment)
        }
        return try SeaworthyBinary.run(
            try #require(SeaworthyBinary.find("setpriv")),
            ["--reuid", Self.user, "--regid", Self.user, "--clear-groups", program] + words,
            in: workFolder,
            environment: environment
        )
    }

    /// The workspace once it is there: what `submit` writes lands in it.
    private var workFolder: String { FileManager.default.fileExists(atPath: workspace) ? workspace : "/" }

    /// A command in the lesson's shell.
    private func shell(_ command: [String], asLearner: Bool) throws -> SeaworthyBinary.Result {
        try run(["shell", "--workspace", workspace, "--"] + command, asLearner: asLearner)
    }

    private func succeeds(_ words: [String], asLearner: Bool) throws {
        let result = try run(words, asLearner: asLearner)
        #expect(result.status == 0, "\(asLearner ? "learner" : "root"): \(words): \(result.error)")
    }

    /// Whatever in the home and the workspace is somebody else's.
    private func strangers() throws -> [String] {
        try SeaworthyBinary.run(
            "/usr/bin/find",
            [learner.scratch.path("home"), workspace, "!", "(", "-uid", Self.user, "-gid", Self.user, ")"]
        ).output.split(separator: "\n").map(String.init)
    }

    /// Whether the learner can run the program at all: a build folder below root's own home cannot be reached by others.
    private func isReachable() throws -> Bool { try run(["lessons"], asLearner: true).status == 0 }

    @Test("the learner's next, back, reset, undo and save work after root did the same", arguments: [true, false])
    func together(learnerBegins: Bool) throws {
        guard try isReachable() else {
            print("skipped: another user cannot run the program where it was built")
            return
        }
        let start = ["learn", "securing-your-image", "--workspace", workspace]
        try succeeds(start, asLearner: learnerBegins)
        let rounds: [[String]] = [
            ["goto", "non-root-user"], ["save", "1"], ["reset", "--yes"], ["undo", "--yes"], ["next"], ["back"],
            ["solution", "--apply"], ["undo", "--yes"], ["redo", "--yes"], ["reset", "--lesson", "--yes"],
            ["set", "DOCKER_USERNAME", "ada"], ["shell", "docker", "version"], ["check"], ["hint"], ["history"],
            ["restore", "1"],
            ["goto", "rebuild", "--files"], ["shell", "docker", "build", "-t", "ada/memes-r-us", "."],
            ["shell", "docker", "scout", "quickview", "ada/memes-r-us"], ["submit"], ["status"],
        ]
        for words in rounds {
            let result =
                words.first == "shell"
                ? try shell(Array(words.dropFirst()), asLearner: false) : try run(words, asLearner: false)
            let codes: [Int32] = words.first == "check" ? [0, 1, 3] : [0]
            #expect(codes.contains(result.status), "root: \(words): \(result.error)")
            #expect(try strangers() == [], "after root's \(words)")
        }
        try succeeds(["goto", "non-root-user"], asLearner: true)
        for words in [
            ["next"], ["back"], ["save", "1"], ["reset", "--yes"], ["undo"], ["redo"], ["restore", "1"], ["history"],
            ["status"],
            ["hint"],
        ] {
            try succeeds(words, asLearner: true)
        }
        #expect([0, 1, 3].contains(try run(["check"], asLearner: true).status))
        let built = try shell(["docker", "build", "-t", "ada/memes-r-us", "."], asLearner: true)
        #expect(built.status == 0, "learner: \(built.error)")
        #expect(try shell(["docker", "rmi", "-f", "ada/memes-r-us"], asLearner: true).status == 0)
        try succeeds(["submit"], asLearner: true)
        #expect(try strangers() == [])
    }
}
