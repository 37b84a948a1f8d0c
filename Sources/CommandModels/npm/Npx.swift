// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, npx.

import Diagnostics
import ShellMachine

/// `npx`: runs a program of a package, which is not followed.
enum Npx: CommandModel {
    static let names = ["npx"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.languagePackages
    /// Its words are not looked at.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("npx runs a program that is not followed", .languagePackages)
    }
}
