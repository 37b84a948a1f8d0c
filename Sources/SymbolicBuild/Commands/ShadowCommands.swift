// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of shadow 4.13 as Debian 12 has it: useradd, groupadd, usermod, groupmod, userdel, groupdel, gpasswd.

import CivilTime
import Diagnostics
import ImageFilesystem
import OCISpec

/// The accounts commands of the package `passwd` (`shadow` on Alpine).
enum ShadowCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "groupadd": LegacyModel(.filesystem, groupadd),
        "useradd": LegacyModel(.filesystem, useradd),
        "usermod": LegacyModel(.filesystem, usermod),
        "groupmod": LegacyModel(.filesystem, groupmod),
        "userdel": LegacyModel(.filesystem, userdel),
        "groupdel": LegacyModel(.filesystem, groupdel),
        "gpasswd": LegacyModel(.filesystem, gpasswd),
    ]

    private static let nameBytes: Set<UInt8> = Set(":,/ \t\n".utf8)

    static func isValidName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !"-+~".utf8.contains(first), name.utf8.count <= 32 else { return false }
        return !name.utf8.contains { nameBytes.contains($0) } && name != "." && name != ".."
    }

    /// Reads the files; a message and nil when only root may go on, or when they are not known.
    static func open(_ context: CommandContext, _ file: String, code: Int) -> (AccountFiles?, Exit) {
        guard context.isRoot else {
            context.err("\(context.name): Permission denied.\n\(context.name): cannot lock \(file); try again later.\n")
            return (nil, .code(code))
        }
        let files = AccountFiles(context.execution.world.tree)
        if files.isUnknown { return (nil, context.unknown("the accounts of the image are not known", .filesystem)) }
        return (files, .code(0))
    }

    static func usage(_ context: CommandContext, _ text: String) -> Exit {
        context.err("Usage: \(context.name) [options] \(text)\n")
        return .code(2)
    }

    /// A group by name or number.
    static func group(_ text: String, _ files: AccountFiles) -> AccountFiles.Group? {
        files.group(named: text) ?? Int(text).flatMap { files.group(numbered: $0) }
    }

    // MARK: Groups

    private static func groupadd(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "f,force g,gid= h,help K,key= o,non-unique p,password= r,system R,root= P,prefix= U,users="
            )
        else { return .code(2) }
        if options.has("h") { return .code(0) }
        guard options.operands.count == 1, let name = options.operands.first else { return usage(context, "GROUP") }
        guard isValidName(name) else { return context.fail("'\(name)' is not a valid group name", code: 3) }
        var wanted: Int?
        if let text = options.value("g") {
            guard let number = Int(text), number >= 0, number < 1 << 32 else {
                return context.fail("invalid group ID '\(text)'", code: 3)
            }
            wanted = number
        }
        let (opened, exit) = open(context, "/etc/group", code: 10)
        guard var files = opened else { return exit }
        if files.group(named: name) != nil {
            if options.has("f") { return .code(0) }
            return context.fail("group '\(name)' already exists", code: 9)
        }
        if let number = wanted, !options.has("o"), files.group(numbered: number) != nil {
            guard options.has("f") else { return context.fail("GID '\(number)' already exists", code: 4) }
            wanted = nil
        }
        guard let gid = wanted ?? nextGroup(files, isSystem: options.has("r"), preferred: nil) else {
            return context.fail("Can't get unique GID (no more available GIDs)", code: 4)
        }
        let members = options.value("U")?.split(separator: ",").map(String.init) ?? []
        add(name, gid, members, to: &files, password: options.value("p"))
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }

    static func nextGroup(_ files: AccountFiles, isSystem: Bool, preferred: Int?) -> Int? {
        let range = isSystem ? files.systemRange("GID") : files.ordinaryRange("GID")
        if let preferred, range.contains(preferred), files.group(numbered: preferred) == nil { return preferred }
        return AccountFiles.next(used: files.groups.map(\.gid), in: range, isSystem: isSystem)
    }

    static func add(
        _ name: String,
        _ gid: Int,
        _ members: [String] = [],
        to files: inout AccountFiles,
        password: String? = nil
    ) {
        let list = members.joined(separator: ",")
        files.append("\(name):x:\(gid):\(list)", to: .group)
        if files.has(.gshadow) { files.append("\(name):\(password ?? "!")::\(list)", to: .gshadow) }
    }

    private static func groupmod(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,append g,gid= n,new-name= o,non-unique p,password= R,root= P,prefix= U,users= h,help"
            )
        else { return .code(2) }
        guard let name = options.operands.first, options.operands.count == 1 else { return usage(context, "GROUP") }
        let (opened, exit) = open(context, "/etc/group", code: 10)
        guard var files = opened else { return exit }
        guard var group = files.group(named: name) else {
            return context.fail("group '\(name)' does not exist", code: 6)
        }
        if let text = options.value("g") {
            guard let number = Int(text), number >= 0, number < 1 << 32 else {
                return context.fail("invalid group ID '\(text)'", code: 3)
            }
            if number != group.gid, !options.has("o"), files.group(numbered: number) != nil {
                return context.fail("GID '\(number)' already exists", code: 4)
            }
            for user in files.users where user.gid == group.gid {
                var user = user
                user.gid = number
                files.update(user, named: user.name)
            }
            group.gid = number
        }
        if let newName = options.value("n"), newName != name {
            guard isValidName(newName) else { return context.fail("invalid group name '\(newName)'", code: 3) }
            if files.group(named: newName) != nil { return context.fail("group '\(newName)' already exists", code: 9) }
            group.name = newName
            files.set(0, of: name, in: .gshadow) { _ in newName }
        }
        if let list = options.value("U") { group.members = list.split(separator: ",").map(String.init) }
        files.update(group, named: name)
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }

    private static func groupdel(_ context: CommandContext) -> Exit {
        guard let options = context.options("f,force h,help R,root= P,prefix=") else { return .code(2) }
        guard let name = options.operands.first, options.operands.count == 1 else { return usage(context, "GROUP") }
        let (opened, exit) = open(context, "/etc/group", code: 10)
        guard var files = opened else { return exit }
        guard let group = files.group(named: name) else {
            return context.fail("group '\(name)' does not exist", code: 6)
        }
        if let user = files.users.first(where: { $0.gid == group.gid }), !options.has("f") {
            return context.fail("cannot remove the primary group of user '\(user.name)'", code: 8)
        }
        files.replace(name, in: .group, with: nil)
        files.replace(name, in: .gshadow, with: nil)
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }

    private static func gpasswd(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,add= d,delete= r,delete-password R,restrict A,administrators= M,members= Q,root="
            )
        else { return .code(2) }
        guard let name = options.operands.first else { return usage(context, "GROUP") }
        let (opened, exit) = open(context, "/etc/group", code: 1)
        guard var files = opened else { return exit }
        guard let group = files.group(named: name) else {
            return context.fail("group '\(name)' does not exist in /etc/group", code: 3)
        }
        if let user = options.value("a") {
            guard files.user(named: user) != nil else { return context.fail("user '\(user)' does not exist", code: 3) }
            context.out("Adding user \(user) to group \(name)\n")
            files.addMember(user, to: name)
        }
        if let user = options.value("d") {
            context.out("Removing user \(user) from group \(name)\n")
            guard group.members.contains(user) else {
                return context.fail("user '\(user)' is not a member of '\(name)'", code: 3)
            }
            files.setMembers(group.members.filter { $0 != user }, of: name)
        }
        if let list = options.value("M") { files.setMembers(list.split(separator: ",").map(String.init), of: name) }
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }

    // MARK: Users

    /// The defaults of `/etc/default/useradd`.
    private static func defaults(_ context: CommandContext) -> [String: String] {
        var result = ["SHELL": "/bin/sh", "HOME": "/home", "GROUP": "100", "SKEL": "/etc/skel"]
        for line in AccountFiles.text(context.execution.world.tree, "/etc/default/useradd")?.split(separator: "\n")
            ?? []
        {
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            result[String(line[..<equals])] = String(line[line.index(after: equals)...]).trimmed
        }
        return result
    }

    private static func useradd(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "badname b,base-dir= btrfs-subvolume-home c,comment= d,home-dir,home= D,defaults e,expiredate= f,inactive= "
                    + "F,add-subids-for-system g,gid= G,groups= h,help k,skel= K,key= l,no-log-init m,create-home "
                    + "M,no-create-home N,no-user-group o,non-unique p,password= r,system R,root= P,prefix= s,shell= u,uid= "
                    + "U,user-group Z,selinux-user="
            )
        else { return .code(2) }
        if options.has("h") || options.has("D") { return .code(0) }
        guard options.operands.count == 1, let name = options.operands.first else { return usage(context, "LOGIN") }
        guard options.has("badname") || isValidName(name) else {
            return context.fail("invalid user name '\(name)': use --badname to ignore", code: 3)
        }
        if let home = options.value("d"), !home.hasPrefix("/") || home.contains(":") {
            return context.fail("invalid home directory '\(home)'", code: 3)
        }
        if let shell = options.value("s"), !shell.isEmpty, !shell.hasPrefix("/") && shell != "*" || shell.contains(":")
        {
            return context.fail("invalid shell '\(shell)'", code: 3)
        }
        if let comment = options.value("c"), comment.contains(":") || comment.contains("\n") {
            return context.fail("invalid comment '\(comment)'", code: 3)
        }
        var wanted: Int?
        if let text = options.value("u") {
            guard let number = Int(text), number >= 0, number < (1 << 32) - 1 else {
                return context.fail("invalid user ID '\(text)'", code: 3)
            }
            wanted = number
        }
        if options.has("o"), wanted == nil { return context.fail("-o flag is only allowed with the -u flag", code: 2) }
        let (opened, exit) = open(context, "/etc/passwd", code: 1)
        guard var files = opened else { return exit }
        var mainGroup: AccountFiles.Group?
        if let text = options.value("g") {
            guard let found = group(text, files) else { return context.fail("group '\(text)' does not exist", code: 6) }
            mainGroup = found
        }
        var further: [String] = []
        for text in options.value("G")?.split(separator: ",").map(String.init) ?? [] {
            guard let found = group(text, files) else { return context.fail("group '\(text)' does not exist", code: 6) }
            further.append(found.name)
        }
        if files.user(named: name) != nil { return context.fail("user '\(name)' already exists", code: 9) }
        let makesGroup =
            options.has("U") || (mainGroup == nil && !options.has("N") && files.setting("USERGROUPS_ENAB") != "no")
        if makesGroup, mainGroup == nil, files.group(named: name) != nil {
            return context.fail("group \(name) exists - if you want to add this user to that group, use -g.", code: 9)
        }
        let isSystem = options.has("r")
        if let wanted, !options.has("o"), files.user(numbered: wanted) != nil {
            return context.fail("UID \(wanted) is not unique", code: 4)
        }
        let range = isSystem ? files.systemRange("UID") : files.ordinaryRange("UID")
        guard let uid = wanted ?? AccountFiles.next(used: files.users.map(\.uid), in: range, isSystem: isSystem) else {
            return context.fail("Can't get unique UID (no more available UIDs)", code: 4)
        }
        if wanted != nil, isSystem ? uid > range.upperBound : !range.contains(uid) {
            context.err(
                isSystem
                    ? "useradd warning: \(name)'s uid \(uid) is greater than SYS_UID_MAX \(range.upperBound)\n"
                    : "useradd warning: \(name)'s uid \(uid) outside of the UID_MIN \(range.lowerBound) and UID_MAX "
                        + "\(range.upperBound) range.\n"
            )
        }
        var keys: [String: String] = [:]
        for text in options.values("K") {
            guard let equals = text.firstIndex(of: "=") else {
                return context.fail("-K requires KEY=VALUE", code: 3)
            }
            keys[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        if keys.keys.contains(where: {
            !["UMASK", "HOME_MODE", "PASS_MAX_DAYS", "PASS_MIN_DAYS", "PASS_WARN_AGE"].contains($0)
        }) {
            return context.unknown("useradd -K is not followed", .filesystem)
        }
        func number(_ key: String, _ fallback: Int) -> Int {
            keys[key].flatMap { Int($0) } ?? files.setting(key, fallback)
        }
        guard let expiry = expiry(options, context) else { return .code(3) }
        let defaults = defaults(context)
        let gid: Int
        if let mainGroup {
            gid = mainGroup.gid
        } else if makesGroup {
            guard let free = nextGroup(files, isSystem: isSystem, preferred: uid) else {
                return context.fail("can't create group", code: 4)
            }
            gid = free
            add(name, gid, to: &files)
        } else {
            gid = defaults["GROUP"].flatMap { group($0, files)?.gid ?? Int($0) } ?? 100
        }
        let home = options.value("d") ?? (options.value("b") ?? defaults["HOME"] ?? "/home") + "/" + name
        let shell = options.value("s") ?? defaults["SHELL"] ?? "/bin/sh"
        let user = AccountFiles.User(
            name: name,
            password: "x",
            uid: uid,
            gid: gid,
            comment: options.value("c") ?? "",
            home: home,
            shell: shell
        )
        files.append(user.line, to: .passwd)
        if files.has(.shadow) {
            let password = options.value("p") ?? "!"
            let ages =
                isSystem
                ? "::"
                : "\(number("PASS_MIN_DAYS", 0)):\(number("PASS_MAX_DAYS", 99999)):\(number("PASS_WARN_AGE", 7))"
            let inactive = options.value("f").flatMap { Int($0) }.map { $0 < 0 ? "" : String($0) } ?? ""
            files.append("\(name):\(password):\(context.today):\(ages):\(inactive):\(expiry):", to: .shadow)
        }
        for member in further { files.addMember(name, to: member) }
        if !isSystem || options.has("F"), files.ordinaryRange("UID").contains(uid) || uid == 0 {
            addSubordinates(name, &files)
        }
        files.write(context.execution, keepsBackups: true)
        let wantsHome = options.has("m") || (files.setting("CREATE_HOME")?.lowercased() == "yes" && !isSystem)
        if wantsHome, !options.has("M") {
            let umask = UInt16(keys["UMASK"] ?? files.setting("UMASK") ?? "022", radix: 8) ?? 0o022
            let homeMode = keys["HOME_MODE"] ?? (keys["UMASK"] == nil ? files.setting("HOME_MODE") : nil)
            let mode = homeMode.flatMap { UInt16($0, radix: 8) } ?? 0o777 & ~umask
            let skeleton = options.value("k") ?? defaults["SKEL"]
            if !context.makeHome(home, mode: mode, uid: uid, gid: gid, skeleton: skeleton) {
                context.err(
                    "useradd: warning: the home directory \(home) already exists.\nuseradd: Not copying any file from skel "
                        + "directory into it.\n"
                )
            }
        }
        return .code(0)
    }

    /// The day of `-e` as the shadow file has it; nil after a message when it is no day.
    private static func expiry(_ options: CommandOptions, _ context: CommandContext) -> String? {
        guard let text = options.value("e"), !text.isEmpty, text != "-1" else { return "" }
        if let days = Int(text), days >= 0 { return String(days) }
        let parts = text.split(separator: "-").map(String.init)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let dayOfMonth = Int(parts[2]), let day = CivilDay(year: year, month: month, day: dayOfMonth)
        else {
            context.warn("invalid date '\(text)'")
            return nil
        }
        return String(day.epochDays)
    }

    /// Gives a user the next block of subordinate numbers, where the files for them are.
    static func addSubordinates(_ name: String, _ files: inout AccountFiles) {
        for (file, kind) in [(AccountFiles.File.subuid, "SUB_UID"), (.subgid, "SUB_GID")] where files.has(file) {
            let count = files.setting("\(kind)_COUNT", 65_536)
            var next = files.setting("\(kind)_MIN", 100_000)
            for line in files.lines[file] ?? [] {
                let parts = line.split(separator: ":").map(String.init)
                guard parts.count == 3, let start = Int(parts[1]), let length = Int(parts[2]), start < 1 << 40,
                    length < 1 << 40
                else { continue }
                next = max(next, start + length)
            }
            files.append("\(name):\(next):\(count)", to: file)
        }
    }

    private static func usermod(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,append b,badname c,comment= d,home= e,expiredate= f,inactive= g,gid= G,groups= l,login= L,lock m,move-home "
                    + "o,non-unique p,password= r,remove R,root= P,prefix= s,shell= u,uid= U,unlock v,add-subuids= w,add-subgids= h,help"
            )
        else { return .code(2) }
        guard options.operands.count == 1, let name = options.operands.first else { return usage(context, "LOGIN") }
        let execution = context.execution
        var files = AccountFiles(execution.world.tree)
        if files.isUnknown { return context.unknown("the accounts of the image are not known", .filesystem) }
        guard var user = files.user(named: name) else { return context.fail("user '\(name)' does not exist", code: 6) }
        guard context.isRoot else {
            context.err("usermod: Permission denied.\nusermod: cannot lock /etc/passwd; try again later.\n")
            return .code(1)
        }
        if let text = options.value("g") {
            guard let found = group(text, files) else { return context.fail("group '\(text)' does not exist", code: 6) }
            user.gid = found.gid
        }
        var further: [String]?
        if let list = options.value("G") {
            var names: [String] = []
            for text in list.split(separator: ",").map(String.init) {
                guard let found = group(text, files) else {
                    return context.fail("group '\(text)' does not exist", code: 6)
                }
                names.append(found.name)
            }
            further = names
        }
        let oldUID = user.uid
        if let text = options.value("u") {
            guard let number = Int(text), number >= 0, number < (1 << 32) - 1 else {
                return context.fail("invalid user ID '\(text)'", code: 3)
            }
            if number != user.uid, !options.has("o"), files.user(numbered: number) != nil {
                return context.fail("UID '\(number)' already exists", code: 4)
            }
            user.uid = number
        }
        if let newName = options.value("l"), newName != name {
            guard isValidName(newName) else {
                return context.fail("invalid user name '\(newName)': use --badname to ignore", code: 3)
            }
            if files.user(named: newName) != nil { return context.fail("user '\(newName)' already exists", code: 9) }
            user.name = newName
        }
        if let comment = options.value("c") { user.comment = comment }
        let oldHome = user.home
        if let home = options.value("d") { user.home = home }
        if let shell = options.value("s") {
            user.shell = shell
            if !shell.isEmpty, execution.world.tree.resolvedNode(at: ImagePath(shell)) == nil {
                context.err("usermod: Warning: missing or non-executable shell '\(shell)'\n")
            }
        }
        files.update(user, named: name)
        if let password = options.value("p") { files.set(1, of: name, in: .shadow) { _ in password } }
        if options.has("L") { files.set(1, of: name, in: .shadow) { $0.hasPrefix("!") ? $0 : "!" + $0 } }
        if let text = options.value("f"), let days = Int(text) {
            files.set(6, of: name, in: .shadow) { _ in days < 0 ? "" : String(days) }
        }
        if options.has("e") {
            guard let expiry = expiry(options, context) else { return .code(3) }
            files.set(7, of: name, in: .shadow) { _ in expiry }
        }
        if options.has("U") {
            if files.password(of: name) == "!" {
                context.err(
                    "usermod: unlocking the user's password would result in a passwordless account.\nYou should set a "
                        + "password with usermod -p to unlock this user's password.\n"
                )
            }
            files.set(1, of: name, in: .shadow) { $0.hasPrefix("!") && $0.utf8.count > 1 ? String($0.dropFirst()) : $0 }
        }
        if let further {
            for group in files.groups {
                let isMember = group.members.contains(name)
                let isWanted = further.contains(group.name)
                if options.has("r"), isWanted, isMember {
                    files.setMembers(group.members.filter { $0 != name }, of: group.name)
                } else if !options.has("r"), isWanted, !isMember {
                    files.addMember(name, to: group.name)
                } else if !options.has("a"), !options.has("r"), !isWanted, isMember {
                    files.setMembers(group.members.filter { $0 != name }, of: group.name)
                }
            }
        }
        if user.name != name {
            files.set(0, of: name, in: .shadow) { _ in user.name }
            for group in files.groups where group.members.contains(name) {
                files.setMembers(group.members.map { $0 == name ? user.name : $0 }, of: group.name)
            }
        }
        files.write(execution, keepsBackups: true)
        if oldUID != user.uid, let home = execution.world.tree.resolve(ImagePath(oldHome)),
            home.node?.isDirectory == true
        {
            FileWork.walk(execution.world.tree, home.path) { path, node in
                if node.uid == UInt32(clamping: oldUID) {
                    execution.world.tree.update(at: path) { $0.uid = UInt32(clamping: user.uid) }
                }
            }
        }
        if options.has("m"), options.has("d"), oldHome != user.home,
            let (from, node) = execution.world.tree.resolve(ImagePath(oldHome)), node != nil
        {
            FileWork.move(execution, from: from, to: ImagePath(user.home))
        }
        return .code(0)
    }
}
