// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js 22, command-line options.

import Diagnostics
import ShellMachine

/// `node`: tells its version; the programs that it runs are not followed.
enum Node: CommandModel {
    static let names = ["node", "nodejs"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.filesystem
    /// Only a few words count, wherever they stand.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments
        if words.contains("--version") || words.contains("-v") {
            if let version = call.environment["NODE_VERSION"]?.string.split(separator: "-").first {
                call.out("v\(version)\n")
            } else {
                call.out("v0.0.0\n", isUnknown: true)
            }
            return .success
        }
        if words.contains("-e") || words.contains("-p") || words.contains("--eval") || words.contains("--print") {
            return call.unknown("a program of Node.js is not followed", .filesystem)
        }
        let script = words.first { !$0.hasPrefix("-") } ?? "standard input"
        return call.unknown("node runs \(script), which is not followed", .filesystem)
    }
}
