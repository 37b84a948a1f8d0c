// SPDX-License-Identifier: Apache-2.0

/// A form that a grade book is written in, for people or for a gradebook that imports it.
///
/// An implementation gives the same bytes for the same book, leaves empty what is not known (an ungradable submission has no
/// points, not 0), and writes names from outside so that no program takes them for anything but text.
public protocol GradeBookFormat: Sendable {
    /// The word that `--format` takes.
    var name: String { get }
    /// The file's name in the output folder.
    var fileName: String { get }
    /// Whether it is a table that people open with a spreadsheet, which takes it for UTF-8 by a byte order mark alone.
    var isTable: Bool { get }

    /// The file.
    func bytes(_ book: GradeBook) throws -> [UInt8]
}

extension GradeBookFormat {
    /// `grades`, with the format's name behind it.
    public var fileName: String { "grades." + name }
    /// No table, unless it is said.
    public var isTable: Bool { false }
}
