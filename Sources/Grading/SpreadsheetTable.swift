// SPDX-License-Identifier: Apache-2.0
//
// Source: The Unicode Standard, "Byte Order Mark"; Excel reads a CSV file without one in the code page of its machine.

/// A table as a spreadsheet opens it by a double click: the same bytes behind a byte order mark, so that names keep their letters.
public struct SpreadsheetTable: GradeBookFormat {
    private let table: any GradeBookFormat

    /// Takes a format that is a table; nil for any other, which has no use for the mark.
    public init?(_ format: any GradeBookFormat) {
        guard format.isTable else { return nil }
        table = format
    }

    /// The word of the table itself.
    public var name: String { table.name }

    /// Where the table itself stands.
    public var place: String { table.place }

    /// A table.
    public var isTable: Bool { true }

    /// The table's files, each behind its mark.
    public func files(_ book: GradeBook) throws -> [GradeBookFile] {
        try table.files(book).map { GradeBookFile(path: $0.path, bytes: [0xEF, 0xBB, 0xBF] + $0.bytes) }
    }
}
