// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// A learner with a data home and a workspace of their own, who types commands at the built binary.
struct Learner {
    let scratch: ScratchFolder
    let workspace: String

    init() throws {
        scratch = try ScratchFolder()
        workspace = scratch.path("work")
    }

    /// The checkout that the tests stand in.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    var environment: [String: String?] {
        [
            "SEAWORTHY_HOME": scratch.path("home"), "SEAWORTHY_CONTENT": Self.root, "DOCKER_USERNAME": "acme",
            "NO_COLOR": "1",
            "SEAWORTHY_WORKSPACE": nil, "SOURCE_DATE_EPOCH": "1795000000", "CLICOLOR_FORCE": nil, "ACCESSIBLE": nil,
        ]
    }

    /// Runs `seaworthy` in the workspace, or beside it before it is there.
    func seaworthy(_ arguments: String..., input: String = "") throws -> SeaworthyBinary.Result {
        try seaworthy(arguments, input: input)
    }

    func seaworthy(_ arguments: [String], input: String = "") throws -> SeaworthyBinary.Result {
        let isThere = FileManager.default.fileExists(atPath: workspace)
        return try SeaworthyBinary.run(
            arguments,
            in: isThere ? workspace : scratch.path,
            environment: environment,
            input: Array(input.utf8),
            timeout: 120
        )
    }

    /// Types a line at the lesson's shell.
    func shell(_ line: String) throws -> SeaworthyBinary.Result { try seaworthy("shell", "--", line) }

    /// Starts the lesson.
    func learn() throws {
        let result = try seaworthy("learn", "securing-your-image", "--workspace", workspace)
        #expect(result.status == 0, "\(result.error)")
    }

    func dockerfile() throws -> String { try String(contentsOfFile: workspace + "/Dockerfile", encoding: .utf8) }

    func write(_ text: String, to name: String = "Dockerfile") throws {
        try text.write(toFile: workspace + "/" + name, atomically: true, encoding: .utf8)
    }

    /// The starter's Dockerfile with lines in front of EXPOSE.
    func addBeforeExpose(_ lines: String) throws {
        try write(try dockerfile().replacingOccurrences(of: "EXPOSE 3000", with: lines + "\nEXPOSE 3000"))
    }

    /// A step's judgement as JSON.
    func check(_ step: String) throws -> Judged {
        let result = try seaworthy("check", "--step", step, "--json")
        let judged = try JSONDecoder().decode(Judged.self, from: Data(result.outputBytes))
        return Judged(
            lesson: judged.lesson,
            step: judged.step,
            state: judged.state,
            checks: judged.checks,
            exit: result.status
        )
    }
}

/// What `check --json` prints, as a driver reads it.
struct Judged: Decodable {
    let lesson: String
    let step: String
    let state: String
    let checks: [Check]
    var exit: Int32?

    struct Check: Decodable {
        let id: String
        let state: String
        let message: String
        let expected: String?
        let found: String?
        let fix: String?
        let diff: String?
        let evidence: [Proof]
    }

    struct Proof: Decodable {
        let kind: String
        let file: String?
        let line: Int?
        let detail: String
    }

    func check(_ id: String) throws -> Check { try #require(checks.first { $0.id == id }, "no check \(id)") }
}
