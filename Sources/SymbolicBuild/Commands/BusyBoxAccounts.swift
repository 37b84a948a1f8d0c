// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import Diagnostics
import ImageFilesystem
import OCISpec

/// BusyBox's `adduser`, `addgroup`, `deluser` and `delgroup`.
enum BusyBoxAccounts {
    private static func open(_ context: CommandContext) -> (AccountFiles?, Exit) {
        guard context.isRoot else { return (nil, context.fail("Permission denied. Are you root?")) }
        let files = AccountFiles(context.execution.world.tree)
        if files.isUnknown { return (nil, context.unknown("the accounts of the image are not known", .filesystem)) }
        return (files, .code(0))
    }

    /// The exit code for a name that is not taken, after a message.
    private static func refuse(_ name: String, _ context: CommandContext) -> Exit? {
        let bytes = Array(name.utf8)
        guard bytes.count <= 256 else { return context.fail("username is too long") }
        for (index, byte) in (bytes.isEmpty ? [0] : bytes).enumerated() {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "@"): continue
            case UInt8(ascii: "."), UInt8(ascii: "-"): if index > 0 { continue }
            case UInt8(ascii: "$"): if index == bytes.count - 1 { continue }
            default: break
            }
            let digits = String(byte, radix: 16)
            return context.fail(
                "illegal character with code 0x\(digits.utf8.count < 2 ? "0" : "")\(digits) at position \(index)"
            )
        }
        return nil
    }

    private static func usage(_ context: CommandContext) -> Exit {
        context.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: \(context.name) [OPTIONS] NAME\n")
        return .code(1)
    }

    static func adduser(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "h,home= g,gecos= s,shell= G,ingroup= S,system D,empty-password H,no-create-home u,uid= k,skel="
            )
        else { return .code(1) }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        guard let name = options.operands.first, options.operands.count <= 2 else { return usage(context) }
        if options.operands.count == 2 { return addMember(name, options.operands[1], &files, context) }
        if let exit = refuse(name, context) { return exit }
        let isSystem = options.has("S")
        var wanted: Int?
        if let text = options.value("u") {
            guard let number = Int(text), number >= 0, number <= 60_000 || number < 1 << 32 else {
                return context.fail("invalid number '\(text)'")
            }
            wanted = number
        }
        let groupName = options.value("G") ?? (isSystem ? "nogroup" : nil)
        var gid: Int?
        if let groupName {
            guard let group = files.group(named: groupName) else { return context.fail("unknown group \(groupName)") }
            gid = group.gid
        }
        if files.user(named: name) != nil { return context.fail("user '\(name)' in use") }
        let users = Set(files.users.map(\.uid))
        let groups = Set(files.groups.map(\.gid))
        if let wanted, users.contains(wanted) { return context.fail("uid '\(wanted)' in use") }
        let range = isSystem ? 100...999 : 1000...60_000
        guard
            let uid = wanted
                ?? AccountFiles.firstFree(in: range, { users.contains($0) || (gid == nil && groups.contains($0)) })
        else { return context.fail("no uids left") }
        if gid == nil {
            if files.group(named: name) != nil { return context.fail("group '\(name)' in use") }
            if groups.contains(uid) { return context.fail("gid '\(uid)' in use") }
        }
        let home = options.value("h") ?? "/home/\(name)"
        let shell = options.value("s") ?? (isSystem ? "/sbin/nologin" : context.environment("SHELL") ?? "/bin/sh")
        let comment = options.value("g") ?? "Linux User,,,"
        if comment.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == 0x0A }) {
            return context.fail("illegal character in GECOS")
        }
        let user = AccountFiles.User(
            name: name,
            password: "x",
            uid: uid,
            gid: gid ?? uid,
            comment: comment,
            home: home,
            shell: shell
        )
        files.append(user.line, to: .passwd)
        if files.has(.shadow) { files.append("\(name):!:\(context.today):0:99999:7:::", to: .shadow) }
        if let groupName { files.addMember(name, to: groupName) } else { ShadowCommands.add(name, uid, to: &files) }
        files.write(context.execution, keepsBackups: false)
        if !options.has("H") {
            // Taken over as it is when it is there, but for its owner.
            if !context.makeHome(
                home,
                mode: 0o2755,
                uid: uid,
                gid: user.gid,
                skeleton: options.value("k") ?? "/etc/skel"
            ),
                let (path, _) = context.execution.world.tree.resolve(ImagePath(home)), !path.isRoot
            {
                context.execution.world.tree.update(at: path) {
                    $0.uid = UInt32(clamping: uid)
                    $0.gid = UInt32(clamping: user.gid)
                    $0.mode |= 0o2000
                }
            }
        }
        if !options.has("D"), !isSystem {
            context.out("Changing password for \(name)\nNew password: ")
            context.err("\npasswd: password for \(name) is unchanged\n")
            return .code(1)
        }
        return .code(0)
    }

    private static func addMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ context: CommandContext
    ) -> Exit {
        guard files.user(named: user) != nil else { return context.fail("unknown user \(user)") }
        guard files.group(named: group) != nil else { return context.fail("unknown group \(group)") }
        files.addMember(user, to: group)
        files.write(context.execution, keepsBackups: false)
        return .code(0)
    }

    static func addgroup(_ context: CommandContext) -> Exit {
        guard let options = context.options("g,gid= S,system") else { return .code(1) }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        guard let name = options.operands.first, options.operands.count <= 2 else { return usage(context) }
        if options.operands.count == 2 {
            guard !options.has("g"), !options.has("S") else { return usage(context) }
            return addMember(name, options.operands[1], &files, context)
        }
        if let exit = refuse(name, context) { return exit }
        if files.group(named: name) != nil { return context.fail("group '\(name)' in use") }
        let taken = Set(files.groups.map(\.gid))
        let gid: Int
        if let text = options.value("g") {
            guard let number = Int(text), number >= 0, number < 1 << 32 else {
                return context.fail("invalid number '\(text)'")
            }
            if taken.contains(number) { return context.fail("gid '\(number)' in use") }
            gid = number
        } else {
            let range = options.has("S") ? 100...999 : 1000...60_000
            guard let free = AccountFiles.firstFree(in: range, taken.contains) else {
                return context.fail("no gids left")
            }
            gid = free
        }
        ShadowCommands.add(name, gid, to: &files)
        files.write(context.execution, keepsBackups: false)
        return .code(0)
    }

    static func deluser(_ context: CommandContext) -> Exit {
        guard let options = context.options("r,remove-home") else { return .code(1) }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        guard let name = options.operands.first, options.operands.count <= 2 else { return usage(context) }
        guard let user = files.user(named: name) else { return context.fail("unknown user \(name)") }
        if options.operands.count == 2 { return removeMember(name, options.operands[1], &files, context) }
        ShadowCommands.remove(user, &files, alsoGroup: true)
        files.write(context.execution, keepsBackups: false)
        if options.has("r"), let (path, node) = context.execution.world.tree.resolve(ImagePath(user.home)), node != nil,
            !path.isRoot
        {
            context.execution.world.take(path)
        }
        return .code(0)
    }

    private static func removeMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ context: CommandContext
    ) -> Exit {
        guard let found = files.group(named: group) else { return context.fail("unknown group \(group)") }
        guard found.members.contains(user) else { return context.fail("can't find \(user) in /etc/group") }
        files.setMembers(found.members.filter { $0 != user }, of: group)
        files.write(context.execution, keepsBackups: false)
        return .code(0)
    }

    static func delgroup(_ context: CommandContext) -> Exit {
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        let names = context.arguments
        guard let name = names.first, names.count <= 2 else { return usage(context) }
        if names.count == 2 {
            guard files.user(named: name) != nil else { return context.fail("unknown user \(name)") }
            return removeMember(name, names[1], &files, context)
        }
        guard let group = files.group(named: name) else { return context.fail("unknown group \(name)") }
        if let user = files.users.first(where: { $0.gid == group.gid }) {
            return context.fail("'\(user.name)' still has '\(name)' as their primary group!")
        }
        files.replace(name, in: .group, with: nil)
        files.replace(name, in: .gshadow, with: nil)
        files.write(context.execution, keepsBackups: false)
        return .code(0)
    }
}
