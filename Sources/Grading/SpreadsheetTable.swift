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

    /// The file of the table itself.
    public var fileName: String { table.fileName }

    /// A table.
    public var isTable: Bool { true }

    /// The table behind its mark.
    public func bytes(_ book: GradeBook) throws -> [UInt8] { [0xEF, 0xBB, 0xBF] + (try table.bytes(book)) }
}
