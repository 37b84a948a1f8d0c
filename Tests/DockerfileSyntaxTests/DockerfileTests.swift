// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@testable import DockerfileSyntax

@Suite("Dockerfile")
struct DockerfileTests {
    @Test("joins continuation lines and keeps each word's place")
    func continuation() throws {
        let dockerfile = Dockerfile(parsing: "FROM alpine\nRUN apk add \\\n  # why\n\n  curl\n")
        #expect(dockerfile.errors == [])
        let run = try #require(dockerfile.instructions.last)
        #expect(run.original == "RUN apk add   curl")
        #expect(run.emptyContinuationLines == [4])
        #expect(run.startLine == 2 && run.endLine == 5)
        guard case .run(let content) = run.content, case .shell(let script) = content.script else {
            Issue.record("no shell script: \(run.content)")
            return
        }
        #expect(script.text == "apk add   curl")
        #expect(script.position(at: 10) == SourcePosition(line: 5, column: 3))
        #expect(script.position(at: 0) == SourcePosition(line: 2, column: 5))
    }
}
