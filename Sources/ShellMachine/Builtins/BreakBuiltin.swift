// SPDX-License-Identifier: Apache-2.0

/// `break` leaves loops.
enum BreakBuiltin: ShellBuiltin {
    static let names = ["break"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        LoopJump(name: "break", go: Flow.breakLoop).run(words, in: machine)
    }
}
