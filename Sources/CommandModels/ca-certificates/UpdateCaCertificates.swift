// SPDX-License-Identifier: Apache-2.0
//
// Source: ca-certificates 20230311, update-ca-certificates(8).

import Diagnostics
import OCISpec
import ShellMachine

/// `update-ca-certificates`: writes the bundle of certificates, which is not modelled.
enum UpdateCaCertificates: CommandModel {
    static let names = ["update-ca-certificates"]
    static let home = ProgramHome.sbin
    static let scope = Unknown.Scope.files
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        call.world.doubt(
            "the certificate bundle that update-ca-certificates writes is not modelled",
            .files,
            in: ["/etc/ssl"]
        )
        return .success
    }
}
