// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools, apk-package(5) and the installed database that apk 2.14 and 3.0 write.

public import OCISpec

/// apk's database of packages, `/lib/apk/db/installed`, as a value that goes both ways.
///
/// Shape: paragraphs of lines `X:value`, which empty lines divide. `P` name, `V` version, `A` architecture, `L` licence, `o`
/// origin, `m` maintainer, `T` description, `D` needs, `p` provides; from the first `F` on a paragraph lists files: `F` a folder,
/// `R` what lies in it, `M` and `a` owner and mode of these, `Z` a checksum. Whatever else the file holds is kept: `bytes` of what
/// was read are the bytes that were read. Reading takes one pass and copies nothing.
public struct ApkInstalled: Sendable, Hashable {
    private var content: Paragraphs

    /// Where apk keeps it: the second since apk 3.
    public static let paths: [ImagePath] = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"]

    /// Reads a database; anything can be read.
    public init(_ bytes: [UInt8] = []) { content = Paragraphs(bytes) }

    /// The database as it is written.
    public var bytes: [UInt8] { content.bytes }

    /// The packages, in order.
    public var entries: [Entry] { content.parts.lazy.filter(\.isFilled).map(Entry.init) }

    /// The first package of that name.
    public func entry(of name: String) -> Entry? { entries.first { $0.package.name == name } }

    /// Adds a package at the end.
    public mutating func append(_ lines: [Line]) { content.append(lines.flatMap(\.bytes)) }

    /// Takes packages away, each with the empty lines behind it.
    public mutating func remove(_ names: Set<String>) {
        content.removeAll { $0.isFilled && names.contains(Entry($0).package.name) }
    }
}

extension ApkInstalled {
    /// A line `X:value`.
    public struct Line: Sendable, Hashable {
        /// The letter.
        public let key: Unicode.Scalar
        /// The value as bytes, for names of files may be any.
        public let value: [UInt8]

        /// A line feed would be the end of the line, so it is left out.
        public init(_ key: Unicode.Scalar, _ value: some Sequence<UInt8>) {
            self.key = key
            self.value = value.filter { $0 != 0x0A }
        }

        /// A line of text.
        public init(_ key: Unicode.Scalar, _ value: String) { self.init(key, value.utf8) }

        /// The line with its line feed.
        var bytes: [UInt8] { Array(String(key).utf8) + [0x3A] + value + [0x0A] }
    }
}
