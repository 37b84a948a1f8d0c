// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import ShellSyntax

extension Machine {
    /// Runs a built-in; nil when the dialect has none of that name.
    func runBuiltin(_ name: String, _ words: [Text]) -> Flow? {
        guard let builtin = BuiltinRegistry.find(name, dialect) else { return nil }
        if !builtin.keepsStatus { status = .code(0) }
        let flow = builtin.run(words, in: self)
        return isStopped ? .exited : flow
    }

    /// Runs the model of a program that the shell has built in.
    func runModelled(_ words: [Text]) -> Flow {
        let flavor: ProgramFlavor = dialect == .dash ? .dashBuiltin : dialect == .ash ? .busybox : .gnu
        if let model = programs.model(named: words.first?.string ?? "", flavor) {
            status = run(model, words, flavor, isBuiltin: true)
        } else {
            status = runProgram(words)
        }
        return .normal
    }

    /// Says that a script which is not known runs here.
    func runUnknownScript() -> Flow {
        world.doubt("the script that runs here is not known", .filesystem, in: [.root])
        shell.hasUnknownVariables = true
        status = .unknown
        return .normal
    }
}
