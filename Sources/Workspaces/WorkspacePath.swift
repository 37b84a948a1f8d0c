// SPDX-License-Identifier: Apache-2.0

import HostFiles

/// A path inside a workspace: bytes, relative, without `.` or `..`, parts joined by `/`.
///
/// Shape in JSON: the text itself where the bytes are UTF-8; `%` and every byte that is not UTF-8 or is a control character
/// are written as `%` and two hexadecimal digits, so that any name that a disk can hold survives the way there and back.
public struct WorkspacePath: Sendable, Hashable {
    /// The path's bytes as the disk has them.
    public let bytes: [UInt8]

    /// Checks a path.
    ///
    /// - Throws: a `ValidationError` for a path that could leave the workspace or that no disk can hold.
    public init(_ bytes: some Sequence<UInt8>) throws(ValidationError) {
        let bytes = Array(bytes)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes[0] != UInt8(ascii: "/") else { throw .absolute }
        guard !bytes.contains(0) else { throw .nulByte }
        for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if part.isEmpty { throw .emptyPart }
            if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) { throw .dotPart }
        }
        self.bytes = bytes
    }

    /// Checks a path written as text.
    public init(_ text: String) throws(ValidationError) { try self.init(text.utf8) }

    /// For bytes that were just read from a disk or joined from checked parts.
    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The parts between the slashes; at least one.
    public var parts: [[UInt8]] { bytes.split(separator: UInt8(ascii: "/")).map(Array.init) }

    /// The path of the folder that holds this one; nil at the top.
    var parent: WorkspacePath? {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return WorkspacePath(unchecked: Array(bytes[..<slash]))
    }

    /// Whether this path is another one or lies below it.
    func isWithin(_ other: WorkspacePath) -> Bool {
        self == other || bytes.starts(with: other.bytes + [UInt8(ascii: "/")])
    }

    /// A name in the folder at this path.
    func appending(_ name: [UInt8]) -> WorkspacePath { WorkspacePath(unchecked: bytes + [UInt8(ascii: "/")] + name) }
}

extension WorkspacePath {
    /// Why bytes are not a path inside a workspace.
    public enum ValidationError: Error, Equatable {
        case empty, absolute, nulByte, emptyPart, dotPart
    }
}

extension WorkspacePath: Comparable {
    /// Orders by bytes, with a folder directly in front of what it holds.
    public static func < (left: WorkspacePath, right: WorkspacePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes) { Self.rank($0) < Self.rank($1) }
    }

    /// The slash sorts first, so that `a/b` comes before `a-b`.
    private static func rank(_ byte: UInt8) -> Int { byte == UInt8(ascii: "/") ? -1 : Int(byte) }
}

extension WorkspacePath: CustomStringConvertible {
    /// The escaped text; the same as in JSON.
    public var description: String { EscapedBytes.text(of: bytes) }
}

extension WorkspacePath: Codable {
    /// Reads the escaped text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = EscapedBytes.bytes(of: text), let path = try? WorkspacePath(bytes) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a path inside a workspace")
        }
        self = path
    }

    /// Writes the escaped text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
