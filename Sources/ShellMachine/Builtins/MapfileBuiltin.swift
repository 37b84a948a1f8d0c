// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `mapfile` reads lines into an array.
enum MapfileBuiltin: ShellBuiltin {
    static let names = ["mapfile", "readarray"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let words = words.dropFirst().map(\.string)
        let strips = words.contains { $0.hasPrefix("-") && $0.contains("t") }
        let name = words.last.flatMap { $0.hasPrefix("-") ? nil : $0 } ?? "MAPFILE"
        let isFollowed = words.allSatisfy { !$0.hasPrefix("-") || $0 == "-t" }
        guard isFollowed, let handle = machine.world.process.descriptors[0], !machine.world.file(handle).isUnknown
        else {
            machine.shell.variables[name] = ShellVariable(value: Text([], isUnknown: true))
            machine.status = .unknown
            return .normal
        }
        let file = machine.world.file(handle)
        var elements: [Int: Text] = [:]
        for line in file.bytes[file.position...].split(separator: 0x0A, omittingEmptySubsequences: false) {
            elements[elements.count] = Text(Array(line) + (strips ? [] : [0x0A]))
        }
        if file.bytes.last == 0x0A, let last = elements.keys.max() { elements[last] = nil }
        machine.world.update(handle) { $0.position = $0.bytes.count }
        machine.shell.variables[name] = ShellVariable(elements: elements)
        return .normal
    }
}
