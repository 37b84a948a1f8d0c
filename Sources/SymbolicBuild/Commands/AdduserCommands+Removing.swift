// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of deluser 3.134 (Debian 12), measured.

import Diagnostics
import ImageFilesystem
import OCISpec

extension AdduserCommands {
    static func deluser(_ context: CommandContext) -> Exit {
        let specification =
            "quiet,q debug verbose version,v help,h group conf,c= system only-if-empty remove-home remove-all-files backup "
            + "backup-to= backup-suffix= no-preserve-root"
        let words = PerlOptions(context.arguments, specification)
        for message in words.messages { context.err(message + "\n") }
        let options = CommandOptions(words.arguments, specification)
        guard words.messages.isEmpty, options.problem == nil else {
            // A summary of the options follows, whose text is not ours to keep.
            context.out("", isUnknown: true)
            return .code(1)
        }
        if options.has("help") {
            return context.unknown("the text of \(context.name) --help is not known", .output)
        }
        if options.has("version") {
            return context.unknown("the text of \(context.name) --version is not known", .output)
        }
        guard context.isRoot else { return context.fail("Only root may remove a user or group from the system.") }
        guard let name = options.operands.first else { return context.fail("Only one or two names allowed.") }
        var files = AccountFiles(context.execution.world.tree)
        if files.isUnknown { return context.unknown("the accounts of the image are not known", .filesystem) }
        let removesFiles = options.has("remove-home") || options.has("remove-all-files") || options.has("backup")
        if removesFiles {
            guard let status = AccountFiles.text(context.execution.world.tree, "/var/lib/dpkg/status") else {
                return context.unknown("whether the package perl is installed is not known", .filesystem)
            }
            // The modules that look for files are not in perl-base.
            guard "\n\(status)".contains("\nPackage: perl\n") else {
                return context.fail(
                    "In order to use the --remove-home, --remove-all-files, and --backup features,\nyou need to install the "
                        + "`perl' package. To accomplish that, run\napt-get install perl.",
                    code: 8
                )
            }
            if options.has("backup") || options.has("remove-all-files") {
                return context.unknown("which files deluser removes is not followed", .filesystem)
            }
        }
        if context.name == "delgroup" || options.has("group"), options.operands.count == 1 {
            guard let group = files.group(named: name) else {
                if !options.has("quiet") { context.warn("The group `\(name)' does not exist.") }
                return .code(options.has("system") ? 0 : 3)
            }
            if let user = files.users.first(where: { $0.gid == group.gid }) {
                return context.fail("`\(user.name)' still has `\(name)' as their primary group!", code: 7)
            }
            if options.has("only-if-empty"), !group.members.isEmpty {
                return context.fail("The group `\(name)' is not empty!", code: 5)
            }
            say("Removing group `\(name)' ...", options, context)
            files.replace(name, in: .group, with: nil)
            files.replace(name, in: .gshadow, with: nil)
            files.write(context.execution, keepsBackups: true)
            say("Done.", options, context)
            return .code(0)
        }
        if options.operands.count == 2 {
            let groupName = options.operands[1]
            guard files.user(named: name) != nil else {
                return context.fail("The user `\(name)' does not exist.", code: 2)
            }
            guard let group = files.group(named: groupName) else {
                return context.fail("The group `\(groupName)' does not exist.", code: 3)
            }
            if files.user(named: name)?.gid == group.gid {
                return context.fail("You may not remove the user from their primary group.", code: 7)
            }
            guard group.members.contains(name) else {
                return context.fail("The user `\(name)' is not a member of group `\(groupName)'.", code: 6)
            }
            say("Removing user `\(name)' from group `\(groupName)' ...", options, context)
            files.setMembers(group.members.filter { $0 != name }, of: groupName)
            files.write(context.execution, keepsBackups: true)
            say("Done.", options, context)
            return .code(0)
        }
        guard let user = files.user(named: name) else {
            if options.has("system") {
                if !options.has("quiet") {
                    context.warn("The user `\(name)' does not exist, but --system was given. Exiting.")
                }
                return .code(0)
            }
            return context.fail("The user `\(name)' does not exist.", code: 2)
        }
        if options.has("system"), !(100...999).contains(user.uid) {
            return context.fail("The user `\(name)' is not a system user. Exiting.")
        }
        if user.uid == 0, !options.has("no-preserve-root") {
            context.out(
                "WARNING: You are just about to delete the root account (uid 0)\nUsually this is never required as it may "
                    + "render the whole system unusable\nIf you really want this, call deluser with parameter "
                    + "--no-preserve-root\nStopping now without having performed any action\n"
            )
            return .code(9)
        }
        if options.has("remove-home") {
            say("Looking for files to backup/remove ...", options, context)
            say("Removing files ...", options, context)
        }
        context.warn("`/usr/bin/crontab' not executed. Skipping crontab removal. Package `cron' required.")
        say("Removing user `\(name)' ...", options, context)
        ShadowCommands.remove(user, &files, alsoGroup: true)
        files.write(context.execution, keepsBackups: true)
        if options.has("remove-home") || options.has("remove-all-files"),
            let (path, node) = context.execution.world.tree.resolve(ImagePath(user.home)), node != nil, !path.isRoot
        {
            context.execution.world.take(path)
        }
        say("Done.", options, context)
        return .code(0)
    }
}
