// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec

/// `pwd` prints the working directory.
enum PwdBuiltin: ShellBuiltin {
    static let names = ["pwd"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let isPhysical = words.dropFirst().last.map { $0.string.hasPrefix("-") && $0.string.contains("P") } ?? false
        let place = isPhysical ? machine.world.tree.resolve(machine.world.workingDirectory)?.path : nil
        machine.write((place ?? machine.world.workingDirectory).bytes + [0x0A], to: 1)
        return .normal
    }
}
