// SPDX-License-Identifier: Apache-2.0
//
// Source: chsh(1) of shadow 4.13, measured.

import ShellMachine
import SystemFiles

/// `chsh`: changes a login shell.
enum Chsh: AccountProgram {
    static let names = ["chsh"]
    static let flavors: Set<ProgramFlavor> = [.shadow]
    static let shell = CommandOption.value("s", "shell", is: .path)
    static let options: OptionTable? = OptionTable([.flag("h", "help"), .value("R", "root", is: .path), shell])

    static func change(_ call: inout Invocation) throws(Ending) -> Outcome {
        var files = try PasswordChange.open(&call)
        let name = call.operands.first ?? "root"
        try PasswordChange.checkUser(name, files, &call)
        guard let shell = call.value(shell), var user = files.user(named: name) else { return .success }
        user.shell = shell
        files.update(user, named: name)
        files.write(to: &call.world, keepsBackups: true)
        return .success
    }
}
