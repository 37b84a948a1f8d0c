// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of shadow 4.13, measured.

import Diagnostics
import ImageFilesystem
import OCISpec

extension ShadowCommands {
    static func userdel(_ context: CommandContext) -> Exit {
        guard let options = context.options("f,force r,remove h,help R,root= P,prefix= Z,selinux-user") else {
            return .code(2)
        }
        guard options.operands.count == 1, let name = options.operands.first else { return usage(context, "LOGIN") }
        let (opened, exit) = open(context, "/etc/passwd", code: 1)
        guard var files = opened else { return exit }
        guard let user = files.user(named: name) else { return context.fail("user '\(name)' does not exist", code: 6) }
        remove(user, &files, alsoGroup: files.setting("USERGROUPS_ENAB") != "no")
        files.write(context.execution, keepsBackups: true)
        if options.has("r") {
            context.err("userdel: \(name) mail spool (/var/mail/\(name)) not found\n")
            let execution = context.execution
            if let (path, node) = execution.world.tree.resolve(ImagePath(user.home)), node != nil, !path.isRoot {
                execution.world.take(path)
            } else {
                context.err("userdel: \(name) home directory (\(user.home)) not found\n")
            }
        }
        return .code(0)
    }

    /// Takes a user out of all files, and the group of the same name when nobody else is in it.
    static func remove(_ user: AccountFiles.User, _ files: inout AccountFiles, alsoGroup: Bool) {
        for file in [AccountFiles.File.passwd, .shadow, .subuid, .subgid] {
            files.replace(user.name, in: file, with: nil)
        }
        for group in files.groups where group.members.contains(user.name) {
            files.setMembers(group.members.filter { $0 != user.name }, of: group.name)
        }
        guard alsoGroup, let group = files.group(named: user.name), group.members.isEmpty, group.gid == user.gid,
            !files.users.contains(where: { $0.gid == group.gid })
        else { return }
        files.replace(group.name, in: .group, with: nil)
        files.replace(group.name, in: .gshadow, with: nil)
    }
}
