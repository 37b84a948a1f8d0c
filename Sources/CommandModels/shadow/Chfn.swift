// SPDX-License-Identifier: Apache-2.0
//
// Source: chfn(1) of shadow 4.13, measured.

import ShellMachine
import SystemFiles

/// `chfn`: changes the parts of an account's comment.
enum Chfn: AccountProgram {
    static let names = ["chfn"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    /// In the order in which they stand in the comment.
    private static let parts = [
        CommandOption.value("f", "full-name"), .value("r", "room"), .value("w", "work-phone"),
        .value("h", "home-phone"),
    ]
    static let options: OptionTable? = OptionTable(
        parts + [.value("o", "other").unfollowed, .value("R", "root", is: .path).unfollowed, .flag("u", "help")]
    )

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try PasswordChange.open(&call)
        let name = call.operands.first ?? "root"
        try PasswordChange.checkUser(name, files, &call)
        guard var user = files.user(named: name) else { return .success }
        var comment = user.comment.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        while comment.count < 4 { comment.append("") }
        for (index, option) in parts.enumerated() {
            if let value = call.value(option) { comment[index] = value }
        }
        user.comment = comment.joined(separator: ",")
        files.update(user, named: name)
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
