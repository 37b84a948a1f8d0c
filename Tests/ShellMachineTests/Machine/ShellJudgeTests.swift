// SPDX-License-Identifier: Apache-2.0

import CommandModels
import ShellSyntax
import Testing

@Suite("The shells themselves judge the interpreter")
struct ShellJudgeTests {
    private func compare(_ shell: String, _ dialect: ShellDialect, _ scripts: [String]) throws {
        guard let expected = try ShellJudge.answers(of: shell, to: scripts) else { return }
        for (script, answer) in zip(scripts, expected) {
            let run = ScriptRun(script: script, environment: ["PATH": "/usr/bin:/bin"], dialect: dialect)
            #expect(run.stdout == String(decoding: answer.stdout, as: UTF8.self), "\(script)\n\(run.stderr)")
            #expect(run.exit == answer.exit, "\(script)\n\(run.stderr)")
            #expect(run.unknown == [], "\(script)")
        }
    }

    @Test("what dash prints and how it ends is what the interpreter says")
    func dash() throws {
        try compare(
            "/usr/bin/dash",
            .dash,
            ShellCorpus.posix + ShellCorpus.common + ShellCorpus.forks + ShellCorpus.dash
        )
    }

    @Test("what bash prints and how it ends is what the interpreter says")
    func bash() throws {
        try compare(
            "/usr/bin/bash --norc",
            .bash,
            ShellCorpus.posix + ShellCorpus.common + ShellCorpus.forks + ShellCorpus.bash + ShellCorpus.bashArrays
        )
    }

    @Test("what BusyBox's shell prints and how it ends is what the interpreter says")
    func ash() throws { try compare("/usr/bin/busybox sh", .ash, ShellCorpus.posix) }
}
