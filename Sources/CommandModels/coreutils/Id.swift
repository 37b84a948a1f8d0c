// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, id; GNU coreutils 9.1.

import Diagnostics
import OCISpec
import ShellMachine
import SystemFiles

/// `id`: who the user is, or somebody else.
enum Id: CommandModel {
    static let names = ["id"]
    static let scope = Unknown.Scope.output
    static let user = CommandOption.flag("u", "user")
    static let group = CommandOption.flag("g", "group")
    static let groups = CommandOption.flag("G", "groups")
    static let byName = CommandOption.flag("n", "name")
    static let options: OptionTable? = OptionTable([
        user, group, groups, byName, .flag("r", "real"), .flag("z", "zero").unfollowed, .flag("a"),
        .flag("Z", "context").unfollowed,
    ])

    /// Who is shown.
    private struct Person {
        var uid: UInt32
        var gid: UInt32
        var name: String?
        var groups: [UInt32]

        init(_ user: World.User, _ files: AccountFiles) {
            uid = user.uid
            gid = user.gid
            name = files.user(numbered: uid)?.name
            groups = user.groups
            if groups.isEmpty, let name { groups = files.groups(of: name).map(\.gid) }
        }

        init(_ account: PasswdEntry, _ files: AccountFiles) {
            uid = account.uid
            gid = account.gid
            name = account.name
            groups = files.groups(of: account.name).map(\.gid)
        }
    }

    static func run(_ call: inout Invocation) -> Outcome {
        let files = AccountFiles(call.world.tree)
        var person = Person(call.world.user, files)
        if let wanted = call.operands.first {
            guard let account = files.user(named: wanted) ?? UInt32(wanted).flatMap({ files.user(numbered: $0) }) else {
                if files.isUnknown || call.world.isUncertain("/etc/passwd") {
                    return call.unknown("whether the account \(wanted) is there is not known", .output)
                }
                return call.fail(
                    call.isBusybox ? "unknown user \(wanted)" : "'\(wanted)': no such user",
                    reason: .userMissing(wanted)
                )
            }
            person = Person(account, files)
        }
        call.out(text(person, files, call) + "\n")
        return .success
    }

    private static func text(_ person: Person, _ files: AccountFiles, _ call: Invocation) -> String {
        let all = [person.gid] + person.groups.filter { $0 != person.gid }
        let named = call.has(byName)
        func groupName(_ gid: UInt32) -> String? { files.group(numbered: gid)?.name }
        func shown(_ number: UInt32, _ name: String?) -> String { name.map { "\(number)(\($0))" } ?? String(number) }
        func short(_ gid: UInt32) -> String { named ? groupName(gid) ?? String(gid) : String(gid) }
        if call.has(user) { return named ? person.name ?? String(person.uid) : String(person.uid) }
        if call.has(group) { return short(person.gid) }
        if call.has(groups) { return all.map(short).joined(separator: " ") }
        return "uid=\(shown(person.uid, person.name)) gid=\(shown(person.gid, groupName(person.gid))) groups="
            + all.map { shown($0, groupName($0)) }.joined(separator: ",")
    }
}
