// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import HostFiles
public import OCISpec

/// Bytes that can be read from the start as often as one likes: a file, a stretch of one, or bytes in memory.
public struct ByteSource: Sendable {
    private let storage: Storage

    private enum Storage: Sendable {
        case bytes([UInt8])
        case region(OpenFile, offset: Int, length: Int)
    }

    /// Bytes in memory.
    public static func bytes(_ bytes: [UInt8]) -> ByteSource { ByteSource(storage: .bytes(bytes)) }

    /// A whole file, as long as it is now.
    public static func file(_ file: OpenFile) -> ByteSource {
        ByteSource(storage: .region(file, offset: 0, length: file.sizeBytes))
    }

    /// The file at a path.
    ///
    /// - Throws: a `Failure`, as `OpenFile` does.
    public static func file(at path: String) throws -> ByteSource { .file(try OpenFile(reading: path)) }

    /// A stretch of a file, such as a member of an uncompressed tar.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when the stretch is not within the file.
    public static func region(of file: OpenFile, offset: Int, length: Int) throws -> ByteSource {
        guard offset >= 0, length >= 0, offset <= file.sizeBytes, length <= file.sizeBytes - offset else {
            throw Failure(
                .malformedInput,
                "the file ends too early",
                at: .file(file.place),
                why: "bytes \(offset) to \(offset.addingReportingOverflow(length).partialValue) were promised, "
                    + "it has \(file.sizeBytes)"
            )
        }
        return ByteSource(storage: .region(file, offset: offset, length: length))
    }

    /// How many bytes there are.
    public var sizeBytes: Int {
        switch storage {
        case .bytes(let bytes): bytes.count
        case .region(_, _, let length): length
        }
    }

    /// The host file, for messages; nil for bytes in memory.
    public var place: Place? {
        switch storage {
        case .bytes: nil
        case .region(let file, _, _): .file(file.place)
        }
    }

    /// A stretch of these bytes.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when the stretch is not within them.
    public func region(offset: Int, length: Int) throws -> ByteSource {
        guard offset >= 0, length >= 0, offset <= sizeBytes, length <= sizeBytes - offset else {
            throw Failure(.malformedInput, "the data ends too early", at: place)
        }
        switch storage {
        case .bytes(let bytes): return .bytes(Array(bytes[offset..<(offset + length)]))
        case .region(let file, let start, _): return try .region(of: file, offset: start + offset, length: length)
        }
    }

    /// Opens the bytes for reading from the start.
    public func stream() -> any ByteStream {
        switch storage {
        case .bytes(let bytes): MemoryStream(bytes)
        case .region(let file, let offset, let length): FileStream(file, offset: offset, length: length)
        }
    }

    /// The first bytes, at most `count`.
    public func prefix(_ count: Int) throws -> [UInt8] {
        switch storage {
        case .bytes(let bytes): return Array(bytes.prefix(count))
        case .region(let file, let offset, let length):
            var buffer = [UInt8](repeating: 0, count: min(count, length))
            var filled = 0
            while filled < buffer.count {
                let got = try buffer.withUnsafeMutableBytes {
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]), at: offset + filled)
                }
                if got == 0 { break }
                filled += got
            }
            return Array(buffer.prefix(filled))
        }
    }

    /// All bytes, when there are no more than `limit`.
    ///
    /// - Throws: a `Failure`: `overLimit` when there are more, `malformedInput` when the file was cut in the meantime.
    public func readAll(limit: Int) throws -> [UInt8] {
        guard sizeBytes <= limit else {
            throw Failure(
                .overLimit,
                "too large to be read whole",
                at: place,
                why: "\(sizeBytes) bytes, at most \(limit) are taken"
            )
        }
        if case .bytes(let bytes) = storage { return bytes }
        let bytes = try prefix(sizeBytes)
        guard bytes.count == sizeBytes else { throw Failure(.malformedInput, "the file ends too early", at: place) }
        return bytes
    }

    /// Reads everything once and says what its digest is.
    public func digest(_ algorithm: Digest.Algorithm = .sha256) throws -> Digest {
        let stream = HashingStream(stream(), algorithm)
        try stream.drain()
        return stream.digest
    }
}
