// SPDX-License-Identifier: Apache-2.0

import CommandModels
import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in popd")
struct PopdBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = PopdBuiltin.self
    static let rows: [BuiltinRow] = []

    @Test("is not followed, and says so")
    func unknown() {
        let run = ScriptRun(script: "popd /tmp", dialect: .bash)
        #expect(run.exit == nil && run.unknown == ["popd is not followed"])
    }
}
