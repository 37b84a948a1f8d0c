// SPDX-License-Identifier: Apache-2.0

/// `eval` runs its words as a script.
enum EvalBuiltin: ShellBuiltin {
    static let names = ["eval"]
    static let isSpecial = true

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let arguments = words.dropFirst()
        if arguments.contains(where: \.isUnknown) { return machine.runUnknownScript() }
        var flow = Flow.normal
        machine.frozen {
            flow = machine.runSource(Array(arguments.map(\.bytes).joined(separator: [0x20])), isText: true)
        }
        return flow
    }
}
