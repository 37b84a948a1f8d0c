// SPDX-License-Identifier: Apache-2.0

/// `continue` goes on with a loop's next turn.
enum ContinueBuiltin: ShellBuiltin {
    static let names = ["continue"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        LoopJump(name: "continue", go: Flow.continueLoop).run(words, in: machine)
    }
}
