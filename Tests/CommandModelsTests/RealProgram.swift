// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport

/// Runs a real program as a judge.
enum RealProgram {
    /// Runs a program with nothing at its input; nil when the machine does not have it.
    static func run(
        _ words: [String],
        in folder: URL = URL(fileURLWithPath: "/"),
        environment: [String: String] = [:]
    ) throws -> (exit: Int, stdout: String)? {
        guard let program = words.first, FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: \(words.first ?? "") is not on this machine")
            return nil
        }
        var variables: [String: String?] = [:]
        for name in ProcessInfo.processInfo.environment.keys { variables[name] = .some(nil) }
        variables.merge(["PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C"]) { $1 }
        for (name, value) in environment { variables[name] = value }
        let result = try SeaworthyBinary.run(
            program,
            Array(words.dropFirst()),
            in: folder.path,
            environment: variables,
            timeout: 30
        )
        return (Int(result.status), result.output)
    }
}
