// SPDX-License-Identifier: Apache-2.0
//
// Source: util-linux 2.38, su(1); BusyBox 1.36.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// `su`: a shell, or a command, as somebody else.
enum Su: CommandModel {
    static let names = ["su"]
    static let scope = Unknown.Scope.filesystem
    static let command = CommandOption.value("c", "command")
    static let shell = CommandOption.value("s", "shell", is: .path)
    static let login = CommandOption.flag("l", "login")
    static let keeps = CommandOption.flag("m", "p", "preserve-environment")
    static let options: OptionTable? = OptionTable([
        command, shell, login, keeps, .value("g", "group", is: .account), .value("G", "supp-group", is: .account),
        .flag("f", "fast"), .flag("P", "pty"), .value("w"), .flag("-"), .value("session-command"),
    ])

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        call.fail(problem.gnuMessage, reason: problem.reason(call))
    }

    static func run(_ call: inout Invocation) -> Outcome {
        let files = AccountFiles(call.world.tree)
        var operands = call.operands
        if operands.first == "-" { operands.removeFirst() }
        let name = operands.first ?? "root"
        guard let other = OtherUser(named: name, files), let account = other.account else {
            return missing(name, files, &call)
        }
        guard call.world.isRoot else { return call.fail("Authentication failure", reason: .notPermitted("su")) }
        let shell = call.value(shell) ?? (account.shell.isEmpty ? "/bin/sh" : account.shell)
        if shell.hasSuffix("/nologin") || shell.hasSuffix("/false") {
            call.out(shell.hasSuffix("nologin") ? "This account is currently not available.\n" : "")
            return .code(1)
        }
        var words = [Text(shell)]
        if let command = call.value(command) { words += [Text("-c"), Text(command)] }
        words += operands.dropFirst().map { Text($0) }
        let isLogin = call.has(login) || call.arguments.contains("-")
        var variables: [String: String] = [:]
        if !call.has(keeps) {
            variables = ["HOME": account.home, "SHELL": shell]
            if isLogin || other.user.uid != 0 {
                variables["USER"] = name
                variables["LOGNAME"] = name
            }
        }
        let place = call.world.workingDirectory
        if isLogin { goHome(account.home, as: other.user, &call) }
        let outcome = other.run(words, setting: variables, &call)
        call.world.workingDirectory = place
        return outcome
    }

    private static func missing(_ name: String, _ files: AccountFiles, _ call: inout Invocation) -> Outcome {
        if files.isUnknown || call.world.isUncertain("/etc/passwd") {
            return call.unknown("whether the account \(name) is there is not known", .filesystem)
        }
        return call.fail(
            call.isBusybox
                ? "unknown user \(name)"
                : "user \(name) does not exist or the user entry does not contain all the required fields",
            reason: .userMissing(name)
        )
    }

    /// A login begins in the account's folder, where the user may enter it.
    private static func goHome(_ home: String, as user: World.User, _ call: inout Invocation) {
        let own = call.world.user
        call.world.user = user
        let found = try? call.world.resolve(ImagePath(home))
        call.world.user = own
        if found?.node?.isDirectory == true {
            call.world.workingDirectory = ImagePath(home)
        } else if !call.isBusybox {
            call.err("su: warning: cannot change directory to \(home): No such file or directory\n")
        }
    }
}
