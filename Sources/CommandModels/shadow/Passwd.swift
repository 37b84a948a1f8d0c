// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(1) of shadow 4.13, measured.

import CivilTime
import Diagnostics
import ShellMachine
import SystemFiles

/// `passwd`: sets, locks and shows an account's password.
enum Passwd: AccountProgram {
    static let names = ["passwd"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let usageExit = 2
    static let delete = CommandOption.flag("d", "delete")
    static let expire = CommandOption.flag("e", "expire")
    static let inactive = CommandOption.value("i", "inactive", is: .number)
    static let lock = CommandOption.flag("l", "lock")
    static let minimum = CommandOption.value("n", "mindays", is: .number)
    static let quiet = CommandOption.flag("q", "quiet")
    static let status = CommandOption.flag("S", "status")
    static let unlock = CommandOption.flag("u", "unlock")
    static let warning = CommandOption.value("w", "warndays", is: .number)
    static let maximum = CommandOption.value("x", "maxdays", is: .number)
    static let options: OptionTable? = OptionTable([
        .flag("a", "all"), delete, expire, .flag("h", "help"), .flag("k", "keep-tokens").unfollowed, inactive, lock,
        minimum,
        quiet, .value("r", "repository").unfollowed, .value("R", "root", is: .path).unfollowed, status, unlock, warning,
        maximum,
    ])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = call.operands.first ?? "root"
        var files = try PasswordChange.open(&call)
        try PasswordChange.checkUser(name, files, &call)
        if call.has(status) { return try show(name, files, &call) }
        if call.has(unlock), files.password(of: name) == "!" {
            call.err(
                "passwd: unlocking the password would result in a passwordless account.\nYou should set a password with "
                    + "usermod -p to unlock the password of this account.\n"
            )
            return .code(3)
        }
        if let outcome = set(name, &files, &call) { return outcome }
        files.write(to: &call.world, keepsBackups: true)
        if !call.has(quiet), !call.options.given.isEmpty { call.out("passwd: password changed.\n") }
        return .success
    }

    /// Does what the options ask for, in the files as they were read.
    ///
    /// - Returns: how the program ends; nil when something is to be written.
    static func set(_ name: String, _ files: inout AccountFiles, _ call: inout Invocation) -> Outcome? {
        let ages = [(minimum, 3), (maximum, 4), (warning, 5), (inactive, 6)].filter { call.has($0.0) }
        for (option, field) in ages {
            let value = call.value(option) ?? ""
            files.set(field, of: name, in: .shadow) { _ in value }
        }
        if let change = PasswordChange(call, lock: lock, unlock: unlock, delete: delete) {
            change.apply(to: name, &files)
        } else if call.has(expire) {
            files.set(2, of: name, in: files.passwordFile) { _ in "0" }
        } else if call.options.given.isEmpty {
            guard PasswordChange.readsInput(&call) else {
                call.out("New password: ")
                call.err(
                    "Password change has been aborted.\npasswd: Authentication token manipulation error\n"
                        + "passwd: password unchanged\n"
                )
                return .code(10)
            }
            files.set(1, of: name, in: files.passwordFile) { _ in "!unreadable" }
        } else if ages.isEmpty {
            return .success
        }
        return nil
    }

    private static func show(
        _ name: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> Outcome {
        let fields = files.fields(of: name, in: .shadow)
        guard fields.count >= 7 else {
            throw call.unknownEnding("what passwd tells of an account is not known", .output)
        }
        let state = fields[1].isEmpty ? "NP" : fields[1].hasPrefix("!") || fields[1].hasPrefix("*") ? "L" : "P"
        func number(_ index: Int, _ fallback: String) -> String { fields[index].isEmpty ? fallback : fields[index] }
        let day = CivilDay(epochDays: Int(fields[2]) ?? 0)
        call.out(
            "\(name) \(state) \(day) \(number(3, "0")) \(number(4, "99999")) \(number(5, "7")) \(number(6, "-1"))\n"
        )
        return .success
    }
}
