// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Testing

@Suite("The shells themselves judge the interpreter", .serialized)
struct ShellJudgeTests {
    private func compare(_ shell: [String], _ dialect: ShellDialect, _ script: String) throws {
        guard let expected = try RealProgram.run(shell + ["-c", script]) else { return }
        let run = ScriptRun(script: script, environment: ["PATH": "/usr/bin:/bin"], dialect: dialect)
        #expect(run.stdout == expected.stdout, "\(script)\n\(run.stderr)")
        #expect(run.exit == expected.exit, "\(script)\n\(run.stderr)")
        #expect(run.unknown == [], "\(script)")
    }

    @Test("what dash prints and how it ends is what the interpreter says", arguments: ShellCorpus.posix)
    func dash(script: String) throws { try compare(["/usr/bin/dash"], .dash, script) }

    @Test(
        "what bash prints and how it ends is what the interpreter says",
        arguments: ShellCorpus.posix + ShellCorpus.bash
    )
    func bash(script: String) throws { try compare(["/usr/bin/bash", "--norc"], .bash, script) }

    @Test("what BusyBox's shell prints and how it ends is what the interpreter says", arguments: ShellCorpus.posix)
    func ash(script: String) throws { try compare(["/usr/bin/busybox", "sh"], .ash, script) }
}
