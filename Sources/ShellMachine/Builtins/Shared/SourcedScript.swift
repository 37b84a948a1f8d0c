// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import ShellSyntax

/// What `.` and `source` have in common.
enum SourcedScript {
    static func run(_ words: [Text], in machine: Machine) -> Flow {
        let arguments = Array(words.dropFirst())
        guard let file = arguments.first else {
            machine.status = .code(machine.dialect == .bash ? 2 : 0)
            return .normal
        }
        if file.isUnknown { return machine.runUnknownScript() }
        guard let place = find(file.string, in: machine) else {
            machine.shellError(".: \(file.string): not found")
            machine.status = .code(2)
            return .exited
        }
        let text: Text
        do throws(FileError) {
            text = try machine.world.readFile(place)
        } catch {
            return refuse(place, error, in: machine)
        }
        guard !text.isUnknown else { return machine.runUnknownScript() }
        let saved = machine.shell.positional
        let hasArguments = arguments.count > 1 && machine.dialect != .dash
        if hasArguments { machine.shell.positional = Array(arguments.dropFirst()) }
        machine.control.sourceDepth += 1
        var flow = Flow.normal
        machine.frozen { flow = machine.runSource(text.bytes, isText: true) }
        machine.control.sourceDepth -= 1
        if hasArguments { machine.shell.positional = saved }
        return flow == .returned ? .normal : flow
    }

    /// The file that a name means: without a slash it is looked for in PATH. Nil where dash finds none.
    private static func find(_ name: String, in machine: Machine) -> String? {
        guard !name.utf8.contains(0x2F) else { return name }
        let folders = (machine.value(of: "PATH")?.string ?? "").split(separator: ":")
        let found = folders.map { "\($0)/\(name)" }.first {
            ((try? machine.world.node($0)) ?? nil)?.isDirectory == false
        }
        return found ?? (machine.dialect == .dash ? nil : name)
    }

    private static func refuse(_ place: String, _ error: FileError, in machine: Machine) -> Flow {
        if machine.world.isUncertainMiss(place, error) { return machine.runUnknownScript() }
        if machine.dialect == .bash {
            machine.shellError("\(place): \(error.message)")
            machine.status = .code(1)
            return .normal
        }
        machine.shellError(machine.dialect == .dash ? ".: cannot open \(place): No such file" : "can't open '\(place)'")
        machine.status = .code(2)
        return .exited
    }
}
