// SPDX-License-Identifier: Apache-2.0

/// `getopts` reads the next option.
enum GetoptsBuiltin: ShellBuiltin {
    static let names = ["getopts"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        guard words.count >= 3 else {
            machine.status = .code(2)
            return .normal
        }
        var reader = OptionReader(words.dropFirst().map(\.string), machine: machine)
        machine.status = reader.next()
        return .normal
    }
}
