// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Testing

@testable import Reporting

@Suite("Checks as text")
struct CheckTextTests {
    static let report = StepReport(
        lesson: "l",
        step: "non-root-user",
        checks: [
            CheckResult(
                id: "a",
                title: "It can be read",
                state: .passed,
                points: 1,
                maxPoints: 1,
                message: "8 instructions."
            ),
            CheckResult(
                id: "b",
                title: "It is not root",
                state: .failed,
                points: 0,
                maxPoints: 4,
                message: "No `USER` is set.",
                expected: "A user",
                found: "No USER",
                fix: "Add one.",
                diff: "--- Dockerfile\n+++ Dockerfile\n@@ -6,2 +6,3 @@\n COPY src/ ./src/\n+USER node\n EXPOSE 3000\n",
                evidence: [
                    Evidence(
                        kind: .dockerfile,
                        file: "Dockerfile",
                        line: 1,
                        endLine: 1,
                        detail: "the stage begins here"
                    ),
                    Evidence(kind: .image, detail: "config.User is not set"),
                ]
            ),
            CheckResult(
                id: "c",
                title: "Policies",
                state: .unknown,
                points: 0,
                maxPoints: 1,
                message: "No data\u{1B}[2J."
            ),
            CheckResult(
                id: "d",
                title: "Later",
                state: .skipped,
                points: 0,
                maxPoints: 1,
                message: "Not judged: \"It is not root\" has to pass first.",
                blockedBy: "b"
            ),
            CheckResult(
                id: "e",
                title: "It starts",
                state: .failed,
                points: 0,
                maxPoints: 0,
                message: "It would not start.",
                isAdvisory: true
            ),
        ]
    )

    @Test("say state, place, expectation, find, mend and diff")
    func plain() {
        #expect(
            CheckText.render(Self.report, usesColour: false, isAscii: true) == """
                [passed] It can be read  (1/1)
                    8 instructions.
                [failed] It is not root  (0/4)
                    No `USER` is set.
                    at Dockerfile:1: the stage begins here
                    Expected: A user
                    Found:    No USER
                    Fix:      Add one.
                      --- Dockerfile
                      +++ Dockerfile
                      @@ -6,2 +6,3 @@
                       COPY src/ ./src/
                      +USER node
                       EXPOSE 3000
                [unknown] Policies  (0/1)
                    \("No data\u{1B}[2J.".harmless)
                [skipped] Later  (0/1)
                    Not judged: "It is not root" has to pass first.
                [advice] It starts
                    It would not start.

                non-root-user: not passed yet. 1 of 7 points.
                """
        )
    }

    @Test("have marks and colours where they may, and never an escape of somebody else's")
    func colour() {
        let text = CheckText.render(Self.report, usesColour: true, isAscii: false)
        #expect(text.contains("\u{1B}[31m✗ failed \u{1B}[0m It is not root"))
        #expect(text.contains("\u{1B}[32m      +USER node\u{1B}[0m"))
        #expect(text.contains("\u{1B}[33m! advice \u{1B}[0m"))
        #expect(!text.contains("\u{1B}[2J"))
        #expect(!CheckText.render(Self.report, usesColour: false, isAscii: false).contains("\u{1B}"))
    }

    @Test("wrap sentences to a width, and neither words nor diffs")
    func wrapped() {
        let text = CheckText.render(Self.report, usesColour: false, isAscii: true, width: 24)
        #expect(text.contains("    at Dockerfile:1: the\n       stage begins here\n"), "\(text)")
        #expect(text.contains("    Expected: A user\n") && text.contains("      +USER node\n"))
        #expect(!text.contains(" \n"))
    }

    @Test("never break a command, so that it can be pasted", arguments: [24, 40, 60, 80])
    func commands(width: Int) {
        let command = "`docker build -t $DOCKER_USERNAME/memes-r-us --sbom=true --load .`"
        let check = CheckResult(
            id: "a",
            title: "A",
            state: .failed,
            points: 0,
            maxPoints: 1,
            message: "A lone ` breaks as ever.",
            fix: "In the workspace, run \(command) and then look at it with `docker scout quickview`."
        )
        let report = StepReport(lesson: "l", step: "s", checks: [check])
        let lines = CheckText.render(report, usesColour: false, isAscii: true, width: width).split(separator: "\n")
        #expect(lines.contains { $0.contains(command) } && lines.contains { $0.contains("`docker scout quickview`.") })
        // The line that sums up stands by itself.
        #expect(lines.dropLast().allSatisfy { $0.count <= width || $0.contains("`docker") }, "\(lines)")
    }

    @Test("call what nothing was handed in for open")
    func open() {
        func check(_ id: String, _ state: CheckResult.State, blockedBy: String? = nil) -> CheckResult {
            CheckResult(id: id, title: id, state: state, points: 0, maxPoints: 0, message: "", blockedBy: blockedBy)
        }
        let report = StepReport(lesson: "l", step: "s", checks: [check("a", .passed), check("b", .skipped)])
        #expect(report.state == .unknown)
        let text = CheckText.render(report, usesColour: false, isAscii: true)
        #expect(text.contains("[open]    b") && text.hasSuffix("s: 1 of 2 still open."), "\(text)")
        let wrong = StepReport(lesson: "l", step: "s", checks: [check("a", .failed), check("b", .skipped)])
        #expect(wrong.state == .failed)
        let blocked = StepReport(lesson: "l", step: "s", checks: [check("b", .skipped, blockedBy: "a")])
        #expect(blocked.state == .failed)
        #expect(CheckText.render(blocked, usesColour: false, isAscii: true).contains("[skipped] b"))
    }

    /// The state of a step and its last line.
    static let summaries: [(state: CheckResult.State, line: String)] = [
        (.passed, "s: passed. 1 of 2 points."), (.failed, "s: not passed yet. 1 of 2 points."),
        (.unknown, "s: could not be judged in full. 1 of 2 points."),
    ]

    @Test("end with what it comes to", arguments: summaries)
    func summary(state: CheckResult.State, line: String) {
        let check = CheckResult(id: "a", title: "A", state: state, points: 1, maxPoints: 2, message: "")
        let report = StepReport(lesson: "l", step: "s", checks: [check])
        #expect(
            CheckText.render(report, usesColour: false, isAscii: true).split(separator: "\n").last.map(String.init)
                == line
        )
        let nothing = StepReport(lesson: "l", step: "s", checks: [])
        #expect(CheckText.render(nothing, usesColour: false, isAscii: true) == "s: passed.")
    }
}
