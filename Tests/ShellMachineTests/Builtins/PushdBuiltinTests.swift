// SPDX-License-Identifier: Apache-2.0

import CommandModels
import ShellSyntax
import Testing

@testable import ShellMachine

@Suite("The built-in pushd")
struct PushdBuiltinTests: BuiltinSuite {
    static let builtin: any ShellBuiltin.Type = PushdBuiltin.self
    static let rows: [BuiltinRow] = []

    @Test("is not followed, and says so")
    func unknown() {
        let run = ScriptRun(script: "pushd /tmp", dialect: .bash)
        #expect(run.exit == nil && run.unknown == ["pushd is not followed"])
    }
}
