// SPDX-License-Identifier: Apache-2.0
//
// Source: add-apt-repository(1) of software-properties.

import Diagnostics
import ShellMachine

/// `add-apt-repository`: adds a source of packages, which is not followed.
enum AddAptRepository: CommandModel {
    static let names = ["add-apt-repository"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.files
    /// Its words are not looked at.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("add-apt-repository adds a source of packages", .files)
    }
}
