// SPDX-License-Identifier: Apache-2.0
//
// Source: apt(8) of apt 2.6, measured.

import Diagnostics
import ShellMachine

/// Debian's `apt`: `apt-get` for people, which warns of scripts and asks more.
enum Apt: CommandModel {
    static let names = ["apt"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.systemPackages
    static let options = AptGet.options

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        AptProgram.refuse(problem, &call)
    }

    static func run(_ call: inout Invocation) -> Outcome {
        if !call.has(AptGet.help), !call.has(AptGet.version), !call.operands.isEmpty {
            call.err("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n")
        }
        return AptProgram.run(&call)
    }
}
