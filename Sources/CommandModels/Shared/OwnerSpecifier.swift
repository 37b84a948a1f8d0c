// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, chown, "Operands"; GNU coreutils 9.1 for `user:` and `user.group`.

import ShellMachine
import SystemFiles

/// Who a file is given to: `user`, `user:group`, `:group`, `user:`, by name or number.
struct OwnerSpecifier {
    /// What is not there.
    enum Problem: Error, Equatable { case user(String), group(String), specification }

    private(set) var uid: UInt32?
    private(set) var gid: UInt32?

    /// An owner that is known by number.
    init(uid: UInt32?, gid: UInt32?) {
        self.uid = uid
        self.gid = gid
    }

    /// Reads a group alone.
    init(group text: String, _ files: AccountFiles) throws(Problem) {
        guard let number = files.group(named: text).map({ $0.gid }) ?? UInt32(text) else { throw .group(text) }
        gid = number
    }

    /// Reads a user, a group, or both.
    init(parsing text: String, _ files: AccountFiles) throws(Problem) {
        let separator = text.firstIndex(of: ":") ?? (files.user(named: text) == nil ? text.firstIndex(of: ".") : nil)
        let userText = String(text[..<(separator ?? text.endIndex)])
        let groupText = separator.map { String(text[text.index(after: $0)...]) }
        if !userText.isEmpty {
            let account = files.user(named: userText)
            guard let number = account?.uid ?? UInt32(userText) else { throw .user(userText) }
            uid = number
            if groupText?.isEmpty == true {
                guard let main = account?.gid else { throw .specification }
                gid = main
            }
        }
        guard let groupText, !groupText.isEmpty else { return }
        guard let number = files.group(named: groupText)?.gid ?? UInt32(groupText) else {
            throw .group(groupText)
        }
        gid = number
    }

}

extension OwnerSpecifier.Problem {
    /// What coreutils say of an operand.
    func gnuMessage(_ operand: String) -> String {
        switch self {
        case .user: "invalid user: '\(operand)'"
        case .group: "invalid group: '\(operand)'"
        case .specification: "invalid spec: '\(operand)'"
        }
    }

    /// What BusyBox says of an operand.
    func busyboxMessage(_ operand: String) -> String {
        let parts = operand.split(separator: ":", omittingEmptySubsequences: false)
        return switch self {
        case .user: "unknown user \(parts.first ?? "")"
        case .group, .specification: "unknown group \(parts.last ?? "")"
        }
    }

    var reason: CommandFailure? {
        switch self {
        case .user(let name): .userMissing(name)
        case .group(let name): .groupMissing(name)
        case .specification: nil
        }
    }
}
