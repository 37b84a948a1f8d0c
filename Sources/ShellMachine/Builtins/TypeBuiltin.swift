// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// `type` says what a name means.
enum TypeBuiltin: ShellBuiltin {
    static let names = ["type"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let options = words.dropFirst().map(\.string).prefix { $0.hasPrefix("-") && $0.utf8.count > 1 }
        if machine.dialect == .bash, !options.isEmpty {
            guard options.allSatisfy({ $0 == "-t" || $0 == "--" }) else {
                machine.world.note("what type \(options.joined(separator: " ")) prints is not followed", .output)
                machine.world.doubtOutput()
                machine.status = .unknown
                return .normal
            }
            CommandSearch.printKinds(of: words.dropFirst(1 + options.count).map(\.string), in: machine)
            return .normal
        }
        CommandSearch.describe(words.dropFirst().map(\.string), isType: true, in: machine)
        return .normal
    }
}
