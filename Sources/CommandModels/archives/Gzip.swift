// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU gzip 1.12, gzip(1).

import Diagnostics
import ShellMachine

/// `gzip`: which files it changes is not followed.
enum Gzip: CommandModel {
    static let names = ["gzip"]
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.unknown("gzip changes files in a way that is not followed", .files)
    }
}
