// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import ImageFilesystem
import OCISpec
import ShellMachine

/// Debian's `adduser` and `addgroup`, one program: adds a user or group, or a user to a group. `+Groups`, `+System` and `+Users`
/// have each kind.
enum Adduser: AccountProgram {
    static let names = ["adduser", "addgroup"]
    static let flavors: Set<ProgramFlavor> = [.debianPerl]
    static let home = ProgramHome.sbin
    /// Perl reads the words: `PerlOptions`, by `table`.
    static let options: OptionTable? = nil
    static let allNames = CommandOption.flag("allow-all-names")
    static let badNames = CommandOption.flag("allow-bad-names", "allow-badname", "force-badname")
    static let comment = CommandOption.value("comment", "gecos")
    static let disabledLogin = CommandOption.flag("disabled-login")
    static let disabledPassword = CommandOption.flag("disabled-password")
    static let firstGID = CommandOption.value("firstgid", is: .number)
    static let firstUID = CommandOption.value("firstuid", is: .number)
    static let gid = CommandOption.value("gid", is: .number)
    static let homeFolder = CommandOption.value("home", is: .path)
    static let ingroup = CommandOption.value("ingroup", is: .account)
    static let lastGID = CommandOption.value("lastgid", is: .number)
    static let lastUID = CommandOption.value("lastuid", is: .number)
    static let noCreateHome = CommandOption.flag("no-create-home")
    static let shell = CommandOption.value("shell", is: .path)
    static let uid = CommandOption.value("uid", is: .number)
    static let table = OptionTable([
        .flag("add-extra-groups", "add_extra_groups"), allNames, badNames, comment, DebianAccounts.configuration,
        .flag("debug"), disabledLogin, disabledPassword, firstGID, firstUID, gid, DebianAccounts.group,
        DebianAccounts.help, homeFolder, ingroup, lastGID, lastUID, noCreateHome, DebianAccounts.quiet, shell,
        DebianAccounts.system, uid, .flag("verbose"), DebianAccounts.version,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        try DebianAccounts.read(table, &call)
        guard call.world.isRoot else {
            throw call.ending(
                "Only root may add a user or group to the system.",
                reason: .notPermitted("/etc/passwd")
            )
        }
        let isGroupCommand = call.name == "addgroup"
        let isSystem = call.has(DebianAccounts.system)
        let (name, second) = try operands(&call)
        var files = try call.accountFiles()
        if let second { return try addMember(name, second, &files, &call) }
        try checkHome(isGroupCommand: isGroupCommand, &call)
        let configuration = AdduserConfiguration(call.world)
        try checkName(name, &call)
        DebianAccounts.lock(&call)
        if isGroupCommand || (call.has(DebianAccounts.group) && !isSystem) {
            return try addGroup(name, isSystem: isSystem, &files, configuration, &call)
        }
        if isSystem { return try addSystemUser(name, &files, configuration, &call) }
        return try addUser(name, &files, configuration, &call)
    }

    /// The number that an option gives; the end for one that no account can have.
    ///
    /// - Parameter kind: `user` or `group`.
    static func number(
        _ option: CommandOption,
        _ kind: String,
        _ call: inout Invocation
    ) throws(Ending) -> UInt32? {
        guard let text = call.value(option), let number = Int(text) else { return nil }
        guard let result = UInt32(exactly: number) else { throw call.ending("invalid \(kind) ID '\(text)'") }
        return result
    }

    private static func operands(_ call: inout Invocation) throws(Ending) -> (first: String, second: String?) {
        let names = call.operands
        guard let first = names.first, !first.isEmpty, names.count <= 2 else {
            throw call.ending("Only one or two names allowed.")
        }
        guard names.count == 2 else { return (first, nil) }
        let isGroupCommand = call.name == "addgroup"
        if (call.has(DebianAccounts.system) && !isGroupCommand) || call.has(DebianAccounts.group) {
            throw call.ending("Specify only one name in this mode.")
        }
        if isGroupCommand { throw call.ending("addgroup with two arguments is an unspecified operation.") }
        return (first, names[1])
    }

    /// Looks at the options that go together or not, and at the home folder that they name.
    private static func checkHome(isGroupCommand: Bool, _ call: inout Invocation) throws(Ending) {
        let exclusive = [DebianAccounts.group, ingroup, gid].filter { call.has($0) }
        if !isGroupCommand, exclusive.count > 1 {
            throw call.ending("The --group, --ingroup, and --gid options are mutually exclusive.")
        }
        if let home = call.value(homeFolder) {
            guard home.hasPrefix("/") else { throw call.ending("The home dir must be an absolute path.") }
            let isThere = call.world.tree.resolvedNode(at: ImagePath(home))?.isDirectory == true
            if isThere, !call.has(noCreateHome) {
                DebianAccounts.warn("Warning: The home dir \(home) you specified already exists.", &call)
            }
            if !isThere, call.has(noCreateHome) {
                DebianAccounts.warn(
                    "Warning: The home dir \(home) you specified can't be accessed: No such file or directory",
                    &call
                )
            }
        }
        for file in call.values(DebianAccounts.configuration)
        where call.world.tree.resolvedNode(at: ImagePath(file)) == nil {
            call.warn("`\(file)' does not exist. Using defaults.")
        }
    }
}
