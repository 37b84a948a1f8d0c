// SPDX-License-Identifier: Apache-2.0
//
// Source: passwd(1) and chpasswd(8) of shadow 4.13; BusyBox 1.36's passwd and chpasswd.

import Diagnostics
import OCISpec
import ShellMachine
import SystemFiles

/// What shadow's and BusyBox's programs for passwords share.
enum PasswordChange {
    case lock, unlock, delete

    /// What stands for a hash: it has a random salt, so it says that a password is set, and matches none.
    static let modelledHash = "$6$modelled$modelled"

    /// The change that the options ask for; nil when they ask for none.
    init?(_ call: Invocation, lock: CommandOption, unlock: CommandOption, delete: CommandOption) {
        if call.has(lock) {
            self = .lock
        } else if call.has(unlock) {
            self = .unlock
        } else if call.has(delete) {
            self = .delete
        } else {
            return nil
        }
    }

    func apply(to name: String, _ files: inout AccountFiles) {
        files.set(1, of: name, in: files.passwordFile) { old in
            switch self {
            case .lock: old.hasPrefix("!") ? old : "!" + old
            case .unlock: old.hasPrefix("!") ? String(old.dropFirst()) : old
            case .delete: ""
            }
        }
    }

    /// The files; the end where only root may go on.
    static func open(_ call: inout Invocation) throws(Ending) -> AccountFiles {
        let files = try call.accountFiles()
        guard call.world.isRoot else {
            throw call.ending("Permission denied.", reason: .notPermitted("/etc/passwd"))
        }
        return files
    }

    /// The end where there is no such user.
    static func checkUser(_ name: String, _ files: AccountFiles, _ call: inout Invocation) throws(Ending) {
        guard files.user(named: name) == nil else { return }
        throw call.ending(
            call.isBusybox ? "unknown user \(name)" : "user '\(name)' does not exist",
            reason: .userMissing(name)
        )
    }

    /// Whether a password stands at standard input, as far as that is known.
    static func readsInput(_ call: inout Invocation) -> Bool {
        let input = call.world.readInput()
        return !input.bytes.isEmpty || input.isUnknown
    }

    /// The lines of `chpasswd`; the end where they are not known.
    static func lines(_ call: inout Invocation) throws(Ending) -> [(number: Int, text: Substring)] {
        let input = call.world.readInput()
        guard !input.isUnknown else { throw call.unknownEnding("which passwords are set is not known", .filesystem) }
        let text = input.string
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.isEmpty && (index > 0 || input.bytes.isEmpty) ? nil : (index + 1, line)
        }
    }

    /// Says that the hashes that were written are not those of a real run, whose salt is random.
    static func noteSalt(_ files: AccountFiles, _ call: inout Invocation) {
        let file: ImagePath = files.passwordFile == .shadow ? "/etc/shadow" : "/etc/passwd"
        call.world.note("the hash of a password that \(call.name) writes has a random salt", .files, in: [file])
    }

    /// Sets the password of a line `name:password`, and that it was set today.
    static func set(_ password: String, of name: String, _ files: inout AccountFiles, today: Int) {
        files.set(1, of: name, in: files.passwordFile) { _ in password }
        files.set(2, of: name, in: .shadow) { _ in String(today) }
    }
}
