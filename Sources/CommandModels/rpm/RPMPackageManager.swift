// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine

/// Package managers of distributions without a model of their own: what they install is not followed.
///
/// They are one model, for all that is known of them is that they change the distribution's packages.
enum RPMPackageManager: CommandModel {
    static let names = ["rpm", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman", "emerge", "xbps-install"]
    static let scope = Unknown.Scope.systemPackages
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        if call.arguments.contains("--version") {
            return call.unknown("the version of \(call.name) is not known", .output)
        }
        let first = call.arguments.first { !$0.hasPrefix("-") } ?? ""
        return call.unknown(
            "\(call.name) \(first) changes packages in a way that is not followed",
            .systemPackages
        )
    }
}
