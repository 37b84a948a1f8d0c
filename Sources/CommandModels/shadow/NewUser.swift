// SPDX-License-Identifier: Apache-2.0
//
// Source: useradd(8) of shadow 4.13 as Debian 12 has it, measured.

import Diagnostics
import OCISpec
import ShellMachine
import SystemFiles

/// An account that `useradd` is about to add.
struct NewUser {
    private var user: PasswdEntry
    private let isSystem: Bool
    /// Whether a group of the user's name comes too.
    private let makesGroup: Bool
    /// The further groups by name.
    private let further: [String]
    /// What `-K` says.
    private let keys: [String: String]
    /// What stands in `/etc/default/useradd`.
    private let defaults: [String: String]

    /// Finds the groups and numbers; the end where something is missing or taken.
    init(_ name: String, _ wanted: UInt32?, _ files: AccountFiles, _ call: inout Invocation) throws(Ending) {
        var mainGroup: GroupEntry?
        if let text = call.value(Useradd.group) { mainGroup = try ShadowProgram.group(text, files, &call) }
        further = try ShadowProgram.groups(call.value(Useradd.groups) ?? "", files, &call)
        if files.user(named: name) != nil {
            throw call.ending("user '\(name)' already exists", code: 9, reason: .nameTaken(name))
        }
        let usually = !call.has(Useradd.noUserGroup) && files.definitions.text("USERGROUPS_ENAB") != "no"
        makesGroup = mainGroup == nil && (call.has(Useradd.userGroup) || usually)
        if makesGroup, files.group(named: name) != nil {
            throw call.ending(
                "group \(name) exists - if you want to add this user to that group, use -g.",
                code: 9,
                reason: .nameTaken(name)
            )
        }
        isSystem = call.has(Useradd.system)
        let uid = try Self.number(wanted, name, isSystem: isSystem, files, &call)
        keys = try Self.keys(&call)
        defaults = Self.defaults(call.world)
        let home =
            call.value(Useradd.homeFolder)
            ?? (call.value(Useradd.baseFolder) ?? defaults["HOME"] ?? "/home") + "/" + name
        let usual = defaults["GROUP"].flatMap { text in
            (files.group(named: text) ?? UInt32(text).flatMap { files.group(numbered: $0) })?.gid ?? UInt32(text)
        }
        user = PasswdEntry(
            name: name,
            uid: uid,
            gid: mainGroup?.gid ?? usual ?? 100,
            comment: call.value(Useradd.comment) ?? "",
            home: home,
            shell: call.value(Useradd.shell) ?? defaults["SHELL"] ?? "/bin/sh"
        )
    }

    private static func number(
        _ wanted: UInt32?,
        _ name: String,
        isSystem: Bool,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> UInt32 {
        let range = isSystem ? files.definitions.systemRange("UID") : files.definitions.ordinaryRange("UID")
        guard let wanted else {
            guard let free = AccountFiles.next(used: files.users.map(\.uid), in: range, isSystem: isSystem) else {
                throw call.ending("Can't get unique UID (no more available UIDs)", code: 4)
            }
            return free
        }
        if !call.has(Useradd.nonUnique), files.user(numbered: wanted) != nil {
            throw call.ending("UID \(wanted) is not unique", code: 4, reason: .numberTaken(Int(wanted)))
        }
        if isSystem ? wanted > range.upperBound : !range.contains(wanted) {
            call.err(
                isSystem
                    ? "useradd warning: \(name)'s uid \(wanted) is greater than SYS_UID_MAX \(range.upperBound)\n"
                    : "useradd warning: \(name)'s uid \(wanted) outside of the UID_MIN \(range.lowerBound) and UID_MAX "
                        + "\(range.upperBound) range.\n"
            )
        }
        return wanted
    }

    private static func keys(_ call: inout Invocation) throws(Ending) -> [String: String] {
        var keys: [String: String] = [:]
        for text in call.values(Useradd.key) {
            guard let equals = text.firstIndex(of: "=") else { throw call.ending("-K requires KEY=VALUE", code: 3) }
            keys[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        let known: Set = ["UMASK", "HOME_MODE", "PASS_MAX_DAYS", "PASS_MIN_DAYS", "PASS_WARN_AGE"]
        guard known.isSuperset(of: keys.keys) else {
            throw call.unknownEnding("useradd -K is not followed", .filesystem)
        }
        return keys
    }

    private static func defaults(_ world: World) -> [String: String] {
        var result = ["SHELL": "/bin/sh", "HOME": "/home", "GROUP": "100", "SKEL": "/etc/skel"]
        for line in world.text(at: "/etc/default/useradd")?.split(separator: "\n") ?? [] {
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            result[String(line[..<equals])] = String(line[line.index(after: equals)...]).trimmed
        }
        return result
    }

    /// Adds the account, its group and its place in other groups to the files.
    mutating func add(to files: inout AccountFiles, _ call: inout Invocation) throws(Ending) {
        let expiry = try ShadowProgram.expiry(call.value(Useradd.expiry), &call)
        if makesGroup {
            guard let free = ShadowProgram.nextGroup(files, isSystem: isSystem, preferred: user.uid) else {
                throw call.ending("can't create group", code: 4)
            }
            user.gid = free
            files.add(GroupEntry(name: user.name, gid: free))
        }
        let definitions = files.definitions
        func age(_ key: String, _ fallback: Int) -> String {
            isSystem ? "" : String(keys[key].flatMap { Int($0) } ?? definitions.number(key, fallback))
        }
        let inactive = call.value(Useradd.inactive).flatMap { Int($0) }.map { $0 < 0 ? "" : String($0) }
        let shadow = ShadowEntry(
            name: user.name,
            password: call.value(Useradd.password) ?? "!",
            lastChange: String(call.world.today),
            minimum: age("PASS_MIN_DAYS", 0),
            maximum: age("PASS_MAX_DAYS", 99999),
            warning: age("PASS_WARN_AGE", 7),
            inactive: inactive ?? "",
            expiry: expiry
        )
        files.add(user, shadow: shadow)
        for group in further { files.addMember(user.name, to: group) }
        let isOrdinary = definitions.ordinaryRange("UID").contains(user.uid) || user.uid == 0
        if !isSystem || call.has(Useradd.subordinates), isOrdinary { files.addSubordinates(user.name) }
    }

    /// Makes the home folder where one is wanted.
    func makeHome(_ definitions: LoginDefinitions, _ call: inout Invocation) {
        let isUsual = definitions.text("CREATE_HOME")?.lowercased() == "yes" && !isSystem
        guard call.has(Useradd.createHome) || isUsual, !call.has(Useradd.noCreateHome) else { return }
        let umask = UInt16(keys["UMASK"] ?? definitions.text("UMASK") ?? "022", radix: 8) ?? 0o022
        let homeMode = keys["HOME_MODE"] ?? (keys["UMASK"] == nil ? definitions.text("HOME_MODE") : nil)
        let mode = homeMode.flatMap { UInt16($0, radix: 8) } ?? 0o777 & ~umask
        let skeleton = call.value(Useradd.skeleton) ?? defaults["SKEL"]
        guard !HomeFolder(of: user).make(mode: mode, skeleton: skeleton, in: &call.world) else { return }
        call.err(
            "useradd: warning: the home directory \(user.home) already exists.\nuseradd: Not copying any file from skel "
                + "directory into it.\n"
        )
    }
}
