// SPDX-License-Identifier: Apache-2.0
//
// Source: sudo 1.9, sudo(8).

import Diagnostics
import ShellMachine

/// `sudo`: a program as root, or as somebody else.
enum Sudo: CommandModel {
    static let names = ["sudo"]
    static let scope = Unknown.Scope.filesystem
    static let user = CommandOption.value("u", "user", is: .account)
    static let options: OptionTable? = OptionTable(
        [
            user, .value("g", "group", is: .account), .optionalValue("E", "preserve-env"), .flag("H", "set-home"),
            .flag("n", "non-interactive"), .flag("i", "login"), .flag("s", "shell"), .flag("S"), .flag("k"), .flag("b"),
        ],
        stopsAtOperand: true,
        isWhole: false
    )

    static func run(_ call: inout Invocation) -> Outcome {
        guard call.world.isRoot else {
            return call.unknown("whether sudo lets this user through is not known", .filesystem)
        }
        let words = call.operands.map { Text($0) }
        guard let name = call.value(user) else { return call.launch(words) }
        guard let other = OtherUser(named: name, AccountFiles(call.world.tree)) else {
            return call.fail("unknown user \(name)", reason: .userMissing(name))
        }
        return other.run(words, &call)
    }
}
