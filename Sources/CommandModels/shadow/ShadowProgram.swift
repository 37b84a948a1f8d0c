// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of shadow 4.13 as Debian 12 has it, measured.

import CivilTime
import Diagnostics
import ShellMachine
import SystemFiles

extension Invocation {
    /// The account files; the end where what they hold is not known.
    mutating func accountFiles() throws(Ending) -> AccountFiles {
        let files = AccountFiles(world.tree)
        if files.isUnknown { throw unknownEnding("the accounts of the image are not known", .filesystem) }
        return files
    }
}

/// What shadow's account programs share.
enum ShadowProgram {
    private static let forbidden: Set<UInt8> = Set(":,/ \t\n".utf8)

    /// Whether a name may be one of an account.
    static func isValidName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !"-+~".utf8.contains(first), name.utf8.count <= 32 else { return false }
        return !name.utf8.contains { forbidden.contains($0) } && name != "." && name != ".."
    }

    /// Reads the files; the end when only root may go on.
    ///
    /// - Parameters:
    ///   - file: what the program locks first.
    ///   - code: how it ends when it may not.
    static func open(_ call: inout Invocation, locking file: String, code: Int) throws(Ending) -> AccountFiles {
        guard call.world.isRoot else { throw denied(&call, locking: file, code: code) }
        return try call.accountFiles()
    }

    static func denied(_ call: inout Invocation, locking file: String, code: Int) -> Ending {
        call.err("\(call.name): Permission denied.\n\(call.name): cannot lock \(file); try again later.\n")
        return Ending(outcome: .code(code, reason: .notPermitted(file)))
    }

    /// The end after a wrong number of operands.
    static func usage(_ call: inout Invocation, _ what: String) -> Ending {
        call.err("Usage: \(call.name) [options] \(what)\n")
        return Ending(outcome: .code(2))
    }

    /// The one operand.
    static func name(_ call: inout Invocation, _ what: String) throws(Ending) -> String {
        guard call.operands.count == 1, let name = call.operands.first else { throw usage(&call, what) }
        return name
    }

    /// A user or group number below a bound.
    ///
    /// - Parameter kind: `user` or `group`.
    static func number(
        _ text: String,
        _ kind: String,
        below bound: Int,
        _ call: inout Invocation
    ) throws(Ending) -> UInt32 {
        guard let number = UInt32(text), number < bound else {
            throw call.ending("invalid \(kind) ID '\(text)'", code: 3)
        }
        return number
    }

    /// A group by name or number; the end where it is missing.
    static func group(
        _ text: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> GroupEntry {
        guard let found = files.group(named: text) ?? UInt32(text).flatMap({ files.group(numbered: $0) }) else {
            throw call.ending("group '\(text)' does not exist", code: 6, reason: .groupMissing(text))
        }
        return found
    }

    /// The groups of a list that commas divide, by name.
    static func groups(
        _ list: String,
        _ files: AccountFiles,
        _ call: inout Invocation
    ) throws(Ending) -> [String] {
        var names: [String] = []
        for text in list.split(separator: ",") { names.append(try group(String(text), files, &call).name) }
        return names
    }

    /// The number that a new group gets.
    static func nextGroup(_ files: AccountFiles, isSystem: Bool, preferred: UInt32?) -> UInt32? {
        let range = isSystem ? files.definitions.systemRange("GID") : files.definitions.ordinaryRange("GID")
        if let preferred, range.contains(preferred), files.group(numbered: preferred) == nil { return preferred }
        return AccountFiles.next(used: files.groups.map(\.gid), in: range, isSystem: isSystem)
    }

    /// The day of `-e` as the shadow file has it; the end when it is no day.
    static func expiry(_ text: String?, _ call: inout Invocation) throws(Ending) -> String {
        guard let text, !text.isEmpty, text != "-1" else { return "" }
        if let days = Int(text), days >= 0 { return String(days) }
        let parts = text.split(separator: "-").map(String.init)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let dayOfMonth = Int(parts[2]), let day = CivilDay(year: year, month: month, day: dayOfMonth)
        else { throw call.ending("invalid date '\(text)'", code: 3) }
        return String(day.epochDays)
    }
}
