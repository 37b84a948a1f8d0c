// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// What `exit` and `return` have in common: the number of their end.
enum Leaving {
    /// Sets the status by the word behind the name; false after a message when that is no number.
    static func setStatus(_ words: [Text], in machine: Machine) -> Bool {
        guard let name = words.first?.string, let word = words.dropFirst().first else { return true }
        let isBash = machine.dialect == .bash
        if word.isUnknown {
            machine.status = .unknown
        } else if let code = Int(word.string), code >= 0 || isBash {
            // dash hands the whole number on from a function.
            machine.status = .code(name == "return" && machine.dialect == .dash ? code : code & 0xFF)
        } else {
            machine.shellError(
                isBash
                    ? "\(name): \(word.string): numeric argument required" : "\(name): Illegal number: \(word.string)"
            )
            machine.status = .code(2)
            return false
        }
        return true
    }
}
