// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured; BusyBox's own flavour is in BusyBoxAccounts.swift.

import Diagnostics
import ImageFilesystem
import OCISpec

/// `adduser`, `addgroup`, `deluser`, `delgroup`.
enum AdduserCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "adduser": LegacyModel(.filesystem) { $0.isBusybox ? BusyBoxAccounts.adduser($0) : adduser($0) },
        "addgroup": LegacyModel(.filesystem) { $0.isBusybox ? BusyBoxAccounts.addgroup($0) : adduser($0) },
        "deluser": LegacyModel(.filesystem) { $0.isBusybox ? BusyBoxAccounts.deluser($0) : deluser($0) },
        "delgroup": LegacyModel(.filesystem) { $0.isBusybox ? BusyBoxAccounts.delgroup($0) : deluser($0) },
    ]

    /// `/etc/adduser.conf` over the defaults.
    private struct Configuration {
        var values: [String: String] = [
            "FIRST_SYSTEM_UID": "100", "LAST_SYSTEM_UID": "999", "FIRST_SYSTEM_GID": "100", "LAST_SYSTEM_GID": "999",
            "FIRST_UID": "1000", "LAST_UID": "59999", "FIRST_GID": "1000", "LAST_GID": "59999", "DSHELL": "/bin/bash",
            "DHOME": "/home", "SKEL": "/etc/skel", "DIR_MODE": "0700", "SYS_DIR_MODE": "0755", "USERGROUPS": "yes",
            "SETGID_HOME": "no",
        ]

        init(_ tree: FileTree) {
            for line in AccountFiles.text(tree, "/etc/adduser.conf")?.split(separator: "\n") ?? [] {
                guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
                var value = String(line[line.index(after: equals)...]).trimmed
                if value.hasPrefix("\""), value.hasSuffix("\""), value.utf8.count > 1 {
                    value = String(value.dropFirst().dropLast())
                }
                values[String(line[..<equals]).trimmed] = value
            }
        }

        func number(_ key: String, _ fallback: Int) -> Int { values[key].flatMap { Int($0) } ?? fallback }
        func text(_ key: String) -> String { values[key] ?? "" }

        func range(_ kind: String, _ options: CommandOptions, _ short: String, _ fallback: ClosedRange<Int>)
            -> ClosedRange<Int>
        {
            let low = options.value("first\(short)").flatMap { Int($0) } ?? number("FIRST_\(kind)", fallback.lowerBound)
            let high = options.value("last\(short)").flatMap { Int($0) } ?? number("LAST_\(kind)", fallback.upperBound)
            return low >= 0 && low <= high && high < 1 << 31 ? low...high : fallback
        }
    }

    /// A name as the distribution wants it; nil when it is good, else the exit code after a message.
    private static func refuse(_ name: String, _ options: CommandOptions, _ context: CommandContext) -> Exit? {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        if name.utf8.allSatisfy(isDigit) {
            return context.fail(
                "To avoid ambiguity with numerical UIDs, usernames which\n            consist of only digits are not allowed."
            )
        }
        if name.utf8.count > 32 {
            return context.fail(
                "Usernames must be no more than 32 bytes in length;\n            note that if you are using Unicode characters, "
                    + "the character\n            limit will be less than 32."
            )
        }
        if !ShadowCommands.isValidName(name) {
            return context.fail(
                "To avoid problems, the username must not start with a\n            dash, plus sign, or tilde, and it must not "
                    + "contain any of the\n            following: colon, comma, slash, or any whitespace characters\n            "
                    + "including spaces, tabs, and newlines."
            )
        }
        let bytes = Array(name.utf8)
        func isPlain(_ byte: UInt8, first: Bool) -> Bool {
            switch byte {
            case 0x61...0x7A: true
            case UInt8(ascii: "_"): !first || options.has("system")
            case 0x30...0x39, UInt8(ascii: "-"): !first
            default: false
            }
        }
        var isPlainName = true
        for (index, byte) in bytes.enumerated() {
            if index == bytes.count - 1, index > 0, byte == UInt8(ascii: "$") { continue }
            if !isPlain(byte, first: index == 0) { isPlainName = false }
        }
        if isPlainName { return nil }
        if options.has("allow-bad-names") || options.has("allow-all-names") {
            say("Allowing use of questionable username.", options, context)
            return nil
        }
        let variable = options.has("system") ? "SYS_NAME_REGEX" : "NAME_REGEX"
        return context.fail(
            "Please enter a username matching the regular expression\n            configured via the \(variable) configuration "
                + "variable.  Use the\n            `--allow-bad-names' option to relax this check or reconfigure\n            "
                + "\(variable) in configuration."
        )
    }

    private static func adduser(_ context: CommandContext) -> Exit {
        let specification =
            "add-extra-groups,add_extra_groups allow-all-names allow-bad-names,allow-badname,force-badname comment,gecos= "
            + "conf,c= debug disabled-login disabled-password firstgid=# firstuid=# gid=# group help,h home= ingroup= "
            + "lastgid=# lastuid=# no-create-home quiet,q shell= system uid=# verbose version,v"
        let words = PerlOptions(context.arguments, specification)
        for message in words.messages { context.err(message + "\n") }
        let options = CommandOptions(words.arguments, specification.replacing("=#", with: "="))
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
        guard context.isRoot else { return context.fail("Only root may add a user or group to the system.") }
        let isGroupCommand = context.name == "addgroup"
        let isSystem = options.has("system")
        let names = options.operands
        guard let first = names.first, !first.isEmpty, names.count <= 2 else {
            return context.fail("Only one or two names allowed.")
        }
        if names.count == 2 {
            if (isSystem && !isGroupCommand) || options.has("group") {
                return context.fail("Specify only one name in this mode.")
            }
            if isGroupCommand { return context.fail("addgroup with two arguments is an unspecified operation.") }
        }
        var files = AccountFiles(context.execution.world.tree)
        if files.isUnknown { return context.unknown("the accounts of the image are not known", .filesystem) }
        if names.count == 2 { return addMember(first, names[1], &files, options, context) }
        let exclusive = [options.has("group"), options.has("ingroup"), options.has("gid")].filter { $0 }.count
        if !isGroupCommand, exclusive > 1 {
            return context.fail("The --group, --ingroup, and --gid options are mutually exclusive.")
        }
        if let home = options.value("home"), !home.hasPrefix("/") {
            return context.fail("The home dir must be an absolute path.")
        }
        if let home = options.value("home"), !options.has("quiet"), !options.has("no-create-home"),
            context.execution.world.tree.resolvedNode(at: ImagePath(home))?.isDirectory == true
        {
            context.warn("Warning: The home dir \(home) you specified already exists.")
        }
        if let home = options.value("home"), !options.has("quiet"), options.has("no-create-home"),
            context.execution.world.tree.resolvedNode(at: ImagePath(home))?.isDirectory != true
        {
            context.warn("Warning: The home dir \(home) you specified can't be accessed: No such file or directory")
        }
        for file in options.values("conf") where context.execution.world.tree.resolvedNode(at: ImagePath(file)) == nil {
            context.warn("`\(file)' does not exist. Using defaults.")
        }
        let configuration = Configuration(context.execution.world.tree)
        if let exit = refuse(first, options, context) { return exit }
        if isGroupCommand || (options.has("group") && !isSystem) {
            return addGroup(first, isSystem: isSystem, &files, options, configuration, context)
        }
        if isSystem { return addSystemUser(first, &files, options, configuration, context) }
        return addUser(first, &files, options, configuration, context)
    }

    static func say(_ text: String, _ options: CommandOptions, _ context: CommandContext) {
        if !options.has("quiet") { context.out(text + "\n") }
    }

    private static func addMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ options: CommandOptions,
        _ context: CommandContext
    ) -> Exit {
        guard let account = files.user(named: user) else { return context.fail("The user `\(user)' does not exist.") }
        guard let found = files.group(named: group) else { return context.fail("The group `\(group)' does not exist.") }
        if found.members.contains(user) || account.gid == found.gid {
            if !options.has("quiet") { context.warn("The user `\(user)' is already a member of `\(group)'.") }
            return .code(0)
        }
        say("Adding user `\(user)' to group `\(group)' ...", options, context)
        files.addMember(user, to: group)
        files.write(context.execution, keepsBackups: true)
        say("Done.", options, context)
        return .code(0)
    }

    private static func addGroup(
        _ name: String,
        isSystem: Bool,
        _ files: inout AccountFiles,
        _ options: CommandOptions,
        _ configuration: Configuration,
        _ context: CommandContext
    ) -> Exit {
        let wanted = options.value("gid").flatMap { Int($0) }
        if let existing = files.group(named: name) {
            guard isSystem else { return context.fail("The group `\(name)' already exists.") }
            let range = configuration.range("SYSTEM_GID", options, "none", 100...999)
            if range.contains(existing.gid) {
                if !options.has("quiet") {
                    context.warn("The group `\(name)' already exists as a system group. Exiting.")
                }
                return .code(0)
            }
            return context.fail(
                wanted == nil || wanted == existing.gid
                    ? "The group `\(name)' already exists and is not a system group. Exiting."
                    : "The group `\(name)' already exists, but has a different GID. Exiting."
            )
        }
        if let wanted, files.group(numbered: wanted) != nil {
            return context.fail("The GID `\(wanted)' is already in use.")
        }
        let range =
            isSystem
            ? configuration.range("SYSTEM_GID", options, "gid", 100...999)
            : configuration.range("GID", options, "gid", 1000...59999)
        let used = Set(files.groups.map(\.gid))
        guard let gid = wanted ?? AccountFiles.firstFree(in: range, used.contains) else {
            return context.fail("The group `\(name)' was not created.")
        }
        say("Adding group `\(name)' (GID \(gid)) ...", options, context)
        ShadowCommands.add(name, gid, to: &files)
        files.write(context.execution, keepsBackups: true)
        say("Done.", options, context)
        return .code(0)
    }

    private static func addSystemUser(
        _ name: String,
        _ files: inout AccountFiles,
        _ options: CommandOptions,
        _ configuration: Configuration,
        _ context: CommandContext
    ) -> Exit {
        let wanted = options.value("uid").flatMap { Int($0) }
        let uids = configuration.range("SYSTEM_UID", options, "uid", 100...999)
        if let existing = files.user(named: name) {
            if let wanted, wanted != existing.uid {
                return context.fail("The user `\(name)' already exists with a different UID. Exiting.")
            }
            if uids.contains(existing.uid) {
                say("The system user `\(name)' already exists. Exiting.", options, context)
                return .code(0)
            }
            return context.fail("The user `\(name)' already exists, but is not a system user. Exiting.")
        }
        if let wanted, files.user(numbered: wanted) != nil {
            return context.fail("The UID \(wanted) is already in use.")
        }
        let makesGroup = options.has("group")
        var group =
            files.group(named: "nogroup") ?? AccountFiles.Group(name: "nogroup", password: "x", gid: 65534, members: [])
        if let text = options.value("ingroup") {
            guard let found = files.group(named: text) else {
                return context.fail("The group `\(text)' does not exist.")
            }
            group = found
        } else if let number = options.value("gid").flatMap({ Int($0) }) {
            guard let found = files.group(numbered: number) else {
                return context.fail("The GID \(number) does not exist.")
            }
            group = found
        } else if makesGroup, let existing = files.group(named: name) {
            let gids = configuration.range("SYSTEM_GID", options, "gid", 100...999)
            guard gids.contains(existing.gid) else { return context.fail("The group `\(name)' already exists.") }
            group = existing
        }
        let usedUsers = Set(files.users.map(\.uid))
        guard let uid = wanted ?? AccountFiles.firstFree(in: uids, usedUsers.contains) else {
            return context.fail("The user `\(name)' was not created.")
        }
        say("Adding system user `\(name)' (UID \(uid)) ...", options, context)
        if makesGroup, files.group(named: name) == nil {
            let used = Set(files.groups.map(\.gid))
            let gids = configuration.range("SYSTEM_GID", options, "gid", 100...999)
            guard let gid = wanted ?? AccountFiles.firstFree(in: gids, used.contains) else {
                return context.fail("The user `\(name)' was not created.")
            }
            group = AccountFiles.Group(name: name, password: "x", gid: gid, members: [])
            say("Adding new group `\(name)' (GID \(gid)) ...", options, context)
            ShadowCommands.add(name, gid, to: &files)
        }
        say("Adding new user `\(name)' (UID \(uid)) with group `\(group.name)' ...", options, context)
        let home = options.value("home") ?? "/nonexistent"
        let shell = options.value("shell") ?? "/usr/sbin/nologin"
        let user = AccountFiles.User(
            name: name,
            password: "x",
            uid: uid,
            gid: group.gid,
            comment: comment(options.value("comment")),
            home: home,
            shell: shell
        )
        let highest = files.systemRange("UID").upperBound
        if uid > highest {
            context.err("useradd warning: \(name)'s uid \(uid) is greater than SYS_UID_MAX \(highest)\n")
        }
        files.append(user.line, to: .passwd)
        if files.has(.shadow) { files.append("\(name):!:\(context.today)::::::", to: .shadow) }
        files.write(context.execution, keepsBackups: true)
        makeHome(user, configuration.text("SYS_DIR_MODE"), copiesSkeleton: false, options, configuration, context)
        return .code(0)
    }

    /// The comment as chfn writes it: name, room, two phones.
    private static func comment(_ text: String?) -> String {
        guard let text else { return "" }
        var parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        while parts.count < 4 { parts.append("") }
        return parts.joined(separator: ",")
    }

    private static func makeHome(
        _ user: AccountFiles.User,
        _ mode: String,
        copiesSkeleton: Bool,
        _ options: CommandOptions,
        _ configuration: Configuration,
        _ context: CommandContext
    ) {
        let home = user.home
        let components = ImagePath(home).components
        if components.first == Array("nonexistent".utf8) {
            say("Not creating `\(home)'.", options, context)
            return
        }
        if options.has("no-create-home") {
            say("Not creating home directory `\(home)'.", options, context)
            return
        }
        if let node = context.execution.world.tree.resolvedNode(at: ImagePath(home)) {
            if !options.has("quiet") {
                context.warn("The home directory `\(home)' already exists.  Not touching this directory.")
            }
            if Int(node.uid) != user.uid || Int(node.gid) != user.gid {
                context.warn(
                    "Warning: The home directory `\(home)' does not belong to the user you are currently creating."
                )
            }
            return
        }
        say("Creating home directory `\(home)' ...", options, context)
        var bits = UInt16(mode, radix: 8) ?? 0o700
        if configuration.text("SETGID_HOME").lowercased() == "yes" { bits |= 0o2000 }
        let skeleton = copiesSkeleton ? configuration.text("SKEL") : nil
        if let skeleton { say("Copying files from `\(skeleton)' ...", options, context) }
        context.makeHome(home, mode: bits, uid: user.uid, gid: user.gid, skeleton: skeleton)
    }

    private static func addUser(
        _ name: String,
        _ files: inout AccountFiles,
        _ options: CommandOptions,
        _ configuration: Configuration,
        _ context: CommandContext
    ) -> Exit {
        let wanted = options.value("uid").flatMap { Int($0) }
        if files.user(named: name) != nil { return context.fail("The user `\(name)' already exists.") }
        if let wanted, files.user(numbered: wanted) != nil {
            return context.fail("The UID \(wanted) is already in use.")
        }
        var group: AccountFiles.Group?
        if let text = options.value("ingroup") {
            guard let found = files.group(named: text) else {
                return context.fail("The group `\(text)' does not exist.")
            }
            group = found
        } else if let number = options.value("gid").flatMap({ Int($0) }) {
            guard let found = files.group(numbered: number) else {
                return context.fail("The GID \(number) does not exist.")
            }
            group = found
        } else if configuration.text("USERGROUPS").lowercased() != "yes" {
            group = files.group(named: "users")
        }
        if group == nil {
            if files.group(named: name) != nil { return context.fail("The group `\(name)' already exists.") }
            if let wanted, files.group(numbered: wanted) != nil {
                return context.fail("The GID \(wanted) is already in use.")
            }
        }
        let range = configuration.range("UID", options, "uid", 1000...59999)
        say("Adding user `\(name)' ...", options, context)
        let usedUsers = Set(files.users.map(\.uid))
        let usedGroups = options.has("ingroup") ? [] : Set(files.groups.map(\.gid))
        guard
            let uid = wanted
                ?? AccountFiles.firstFree(in: range, { usedUsers.contains($0) || usedGroups.contains($0) })
        else { return context.fail("The user `\(name)' was not created.") }
        let gid: Int
        if let group {
            gid = group.gid
        } else {
            gid = uid
            say("Adding new group `\(name)' (\(gid)) ...", options, context)
            ShadowCommands.add(name, gid, to: &files)
        }
        say("Adding new user `\(name)' (\(uid)) with group `\(group?.name ?? name) (\(gid))' ...", options, context)
        let shell =
            options.value("shell")
            ?? (options.has("disabled-login") ? "/usr/sbin/nologin" : configuration.text("DSHELL"))
        let home = options.value("home") ?? configuration.text("DHOME") + "/" + name
        // Without a terminal the questions for a password and a comment end at once and leave both empty.
        let user = AccountFiles.User(
            name: name,
            password: "x",
            uid: uid,
            gid: gid,
            comment: comment(options.value("comment") ?? ""),
            home: home,
            shell: shell
        )
        files.append(user.line, to: .passwd)
        if files.has(.shadow) { files.append("\(name):!:\(context.today):0:99999:7:::", to: .shadow) }
        if files.ordinaryRange("UID").contains(uid) { ShadowCommands.addSubordinates(name, &files) }
        makeHome(user, configuration.text("DIR_MODE"), copiesSkeleton: true, options, configuration, context)
        if !options.has("disabled-password"), !options.has("disabled-login") {
            context.err(
                "New password: Password change has been aborted.\npasswd: Authentication token manipulation error\n"
                    + "passwd: password unchanged\n"
            )
            context.out("Try again? [y/N] ")
        }
        if options.value("comment") == nil {
            context.out(
                "Changing the user information for \(name)\nEnter the new value, or press ENTER for the default\n"
                    + "\tFull Name []: \tRoom Number []: \tWork Phone []: \tHome Phone []: \tOther []: "
                    + "Is the information correct? [Y/n] "
            )
        }
        if let users = files.group(named: "users"), configuration.text("USERGROUPS").lowercased() == "yes" {
            say("Adding new user `\(name)' to supplemental / extra groups `users' ...", options, context)
            if users.gid == gid {
                if !users.members.contains(name) {
                    say("Adding user `\(name)' to group `users' ...", options, context)
                    files.addMember(name, to: "users")
                }
            } else {
                say("Adding user `\(name)' to group `users' ...", options, context)
                files.addMember(name, to: "users")
            }
        }
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }
}
