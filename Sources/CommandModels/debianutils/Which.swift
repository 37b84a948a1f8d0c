// SPDX-License-Identifier: Apache-2.0
//
// Source: debianutils 5.7, which(1).

import Diagnostics
import ShellMachine

/// `which`: where programs are.
enum Which: CommandModel {
    static let names = ["which"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        var exit = 0
        let showsAll = call.arguments.contains { $0.hasPrefix("-") && $0.contains("a") }
        for word in call.arguments where !word.hasPrefix("-") {
            switch call.find(word) {
            case .found(let program):
                call.out(program.typedPath + "\n")
                if showsAll, !word.utf8.contains(0x2F) { showOthers(word, program, &call) }
            case .uncertain:
                call.out("", isUnknown: true)
                return .unknown
            case .missing, .notExecutable, .folder: exit = 1
            }
        }
        return .code(exit)
    }

    private static func showOthers(_ word: String, _ program: Program, _ call: inout Invocation) {
        let folders = (call.environment["PATH"]?.string ?? "").split(separator: ":").map(String.init)
        for folder in folders where "\(folder)/\(word)" != program.typedPath {
            if case .found(let other) = call.find("\(folder)/\(word)") { call.out(other.typedPath + "\n") }
        }
    }
}
