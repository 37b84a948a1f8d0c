// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, sha256sum; BusyBox 1.36.

import Diagnostics
import OCISpec
import ShellMachine

/// `sha256sum`: prints and checks SHA-256 digests.
enum Sha256sum: CommandModel {
    static let names = ["sha256sum"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = Checksum.options

    static func run(_ call: inout Invocation) -> Outcome { Checksum(algorithm: .sha256).run(&call) }
}
