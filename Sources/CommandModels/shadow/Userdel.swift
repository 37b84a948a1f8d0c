// SPDX-License-Identifier: Apache-2.0
//
// Source: userdel(8) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine
import SystemFiles

/// `userdel`: removes a user.
enum Userdel: AccountProgram {
    static let names = ["userdel"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let removeHome = CommandOption.flag("r", "remove")
    static let options: OptionTable? = OptionTable([
        .flag("f", "force"), removeHome, .flag("h", "help"), .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed, .flag("Z", "selinux-user"),
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = try ShadowProgram.name(&call, "LOGIN")
        var files = try ShadowProgram.open(&call, locking: "/etc/passwd", code: 1)
        guard let user = files.user(named: name) else {
            throw call.ending("user '\(name)' does not exist", code: 6, reason: .userMissing(name))
        }
        files.remove(user, alsoGroup: files.definitions.text("USERGROUPS_ENAB") != "no")
        files.write(to: &call.world, keepsBackups: true)
        guard call.has(removeHome) else { return .success }
        call.err("userdel: \(name) mail spool (/var/mail/\(name)) not found\n")
        if !HomeFolder(of: user).remove(from: &call.world) {
            call.err("userdel: \(name) home directory (\(user.home)) not found\n")
        }
        return .success
    }
}
