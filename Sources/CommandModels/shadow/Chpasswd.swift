// SPDX-License-Identifier: Apache-2.0
//
// Source: chpasswd(8) of shadow 4.13, measured.

import ShellMachine

/// `chpasswd`: sets passwords from lines `name:password`.
enum Chpasswd: AccountProgram {
    static let names = ["chpasswd"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let home = ProgramHome.sbin
    static let encrypted = CommandOption.flag("e", "encrypted")
    static let options: OptionTable? = OptionTable([
        .value("c", "crypt-method"), encrypted, .flag("h", "help"), .flag("m", "md5"),
        .value("R", "root", is: .path).unfollowed,
        .value("s", "sha-rounds", is: .number),
    ])

    /// Every line is looked at; nothing is written where one is wrong.
    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try PasswordChange.open(&call)
        let today = call.world.today
        var isGood = true
        var isHashed = false
        for (number, line) in try PasswordChange.lines(&call) {
            guard let colon = line.firstIndex(of: ":") else {
                call.warn("line \(number): missing new password")
                isGood = false
                continue
            }
            let name = String(line[..<colon])
            guard files.user(named: name) != nil else {
                call.warn("line \(number): user '\(name)' does not exist")
                isGood = false
                continue
            }
            let hash =
                call.has(encrypted) ? String(line[line.index(after: colon)...]) : PasswordChange.modelledHash
            PasswordChange.set(hash, of: name, &files, today: today)
            if !call.has(encrypted) { isHashed = true }
        }
        guard isGood else { throw call.ending("error detected, changes ignored") }
        // Where PAM makes the hash, it writes the file as well, and keeps no copy.
        files.write(to: &call.world, keepsBackups: call.has(encrypted))
        if isHashed { PasswordChange.noteSalt(files, &call) }
        return .success
    }
}
