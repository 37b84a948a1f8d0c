// SPDX-License-Identifier: Apache-2.0

/// `read` reads a line into variables.
enum ReadBuiltin: ShellBuiltin {
    static let names = ["read"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var reading = LineReading(words.dropFirst().map(\.string), in: machine)
        machine.status = reading.run()
        return .normal
    }
}
