// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Testing

@Suite("The shells themselves judge the interpreter")
struct ShellJudgeTests {
    /// Runs a script in a real shell; nil when the machine has none of that name.
    private static func real(_ shell: [String], _ script: String) throws -> (exit: Int, stdout: String)? {
        guard FileManager.default.isExecutableFile(atPath: shell[0]) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: shell[0])
        process.arguments = Array(shell.dropFirst()) + ["-c", script]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/root"]
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (Int(process.terminationStatus), String(decoding: data, as: UTF8.self))
    }

    private func compare(_ shell: [String], _ dialect: ShellDialect, _ script: String) throws {
        guard let expected = try Self.real(shell, script) else {
            print("skipped: \(shell[0]) is not on this machine")
            return
        }
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
