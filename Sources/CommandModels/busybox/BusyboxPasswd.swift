// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1's passwd, measured.

import Diagnostics
import ShellMachine

/// BusyBox's `passwd`: sets and locks an account's password.
enum BusyboxPasswd: AccountProgram {
    static let names = ["passwd"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let options = Passwd.options

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        let name = call.operands.first ?? "root"
        var files = try PasswordChange.open(&call)
        try PasswordChange.checkUser(name, files, &call)
        if call.has(Passwd.status) {
            throw call.unknownEnding("what passwd tells of an account is not known", .output)
        }
        if let outcome = Passwd.set(name, &files, &call) { return outcome }
        files.write(to: &call.world, keepsBackups: false)
        if !call.has(Passwd.quiet), !call.options.given.isEmpty {
            call.out("passwd: password for \(name) changed by root\n")
        }
        return .success
    }
}
