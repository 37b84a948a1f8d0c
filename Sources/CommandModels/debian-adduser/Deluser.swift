// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of deluser 3.134 (Debian 12), measured.

import Diagnostics
import OCISpec
import ShellMachine
import SystemFiles

/// Debian's `deluser` and `delgroup`, one program: removes a user or group, or a user from a group.
enum Deluser: AccountProgram {
    static let names = ["deluser", "delgroup"]
    static let flavors: Set<ProgramFlavor> = [.debianPerl]
    static let home = ProgramHome.sbin
    /// Perl reads the words: `PerlOptions`, by `table`.
    static let options: OptionTable? = nil
    static let onlyIfEmpty = CommandOption.flag("only-if-empty")
    static let removeHome = CommandOption.flag("remove-home")
    static let removeAllFiles = CommandOption.flag("remove-all-files")
    static let backup = CommandOption.flag("backup")
    static let noPreserveRoot = CommandOption.flag("no-preserve-root")
    static let table = OptionTable([
        DebianAccounts.quiet, .flag("debug"), .flag("verbose"), DebianAccounts.version, DebianAccounts.help,
        DebianAccounts.group, DebianAccounts.configuration, DebianAccounts.system, onlyIfEmpty, removeHome,
        removeAllFiles, backup, .value("backup-to", is: .path), .value("backup-suffix"), noPreserveRoot,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        try DebianAccounts.read(table, &call)
        guard call.world.isRoot else {
            throw call.ending(
                "Only root may remove a user or group from the system.",
                reason: .notPermitted("/etc/passwd")
            )
        }
        let names = call.operands
        guard let name = names.first else { throw call.ending("Only one or two names allowed.") }
        var files = try call.accountFiles()
        try checkPerl(&call)
        if names.count == 1, call.name == "delgroup" || call.has(DebianAccounts.group) {
            return try removeGroup(name, &files, &call)
        }
        if names.count == 2 { return try removeMember(name, names[1], &files, &call) }
        return try removeUser(name, &files, &call)
    }

    /// The modules that look for files are not in perl-base.
    private static func checkPerl(_ call: inout Invocation) throws(Ending) {
        guard call.has(removeHome) || call.has(removeAllFiles) || call.has(backup) else { return }
        guard let status = call.world.text(at: "/var/lib/dpkg/status") else {
            throw call.unknownEnding("whether the package perl is installed is not known", .filesystem)
        }
        guard "\n\(status)".contains("\nPackage: perl\n") else {
            throw call.ending(
                "In order to use the --remove-home, --remove-all-files, and --backup features,\nyou need to install the "
                    + "`perl' package. To accomplish that, run\napt-get install perl.",
                code: 8
            )
        }
        if call.has(backup) || call.has(removeAllFiles) {
            throw call.unknownEnding("which files deluser removes is not followed", .filesystem)
        }
    }

    private static func removeGroup(
        _ name: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        guard let group = files.group(named: name) else {
            DebianAccounts.warn("The group `\(name)' does not exist.", &call)
            return call.has(DebianAccounts.system) ? .success : .code(3, reason: .groupMissing(name))
        }
        if let user = files.users.first(where: { $0.gid == group.gid }) {
            throw call.ending("`\(user.name)' still has `\(name)' as their primary group!", code: 7)
        }
        if call.has(onlyIfEmpty), !group.members.isEmpty {
            throw call.ending("The group `\(name)' is not empty!", code: 5)
        }
        DebianAccounts.say("Removing group `\(name)' ...", &call)
        DebianAccounts.lock(&call)
        files.removeGroup(name)
        return DebianAccounts.finish(files, &call)
    }

    private static func removeMember(
        _ name: String,
        _ groupName: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        guard let user = files.user(named: name) else {
            throw call.ending("The user `\(name)' does not exist.", code: 2, reason: .userMissing(name))
        }
        guard let group = files.group(named: groupName) else {
            throw call.ending("The group `\(groupName)' does not exist.", code: 3, reason: .groupMissing(groupName))
        }
        if user.gid == group.gid {
            throw call.ending("You may not remove the user from their primary group.", code: 7)
        }
        guard group.members.contains(name) else {
            throw call.ending("The user `\(name)' is not a member of group `\(groupName)'.", code: 6)
        }
        DebianAccounts.say("Removing user `\(name)' from group `\(groupName)' ...", &call)
        DebianAccounts.lock(&call)
        files.setMembers(group.members.filter { $0 != name }, of: groupName)
        return DebianAccounts.finish(files, &call)
    }

    private static func removeUser(
        _ name: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        let isSystem = call.has(DebianAccounts.system)
        guard let user = files.user(named: name) else {
            guard isSystem else {
                throw call.ending("The user `\(name)' does not exist.", code: 2, reason: .userMissing(name))
            }
            DebianAccounts.warn("The user `\(name)' does not exist, but --system was given. Exiting.", &call)
            return .success
        }
        if isSystem, !(100...999).contains(user.uid) {
            throw call.ending("The user `\(name)' is not a system user. Exiting.")
        }
        if user.uid == 0, !call.has(noPreserveRoot) {
            call.out(
                "WARNING: You are just about to delete the root account (uid 0)\nUsually this is never required as it may "
                    + "render the whole system unusable\nIf you really want this, call deluser with parameter "
                    + "--no-preserve-root\nStopping now without having performed any action\n"
            )
            return .code(9)
        }
        if call.has(removeHome) {
            DebianAccounts.say("Looking for files to backup/remove ...", &call)
            DebianAccounts.say("Removing files ...", &call)
        }
        call.warn("`/usr/bin/crontab' not executed. Skipping crontab removal. Package `cron' required.")
        DebianAccounts.say("Removing user `\(name)' ...", &call)
        DebianAccounts.lock(&call)
        files.remove(user, alsoGroup: true)
        files.write(to: &call.world, keepsBackups: true)
        if call.has(removeHome) { HomeFolder(of: user).remove(from: &call.world) }
        DebianAccounts.say("Done.", &call)
        return .success
    }
}
