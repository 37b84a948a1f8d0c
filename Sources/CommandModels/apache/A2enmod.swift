// SPDX-License-Identifier: Apache-2.0
//
// Source: Debian's apache2, a2enmod(8).

import Diagnostics
import OCISpec
import ShellMachine

/// `a2enmod` and its kin: links in Apache's folders of settings; which modules another one needs is not followed.
enum A2enmod: CommandModel {
    static let names = ["a2enmod", "a2dismod", "a2ensite", "a2dissite", "a2enconf", "a2disconf"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let home = ProgramHome.sbin
    static let scope = Unknown.Scope.files
    /// The few options change nothing of where it writes.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        guard call.world.isRoot else { return call.unknown("whether \(call.name) may write is not known", .files) }
        let places = ["conf-enabled", "mods-enabled", "sites-enabled"].map { ImagePath("/etc/apache2/" + $0) }
        call.world.doubt(
            "\(call.name) makes or takes away links in Apache's folders; which is not followed",
            .files,
            in: places + ["/var/lib/apache2"]
        )
        return .unknown
    }
}
