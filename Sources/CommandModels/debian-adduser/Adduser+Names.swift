// SPDX-License-Identifier: Apache-2.0
//
// Source: behaviour of adduser 3.134 (Debian 12), measured.

import ShellMachine

extension Adduser {
    /// The end for a name that the distribution does not want.
    static func checkName(_ name: String, _ call: inout Invocation) throws(Ending) {
        if name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw call.ending(
                "To avoid ambiguity with numerical UIDs, usernames which\n            consist of only digits are not allowed."
            )
        }
        if name.utf8.count > 32 {
            throw call.ending(
                "Usernames must be no more than 32 bytes in length;\n            note that if you are using Unicode characters, "
                    + "the character\n            limit will be less than 32."
            )
        }
        if !ShadowProgram.isValidName(name) {
            throw call.ending(
                "To avoid problems, the username must not start with a\n            dash, plus sign, or tilde, and it must not "
                    + "contain any of the\n            following: colon, comma, slash, or any whitespace characters\n            "
                    + "including spaces, tabs, and newlines."
            )
        }
        let isSystem = call.has(DebianAccounts.system)
        if isPlain(name, isSystem: isSystem) { return }
        if call.has(badNames) || call.has(allNames) {
            DebianAccounts.say("Allowing use of questionable username.", &call)
            return
        }
        let variable = isSystem ? "SYS_NAME_REGEX" : "NAME_REGEX"
        throw call.ending(
            "Please enter a username matching the regular expression\n            configured via the \(variable) configuration "
                + "variable.  Use the\n            `--allow-bad-names' option to relax this check or reconfigure\n            "
                + "\(variable) in configuration."
        )
    }

    /// Whether a name has lower-case letters, digits and dashes only, a letter first; one `$` may stand at its end.
    private static func isPlain(_ name: String, isSystem: Bool) -> Bool {
        var bytes = Array(name.utf8)[...]
        if bytes.count > 1, bytes.last == UInt8(ascii: "$") { bytes.removeLast() }
        return bytes.enumerated().allSatisfy { index, byte in
            switch byte {
            case 0x61...0x7A: true
            case UInt8(ascii: "_"): index > 0 || isSystem
            case 0x30...0x39, UInt8(ascii: "-"): index > 0
            default: false
            }
        }
    }
}
