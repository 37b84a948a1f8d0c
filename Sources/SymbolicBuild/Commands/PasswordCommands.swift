// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(1), chpasswd(8), chsh(1), chfn(1) of shadow 4.13; BusyBox's passwd and chpasswd.

import CivilTime
import Diagnostics
import ImageFilesystem
import OCISpec

/// Passwords, login shells and comments of accounts.
enum PasswordCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "passwd": LegacyModel(.filesystem, passwd),
        "chpasswd": LegacyModel(.filesystem, chpasswd),
        "chsh": LegacyModel(.filesystem, chsh),
        "chfn": LegacyModel(.filesystem, chfn),
    ]

    private static func open(_ context: CommandContext) -> (AccountFiles?, Exit) {
        let files = AccountFiles(context.execution.world.tree)
        if files.isUnknown { return (nil, context.unknown("the accounts of the image are not known", .filesystem)) }
        guard context.isRoot else { return (nil, context.fail("Permission denied.")) }
        return (files, .code(0))
    }

    private static func passwd(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,all d,delete e,expire h,help k,keep-tokens i,inactive= l,lock n,mindays= q,quiet r,repository= R,root= S,status "
                    + "u,unlock w,warndays= x,maxdays="
            )
        else { return .code(context.isBusybox ? 1 : 2) }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        let name = options.operands.first ?? "root"
        guard files.user(named: name) != nil else {
            return context.fail(context.isBusybox ? "unknown user \(name)" : "user '\(name)' does not exist")
        }
        let file: AccountFiles.File = files.has(.shadow) ? .shadow : .passwd
        if options.has("S") {
            let fields = files.fields(of: name, in: .shadow)
            guard !context.isBusybox, fields.count >= 7 else {
                return context.unknown("what passwd tells of an account is not known", .output)
            }
            let state = fields[1].isEmpty ? "NP" : fields[1].hasPrefix("!") || fields[1].hasPrefix("*") ? "L" : "P"
            func number(_ index: Int, _ fallback: String) -> String { fields[index].isEmpty ? fallback : fields[index] }
            let changed = CivilDay(epochDays: Int(fields[2]) ?? 0)
            context.out(
                "\(name) \(state) \(changed) \(number(3, "0")) \(number(4, "99999")) "
                    + "\(number(5, "7")) \(number(6, "-1"))\n"
            )
            return .code(0)
        }
        if options.has("u"), !context.isBusybox, files.password(of: name) == "!" {
            context.err(
                "passwd: unlocking the password would result in a passwordless account.\nYou should set a password with "
                    + "usermod -p to unlock the password of this account.\n"
            )
            return .code(3)
        }
        let ages = [("n", 3), ("x", 4), ("w", 5), ("i", 6)].filter { options.has($0.0) }
        for (key, field) in ages { files.set(field, of: name, in: .shadow) { _ in options.value(key) ?? "" } }
        if options.has("l") {
            files.set(1, of: name, in: file) { $0.hasPrefix("!") ? $0 : "!" + $0 }
        } else if options.has("u") {
            files.set(1, of: name, in: file) { $0.hasPrefix("!") ? String($0.dropFirst()) : $0 }
        } else if options.has("d") {
            files.set(1, of: name, in: file) { _ in "" }
        } else if options.has("e") {
            files.set(2, of: name, in: file) { _ in "0" }
        } else if options.given.isEmpty {
            let input = context.readInput()
            guard !input.bytes.isEmpty || input.isUnknown else {
                context.out("New password: ")
                context.err(
                    "Password change has been aborted.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n"
                )
                return .code(10)
            }
            files.set(1, of: name, in: file) { _ in "!unreadable" }
        } else if ages.isEmpty {
            return .code(0)
        }
        files.write(context.execution, keepsBackups: !context.isBusybox)
        if !options.has("q"), !options.given.isEmpty {
            context.out(
                context.isBusybox ? "passwd: password for \(name) changed by root\n" : "passwd: password changed.\n"
            )
        }
        return .code(0)
    }

    private static func chpasswd(_ context: CommandContext) -> Exit {
        guard let options = context.options("c,crypt-method= e,encrypted h,help m,md5 R,root= s,sha-rounds=") else {
            return .code(1)
        }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        let input = context.readInput()
        guard !input.isUnknown else { return context.unknown("which passwords are set is not known", .filesystem) }
        var isGood = true
        for (index, line) in input.string.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty, index > 0 || input.bytes.isEmpty { continue }
            guard let colon = line.firstIndex(of: ":") else {
                context.warn(
                    context.isBusybox ? "missing new password" : "line \(index + 1): missing new password"
                )
                if context.isBusybox { return .code(1) }
                isGood = false
                continue
            }
            let name = String(line[..<colon])
            guard files.user(named: name) != nil else {
                context.warn(
                    context.isBusybox ? "unknown user \(name)" : "line \(index + 1): user '\(name)' does not exist"
                )
                if context.isBusybox { return .code(1) }
                isGood = false
                continue
            }
            // The hash has a random salt: what stands for it says that a password is set, and matches none.
            let hash = options.has("e") ? String(line[line.index(after: colon)...]) : "$6$modelled$modelled"
            files.set(1, of: name, in: files.has(.shadow) ? .shadow : .passwd) { _ in hash }
            files.set(2, of: name, in: .shadow) { _ in String(context.today) }
            if context.isBusybox { context.out("chpasswd: password for '\(name)' changed\n") }
        }
        guard isGood else {
            context.warn("error detected, changes ignored")
            return .code(1)
        }
        files.write(context.execution, keepsBackups: !context.isBusybox)
        return .code(0)
    }

    private static func chsh(_ context: CommandContext) -> Exit {
        guard let options = context.options("h,help R,root= s,shell=") else { return .code(1) }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        let name = options.operands.first ?? "root"
        guard var user = files.user(named: name) else { return context.fail("user '\(name)' does not exist") }
        guard let shell = options.value("s") else { return .code(0) }
        user.shell = shell
        files.update(user, named: name)
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }

    private static func chfn(_ context: CommandContext) -> Exit {
        guard let options = context.options("f,full-name= h,home-phone= o,other= r,room= R,root= u,help w,work-phone=")
        else {
            return .code(1)
        }
        let (opened, exit) = open(context)
        guard var files = opened else { return exit }
        let name = options.operands.first ?? "root"
        guard var user = files.user(named: name) else { return context.fail("user '\(name)' does not exist") }
        var parts = user.comment.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        while parts.count < 4 { parts.append("") }
        for (index, key) in ["f", "r", "w", "h"].enumerated() {
            if let value = options.value(key) { parts[index] = value }
        }
        user.comment = parts.joined(separator: ",")
        files.update(user, named: name)
        files.write(context.execution, keepsBackups: true)
        return .code(0)
    }
}
