// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SymbolicBuild
import Testing

@testable import Reporting

@Suite("Plain progress")
struct PlainProgressTests {
    @Test("prints numbered steps with their output and how they ended")
    func steps() {
        let steps = [
            BuildStep(
                name: "[internal] load build definition from Dockerfile",
                log: ["transferring dockerfile: 20B done"]
            ),
            BuildStep(name: "[1/3] FROM docker.io/library/node:lts-slim@sha256:1"),
            BuildStep(name: "[2/3] RUN tool", log: ["hi", "\u{1B}[31mred"], state: .unknown("tool is not followed")),
            BuildStep(name: "[3/3] RUN false", state: .failed("process \"/bin/sh -c false\" failed")),
        ]
        #expect(
            PlainProgress.render(steps) == """
                #0 building with "seaworthy" instance using symbolic driver

                #1 [internal] load build definition from Dockerfile
                #1 transferring dockerfile: 20B done
                #1 DONE 0.0s

                #2 [1/3] FROM docker.io/library/node:lts-slim@sha256:1
                #2 DONE 0.0s

                #3 [2/3] RUN tool
                #3 hi
                #3 \("\u{1B}[31mred".harmless)
                #3 UNKNOWN: tool is not followed
                #3 DONE 0.0s

                #4 [3/3] RUN false
                #4 ERROR: process "/bin/sh -c false" failed
                """
        )
        #expect(!PlainProgress.render(steps).contains("\u{1B}"))
    }

    @Test("keeps a step to one line, however its instruction is written")
    func oneLine() {
        let text = PlainProgress.render([BuildStep(name: "[2/2] RUN <<EOF\nid\n#1 DONE\nEOF")])
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test("shows a problem with its last words, its lines and the way out")
    func problem() {
        let problem = BuildProblem(
            "process \"/bin/sh -c false\" did not complete successfully: exit code: 1",
            range: SourceRange(lines: 3...4),
            exitCode: 1,
            output: ["one", "two"],
            step: "[2/2] RUN false",
            fix: "do something else"
        )
        let file = ["FROM a", "", "RUN false \\", "  && true", "CMD x", "# end", "# more"]
        #expect(
            PlainProgress.render(problem, dockerfile: file, path: "Dockerfile") == """
                ------
                 > [2/2] RUN false:
                one
                two
                ------
                Dockerfile:3
                --------------------
                   1 |     FROM a
                   2 |     \("")
                   3 | >>> RUN false \\
                   4 | >>>   && true
                   5 |     CMD x
                   6 |     # end
                --------------------
                ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1
                  → do something else
                """
        )
    }

    /// Lines to mark in a file of four, and the first and last line shown.
    static let excerpts: [(marked: ClosedRange<Int>, shown: [String])] = [
        (1...1, ["   1 | >>> a", "   2 |     b", "   3 |     c"]),
        (4...4, ["   2 |     b", "   3 |     c", "   4 | >>> d"]),
        (9...9, []),
    ]

    @Test("never looks beyond the file", arguments: excerpts)
    func excerpt(marked: ClosedRange<Int>, shown: [String]) {
        let text = PlainProgress.excerpt(["a", "b", "c", "d"], path: "D", lines: marked)
        #expect(text.split(separator: "\n").map(String.init).filter { $0.contains("|") } == shown)
    }

    @Test("has no excerpt and no step where a problem has none")
    func bare() {
        #expect(
            PlainProgress.render(BuildProblem("no stages"), dockerfile: [], path: "D")
                == "ERROR: failed to solve: no stages"
        )
    }
}
