// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU gzip 1.12, gzip(1).

import Diagnostics
import ShellMachine

/// `gunzip`: which files it changes is not followed.
enum Gunzip: CommandModel {
    static let names = ["gunzip"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("gunzip changes files in a way that is not followed", .files)
    }
}
