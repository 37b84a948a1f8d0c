// SPDX-License-Identifier: Apache-2.0
//
// Source: Unicode Standard 17, section 23.8, "Byte Order Mark"; BuildKit reads UTF-8 alone, with or without a mark.

/// An encoding that a Dockerfile can be saved in by mistake, and that no builder reads.
///
/// Windows PowerShell writes UTF-16 when output is redirected into a file (`>`), and old Notepad calls it "Unicode".
public enum ForeignEncoding: Sendable, Hashable {
    case utf16LittleEndian, utf16BigEndian, utf32LittleEndian, utf32BigEndian
    /// A document of another program, under the name of a Dockerfile.
    case document(String)

    /// The encoding of a file's bytes by its mark, or by where its zeros stand; nil for what is read as it is.
    public init?(_ bytes: [UInt8]) {
        let head = bytes.prefix(4096)
        if head.starts(with: [0xFF, 0xFE, 0, 0]) {
            self = .utf32LittleEndian
        } else if head.starts(with: [0, 0, 0xFE, 0xFF]) {
            self = .utf32BigEndian
        } else if head.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if head.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else if let document = Self.documents.first(where: { head.starts(with: $0.magic) }) {
            self = .document(document.name)
        } else if head.contains(0), let encoding = Self.byZeros(Array(head)) {
            self = encoding
        } else {
            return nil
        }
    }

    /// What people hand in by mistake, by its first bytes.
    private static let documents: [(magic: [UInt8], name: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a zip archive or an office document"), (Array("%PDF-".utf8), "a PDF"),
        (Array("{\\rtf".utf8), "a rich text document"), ([0x89, 0x50, 0x4E, 0x47], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an office document"), ([0x1F, 0x8B], "a gzip archive"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ]

    /// A Dockerfile is mostly ASCII, so that of each of its characters all bytes but one are zero.
    private static func byZeros(_ head: [UInt8]) -> ForeignEncoding? {
        var zeros = [0, 0, 0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 4] += 1 }
        let most = head.count / 8
        let isZero = zeros.map { $0 > most }
        return switch isZero {
        case [false, true, false, true]: .utf16LittleEndian
        case [true, false, true, false]: .utf16BigEndian
        case [false, true, true, true]: .utf32LittleEndian
        case [true, true, true, false]: .utf32BigEndian
        default: nil
        }
    }

    /// Its name for people; nil for what is no text.
    public var name: String? {
        switch self {
        case .utf16LittleEndian: "UTF-16 (little-endian)"
        case .utf16BigEndian: "UTF-16 (big-endian)"
        case .utf32LittleEndian: "UTF-32 (little-endian)"
        case .utf32BigEndian: "UTF-32 (big-endian)"
        case .document: nil
        }
    }

    /// What is wrong, in one sentence without a full stop.
    public var problem: String {
        switch self {
        case .document(let kind): "the file is \(kind) and no text"
        case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian:
            "the file is saved as \(name ?? ""), and builders read UTF-8"
        }
    }

    /// What mends it.
    public var fix: String {
        name == nil
            ? "Write the Dockerfile in a text editor." : "Save it as UTF-8 in your editor; the text can stay as it is."
    }
}
