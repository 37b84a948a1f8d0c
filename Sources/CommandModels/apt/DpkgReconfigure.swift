// SPDX-License-Identifier: Apache-2.0
//
// Source: dpkg-reconfigure(8) of debconf 1.5.

import Diagnostics
import ShellMachine

/// `dpkg-reconfigure`: sets a package up once more, which is not followed.
enum DpkgReconfigure: CommandModel {
    static let names = ["dpkg-reconfigure"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let home = ProgramHome.sbin
    static let scope = Unknown.Scope.files
    /// Its words are not looked at.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("dpkg-reconfigure changes files in a way that is not followed", .files)
    }
}
