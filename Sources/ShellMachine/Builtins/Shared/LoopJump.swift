// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// What `break` and `continue` have in common.
struct LoopJump {
    let name: String
    let go: (Int) -> Flow

    func run(_ words: [Text], in machine: Machine) -> Flow {
        let word = words.dropFirst().first?.string
        let isBash = machine.dialect == .bash
        if isBash, let word, let count = Int(word), count <= 0 {
            guard machine.control.loopDepth > 0 else { return .normal }
            machine.shellError("\(name): \(word): loop count out of range")
            machine.status = .code(1)
            return .breakLoop(machine.control.loopDepth)
        }
        guard let count = word.map({ Int($0) }) ?? 1, count > 0 else {
            let text = word ?? ""
            machine.shellError(
                isBash ? "\(name): \(text): numeric argument required" : "\(name): Illegal number: \(text)"
            )
            machine.status = .code(isBash ? 128 : 2)
            return .exited
        }
        return machine.control.loopDepth > 0 ? go(count) : .normal
    }
}
