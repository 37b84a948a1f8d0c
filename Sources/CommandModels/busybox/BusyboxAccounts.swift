// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of BusyBox 1.36.1 as Alpine has it, measured.

import ShellMachine
import SystemFiles

/// What BusyBox's account applets share.
enum BusyboxAccounts {
    /// The numbers of new accounts.
    static func range(isSystem: Bool) -> ClosedRange<UInt32> { isSystem ? 100...999 : 1000...60_000 }

    /// The files; the end where only root may go on.
    static func open(_ call: inout Invocation) throws(Ending) -> AccountFiles {
        guard call.world.isRoot else {
            throw call.ending("Permission denied. Are you root?", reason: .notPermitted("/etc/passwd"))
        }
        return try call.accountFiles()
    }

    /// The end after a wrong number of operands.
    static func usage(_ call: inout Invocation) -> Ending {
        call.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: \(call.name) [OPTIONS] NAME\n")
        return Ending(outcome: .code(1))
    }

    /// The one or two operands.
    static func operands(_ call: inout Invocation) throws(Ending) -> (first: String, second: String?) {
        let operands = call.operands
        guard let first = operands.first, operands.count <= 2 else { throw usage(&call) }
        return (first, operands.count == 2 ? operands[1] : nil)
    }

    /// The end for a name that is not taken.
    static func check(_ name: String, _ call: inout Invocation) throws(Ending) {
        let bytes = Array(name.utf8)
        guard bytes.count <= 256 else { throw call.ending("username is too long") }
        for (index, byte) in (bytes.isEmpty ? [0] : bytes).enumerated() {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "@"): continue
            case UInt8(ascii: "."), UInt8(ascii: "-"): if index > 0 { continue }
            case UInt8(ascii: "$"): if index == bytes.count - 1 { continue }
            default: break
            }
            let digits = String(byte, radix: 16)
            throw call.ending(
                "illegal character with code 0x\(digits.utf8.count < 2 ? "0" : "")\(digits) at position \(index)"
            )
        }
    }

    /// A user or group number.
    static func number(_ text: String, _ call: inout Invocation) throws(Ending) -> UInt32 {
        guard let number = UInt32(text) else {
            throw call.ending("invalid number '\(text)'")
        }
        return number
    }

    static func group(
        _ name: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> GroupEntry {
        guard let group = files.group(named: name) else {
            throw call.ending("unknown group \(name)", reason: .groupMissing(name))
        }
        return group
    }

    static func user(
        _ name: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> PasswdEntry {
        guard let user = files.user(named: name) else {
            throw call.ending("unknown user \(name)", reason: .userMissing(name))
        }
        return user
    }

    static func addMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) {
        _ = try self.user(user, files, &call)
        _ = try self.group(group, files, &call)
        files.addMember(user, to: group)
        files.write(to: &call.world, keepsBackups: false)
    }

    static func removeMember(
        _ user: String,
        _ group: String,
        _ files: inout AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) {
        let found = try self.group(group, files, &call)
        guard found.members.contains(user) else { throw call.ending("can't find \(user) in /etc/group") }
        files.setMembers(found.members.filter { $0 != user }, of: group)
        files.write(to: &call.world, keepsBackups: false)
    }
}
