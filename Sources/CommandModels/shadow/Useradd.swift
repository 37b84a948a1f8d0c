// SPDX-License-Identifier: Apache-2.0
//
// Source: useradd(8) of shadow 4.13 as Debian 12 has it, measured.

import ShellMachine

/// `useradd`: adds a user; how the account comes about is in `NewUser`.
enum Useradd: AccountProgram {
    static let names = ["useradd"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let usageExit = 2
    static let badName = CommandOption.flag("badname")
    static let baseFolder = CommandOption.value("b", "base-dir", is: .path)
    static let comment = CommandOption.value("c", "comment")
    static let homeFolder = CommandOption.value("d", "home-dir", "home", is: .path)
    static let defaults = CommandOption.flag("D", "defaults")
    static let expiry = CommandOption.value("e", "expiredate")
    static let inactive = CommandOption.value("f", "inactive", is: .number)
    static let subordinates = CommandOption.flag("F", "add-subids-for-system")
    static let group = CommandOption.value("g", "gid", is: .account)
    static let groups = CommandOption.value("G", "groups")
    static let help = CommandOption.flag("h", "help")
    static let skeleton = CommandOption.value("k", "skel", is: .path)
    static let key = CommandOption.value("K", "key", repeatable: true)
    static let createHome = CommandOption.flag("m", "create-home")
    static let noCreateHome = CommandOption.flag("M", "no-create-home")
    static let noUserGroup = CommandOption.flag("N", "no-user-group")
    static let nonUnique = CommandOption.flag("o", "non-unique")
    static let password = CommandOption.value("p", "password")
    static let system = CommandOption.flag("r", "system")
    static let shell = CommandOption.value("s", "shell", is: .path)
    static let uid = CommandOption.value("u", "uid", is: .number)
    static let userGroup = CommandOption.flag("U", "user-group")
    static let options: OptionTable? = OptionTable([
        badName, baseFolder, .flag("btrfs-subvolume-home"), comment, homeFolder, defaults, expiry, inactive,
        subordinates, group, groups, help, skeleton, key, .flag("l", "no-log-init"), createHome, noCreateHome,
        noUserGroup, nonUnique, password, system, .value("R", "root", is: .path).unfollowed,
        .value("P", "prefix", is: .path).unfollowed,
        shell, uid, userGroup, .value("Z", "selinux-user"),
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        if call.has(help) || call.has(defaults) { return .success }
        let name = try ShadowProgram.name(&call, "LOGIN")
        let wanted = try check(name, &call)
        var files = try ShadowProgram.open(&call, locking: "/etc/passwd", code: 1)
        var account = try NewUser(name, wanted, files, &call)
        try account.add(to: &files, &call)
        files.write(to: &call.world, keepsBackups: true)
        account.makeHome(files.definitions, &call)
        return .success
    }

    /// Looks at the words alone, before any file is read.
    ///
    /// - Returns: the number that is asked for.
    private static func check(_ name: String, _ call: inout Invocation) throws(Ending) -> UInt32? {
        guard call.has(badName) || ShadowProgram.isValidName(name) else {
            throw call.ending("invalid user name '\(name)': use --badname to ignore", code: 3)
        }
        if let home = call.value(homeFolder), !home.hasPrefix("/") || home.contains(":") {
            throw call.ending("invalid home directory '\(home)'", code: 3)
        }
        if let text = call.value(shell), !text.isEmpty, !text.hasPrefix("/") && text != "*" || text.contains(":") {
            throw call.ending("invalid shell '\(text)'", code: 3)
        }
        if let text = call.value(comment), text.contains(":") || text.contains("\n") {
            throw call.ending("invalid comment '\(text)'", code: 3)
        }
        var wanted: UInt32?
        if let text = call.value(uid) { wanted = try ShadowProgram.number(text, "user", below: (1 << 32) - 1, &call) }
        if call.has(nonUnique), wanted == nil {
            throw call.ending("-o flag is only allowed with the -u flag", code: 2)
        }
        return wanted
    }
}
