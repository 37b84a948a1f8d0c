// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1's chpasswd, measured.

import ShellMachine

/// BusyBox's `chpasswd`: sets passwords from lines `name:password`.
enum BusyboxChpasswd: AccountProgram {
    static let names = ["chpasswd"]
    static let flavors: Set<ProgramFlavor> = [.busybox]
    static let home = ProgramHome.sbin
    static let encrypted = Chpasswd.encrypted
    static let options = Chpasswd.options

    /// The first line that is wrong ends it.
    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try PasswordChange.open(&call)
        let today = call.world.today
        var isHashed = false
        for (_, line) in try PasswordChange.lines(&call) {
            guard let colon = line.firstIndex(of: ":") else { throw call.ending("missing new password") }
            let name = String(line[..<colon])
            try PasswordChange.checkUser(name, files, &call)
            let hash =
                call.has(encrypted) ? String(line[line.index(after: colon)...]) : PasswordChange.modelledHash
            PasswordChange.set(hash, of: name, &files, today: today)
            if !call.has(encrypted) { isHashed = true }
            call.out("chpasswd: password for '\(name)' changed\n")
        }
        files.write(to: &call.world, keepsBackups: false)
        if isHashed { PasswordChange.noteSalt(files, &call) }
        return .success
    }
}
