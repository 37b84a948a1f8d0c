// SPDX-License-Identifier: Apache-2.0
//
// Source: dpkg-query(1) "--admindir", deb-control(5); distroless' status.d.

public import OCISpec

/// dpkg's database of packages, `/var/lib/dpkg/status` or a file of `status.d`, as a value that goes both ways.
///
/// Shape: paragraphs of lines `Field: value`, which empty lines divide; a line that begins with a blank goes on with the field
/// above it. Odd lines, carriage returns, NUL, bytes that are not UTF-8 and a missing last line feed are kept: `bytes` of what was
/// read are the bytes that were read. Reading takes one pass and copies nothing.
public struct DpkgStatus: Sendable, Hashable {
    private var content: Paragraphs

    /// Where dpkg keeps it.
    public static let path: ImagePath = "/var/lib/dpkg/status"
    /// Where images that are made without dpkg keep it, one package a file; files there that end in `.md5sums` are none.
    public static let folder: ImagePath = "/var/lib/dpkg/status.d"
    /// Where the files of each package are listed.
    public static let infoFolder: ImagePath = "/var/lib/dpkg/info"

    /// Reads a database; anything can be read.
    public init(_ bytes: [UInt8] = []) { content = Paragraphs(bytes) }

    /// The database as it is written.
    public var bytes: [UInt8] { content.bytes }

    /// The paragraphs, in order.
    public var paragraphs: [Paragraph] { content.parts.lazy.filter(\.isFilled).map(Paragraph.init) }

    /// The first paragraph of a package.
    public func paragraph(of name: String) -> Paragraph? { paragraphs.first { $0.package.name == name } }

    /// Adds a paragraph at the end.
    public mutating func append(_ fields: [(name: String, value: String)]) {
        content.append(Array(fields.map { Self.line($0.name, $0.value) }.joined().utf8))
    }

    /// Takes away the paragraphs of packages, each with the empty lines behind it.
    public mutating func remove(_ names: Set<String>) {
        content.removeAll { $0.isFilled && names.contains(Paragraph($0).package.name) }
    }

    /// Changes the value of a field that the first paragraph of a package has, and of that line only.
    ///
    /// - Returns: false when there is no such package or field.
    @discardableResult
    public mutating func set(_ field: String, of name: String, to value: String) -> Bool {
        let index = content.parts.firstIndex { $0.isFilled && Paragraph($0).package.name == name }
        guard let index, let range = Paragraph(content.parts[index]).line(of: field) else { return false }
        var bytes = Array(content.parts[index].bytes)
        let offset = content.parts[index].bytes.startIndex
        let line = Self.line(field, value).utf8.dropLast()
        bytes.replaceSubrange(range.lowerBound - offset..<range.upperBound - offset, with: line)
        content.replace(at: index, with: bytes[...])
        return true
    }

    /// A value of several lines is written so that the others go on with it.
    private static func line(_ name: String, _ value: String) -> String {
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.dropFirst().map { "\n " + ($0.isEmpty ? "." : $0) }
        return name + ": " + (lines.first ?? "") + rest.joined() + "\n"
    }
}
