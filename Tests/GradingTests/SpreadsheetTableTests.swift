// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Grading

/// Tables for a spreadsheet.
@Suite("Tables for spreadsheets")
struct SpreadsheetTableTests {
    private static let tables = GradeBookFormatRegistry.all.filter(\.isTable).map(\.name)

    @Test("have one mark in front and are the same behind it", arguments: tables)
    func marked(name: String) throws {
        let plain = try #require(GradeBookFormatRegistry.format(named: name))
        let table = try #require(SpreadsheetTable(plain))
        let files = try plain.files(GradeBookFormatTests.book)
        let marked = try table.files(GradeBookFormatTests.book)
        #expect(!files.isEmpty && files.allSatisfy { $0.bytes.prefix(3) != [0xEF, 0xBB, 0xBF] })
        #expect(marked.map(\.bytes) == files.map { [0xEF, 0xBB, 0xBF] + $0.bytes })
        #expect(marked.map(\.path) == files.map(\.path))
        #expect(table.name == plain.name && table.place == plain.place)
    }

    @Test("are made of tables only")
    func others() {
        #expect(Self.tables.contains("csv"))
        #expect(GradeBookFormatRegistry.all.filter { !$0.isTable }.allSatisfy { SpreadsheetTable($0) == nil })
        #expect(SpreadsheetTable(GradeBookJSON()) == nil)
    }
}
