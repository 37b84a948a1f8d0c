// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import ShellSyntax
import SymbolicBuild
import Testing

@Suite("The shells themselves judge the interpreter")
struct ShellJudgeTests {
    /// What a real shell printed and how it ended, for each script; one process drives them all, for hundreds of processes of
    /// one test run wait for each other's pipes.
    private func judge(
        _ shell: String,
        _ scripts: [String]
    ) throws -> [(stdout: [UInt8], exit: Int)]? {
        let words = shell.split(separator: " ").map(String.init)
        guard let program = words.first, FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: \(shell) is not on this machine")
            return nil
        }
        let scratch = try ScratchFolder()
        for (number, script) in scripts.enumerated() { try scratch.write("\(number).script", script) }
        let driver = """
            cd "$1" || exit 1
            i=0
            while [ -f "$i.script" ]; do
                (cd / && \(shell) -c "$(cat "$1/$i.script")" >"$1/$i.out" 2>/dev/null </dev/null)
                echo $? >"$1/$i.exit"
                i=$((i + 1))
            done
            """
        var variables: [String: String?] = [:]
        for name in ProcessInfo.processInfo.environment.keys { variables[name] = .some(nil) }
        variables.merge(["PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C"]) { $1 }
        let result = try SeaworthyBinary.run(
            "/bin/sh",
            ["-c", driver, "sh", scratch.path],
            in: "/",
            environment: variables,
            timeout: 120
        )
        #expect(result.status == 0 && !result.timedOut, "\(result.error)")
        return try scripts.indices.map { number in
            let exit = String(decoding: try scratch.read("\(number).exit"), as: UTF8.self)
            return (try scratch.read("\(number).out"), Int(exit.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1)
        }
    }

    private func compare(_ shell: String, _ dialect: ShellDialect, _ scripts: [String]) throws {
        guard let expected = try judge(shell, scripts) else { return }
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
            ShellCorpus.posix + ShellCorpus.common + ShellCorpus.forks + ShellCorpus.bash
        )
    }

    @Test("what BusyBox's shell prints and how it ends is what the interpreter says")
    func ash() throws { try compare("/usr/bin/busybox sh", .ash, ShellCorpus.posix) }
}
