// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Asks the shells of this machine.
enum ShellJudge {
    /// What a real shell printed and how it ended, for each script; one process drives them all, for hundreds of processes of
    /// one test run wait for each other's pipes.
    static func answers(of shell: String, to scripts: [String]) throws -> [(stdout: [UInt8], exit: Int)]? {
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
}
