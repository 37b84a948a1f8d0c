// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, yes.

import Diagnostics
import ShellMachine

/// `yes`: writes a line again and again.
enum Yes: CommandModel {
    static let names = ["yes"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    /// Endless in a real shell; here as much as any reader of a build could want.
    static func run(_ call: inout Invocation) -> Outcome {
        let line = Array(((call.arguments.isEmpty ? "y" : call.arguments.joined(separator: " ")) + "\n").utf8)
        var output: [UInt8] = []
        for _ in 0..<max(1, 8_192 / line.count) { output += line }
        call.out(output)
        return .success
    }
}
