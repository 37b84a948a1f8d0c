// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-mark(8) of apt 2.6.

import Diagnostics
import ShellMachine

/// `apt-mark`: keeps notes of packages that no other program looks at.
enum AptMark: CommandModel {
    static let names = ["apt-mark"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.systemPackages
    /// Its words are not looked at.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        .success
    }
}
