// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine
import Testing

@testable import CommandModels

@Suite("Programs without a model")
struct UnmodelledProgramsTests {
    static let rows: [ModelRow] = [
        ModelRow("what only prints", "df -h", exit: nil, unknown: ["the output of df is not known"]),
        ModelRow(
            "what could change anything",
            "make install",
            exit: nil,
            unknown: ["make is a program that is not followed: it could have changed anything"]
        ),
        ModelRow("is there", "which make", out: "/usr/bin/make\n"),
        ModelRow("is in no other folder", "PATH=/usr/sbin make", exit: 127, err: "sh: 1: make: not found\n"),
        ModelRow("what nobody knows is missing", "nope", exit: 127, err: "sh: 1: nope: not found\n"),
    ]

    @Test("are there, and make unknown what they could have touched", arguments: rows)
    func row(_ row: ModelRow) { row.check() }

    @Test("no name of the table has a model")
    func disjoint() {
        let modelled = Set(ProgramCatalog.everything.names)
        #expect(UnmodelledPrograms.all.keys.filter { modelled.contains($0) }.sorted() == [])
        #expect(!UnmodelledPrograms.all.isEmpty)
    }

    @Test("a program that only prints makes no file uncertain")
    func scopes() {
        #expect(ProgramCatalog.everything.unknown("df").scope == .output)
        #expect(ProgramCatalog.everything.unknown("make").scope == .filesystem)
        #expect(ProgramCatalog.everything.unknown("nope").scope == .filesystem)
    }
}
