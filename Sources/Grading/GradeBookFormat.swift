// SPDX-License-Identifier: Apache-2.0

/// A form in which a grade book is written for others: one form a type, one type a file in `Formats/`.
///
/// The same book gives the same bytes, and the book has sorted its grades. Names of submissions and messages come from
/// whoever handed in, so each form makes them harmless in its own way.
public protocol GradeBookFormat: Sendable {
    /// The word that `--format` takes.
    var name: String { get }
    /// What stands in the output folder: the file, or the folder that has a file for each person.
    var place: String { get }
    /// Whether it is a table that people open with a spreadsheet, which takes it for UTF-8 by a byte order mark alone.
    var isTable: Bool { get }

    /// The files, by their paths in the output folder.
    func files(_ book: GradeBook) throws -> [GradeBookFile]
}

extension GradeBookFormat {
    /// No table, unless it is said.
    public var isTable: Bool { false }
}

/// A file of a grade book.
public struct GradeBookFile: Sendable, Hashable {
    /// The path below the output folder.
    public let path: String
    /// What is in it.
    public let bytes: [UInt8]

    /// A file of a path that is no other's.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// A form that is one file.
public protocol GradeBookDocument: GradeBookFormat {
    /// The file.
    func bytes(_ book: GradeBook) throws -> [UInt8]
}

extension GradeBookDocument {
    /// `grades`, with the format's name behind it.
    public var place: String { "grades." + name }

    /// The one file.
    public func files(_ book: GradeBook) throws -> [GradeBookFile] {
        [GradeBookFile(path: place, bytes: try bytes(book))]
    }
}

/// A form that has a file for each submission.
public protocol GradeBookFolder: GradeBookFormat {
    /// What stands behind the submission's name in the path, such as `.json`.
    var ending: String { get }
    /// The file of one submission.
    func bytes(_ grade: SubmissionGrade, of book: GradeBook) throws -> [UInt8]
}

extension GradeBookFolder {
    /// The format's name.
    public var place: String { name }
    /// `.json`.
    public var ending: String { ".json" }

    /// A file for each submission, named after it.
    public func files(_ book: GradeBook) throws -> [GradeBookFile] {
        try book.grades.map { grade in
            GradeBookFile(
                path: "\(place)/\(Self.fileName(grade.id))\(ending)",
                bytes: try bytes(grade, of: book)
            )
        }
    }

    /// A submission's name as that of a file: what means something to a file system or a shell stands as `%` and two digits.
    static func fileName(_ id: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var name = ""
        for scalar in id.unicodeScalars {
            let isPlain =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || (" ._-~@+(),".unicodeScalars.contains(scalar) && !(name.isEmpty && scalar == "."))
            if isPlain {
                name.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    name += "%"
                    name.append(digits[Int(byte >> 4)])
                    name.append(digits[Int(byte & 15)])
                }
            }
        }
        if name.isEmpty { return "%" }
        guard name.utf8.count > 200 else { return name }
        // File systems have room for 255 bytes; what is cut away is told apart by a hash (FNV-1a) of the whole.
        let hash = id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
        var kept = ""
        for character in name where kept.utf8.count + character.utf8.count <= 160 { kept.append(character) }
        return kept + "~" + String(hash, radix: 16)
    }
}
