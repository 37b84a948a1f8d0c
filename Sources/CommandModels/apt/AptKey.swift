// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-key(8) of apt 2.6.

import Diagnostics
import ShellMachine

/// `apt-key`: changes the keyring, which is not followed.
enum AptKey: CommandModel {
    static let names = ["apt-key"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.files
    /// Its words are not looked at.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("apt-key changes the keyring in a way that is not followed", .files)
    }
}
