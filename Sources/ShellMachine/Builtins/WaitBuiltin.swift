// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `wait`: everything has run already; what is left is how it ended.
enum WaitBuiltin: ShellBuiltin {
    static let names = ["wait"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        for descriptor in machine.world.process.descriptors.keys {
            machine.world.update(descriptor: descriptor) { $0.isRaced = false }
        }
        for argument in words.dropFirst() {
            guard let number = Int(argument.string) else {
                machine.status = argument.string.hasPrefix("%") ? .unknown : .code(machine.dialect == .bash ? 1 : 2)
                continue
            }
            let place = number &- Machine.firstJob &- 1
            if argument.isUnknown, machine.state.record.jobExits.indices.contains(place) {
                machine.status = machine.state.record.jobExits[place]
            } else {
                machine.status = argument.isUnknown ? .unknown : .code(127)
            }
        }
        return .normal
    }
}
