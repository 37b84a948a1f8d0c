// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, sha512sum; BusyBox 1.36.

import Diagnostics
import OCISpec
import ShellMachine

/// `sha512sum`: prints and checks SHA-512 digests.
enum Sha512sum: CommandModel {
    static let names = ["sha512sum"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = Checksum.options

    static func run(_ call: inout Invocation) -> Outcome { Checksum(algorithm: .sha512).run(&call) }
}
