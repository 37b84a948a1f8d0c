// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header".

import Diagnostics
public import OCISpec

/// Writes a tar whose bytes depend on nothing but what it is given, and its digest before and after compression in one pass.
///
/// Entries stand in the order in which they are added; plain ustar headers, PAX records only where a value does not fit, GNU
/// long names only for long names that are not UTF-8.
public final class TarWriter {
    private let plain: HashingSink
    private let compressor: Compressor?
    private let packed: HashingSink?
    private var open: (entry: ArchiveEntry, missing: Int)?
    private var isFinished = false

    /// What was written.
    public struct Summary: Sendable, Hashable {
        /// The digest of the uncompressed tar.
        public let diffID: Digest
        /// The size of the uncompressed tar.
        public let uncompressedBytes: Int
        /// The digest of the bytes that reached the sink.
        public let digest: Digest
        /// How many bytes reached the sink.
        public let sizeBytes: Int
    }

    /// Writes to a sink.
    public init(to sink: any ByteSink, compression: Compression = .none) throws {
        if compression == .none {
            plain = HashingSink(sink)
            compressor = nil
            packed = nil
        } else {
            let packed = HashingSink(sink)
            let compressor = try Compressor(compression, to: packed)
            self.packed = packed
            self.compressor = compressor
            plain = HashingSink(compressor)
        }
    }

    /// Adds an entry with its data.
    ///
    /// The entry's `sizeBytes` is taken from the data; a folder gets a slash at its end.
    public func add(_ entry: ArchiveEntry, _ data: [UInt8] = []) throws {
        let size = entry.kind == .file ? data.count : 0
        try begin(entry.with(sizeBytes: size))
        if size > 0 { try data.withUnsafeBytes { try write($0) } }
        try end()
    }

    /// Adds an entry whose data comes from a source.
    public func add(_ entry: ArchiveEntry, from source: ByteSource) throws {
        try begin(entry.with(sizeBytes: source.sizeBytes))
        let stream = source.stream()
        while true {
            let chunk = try stream.nextChunk()
            if chunk.isEmpty { break }
            try write(chunk)
        }
        try end()
    }

    /// Starts an entry; exactly `entry.sizeBytes` bytes must be written before the next one.
    public func begin(_ entry: ArchiveEntry) throws {
        guard open == nil, !isFinished else {
            throw Failure(.internalFault, "a tar entry was started at the wrong time")
        }
        for header in try TarHeader.blocks(for: entry) { try plain.write(header) }
        open = (entry, entry.kind == .file ? entry.sizeBytes : 0)
    }

    /// Writes the next bytes of the entry that was started.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard let (entry, missing) = open, bytes.count <= missing else {
            throw Failure(.internalFault, "a tar entry got more bytes than it announced")
        }
        try plain.write(bytes)
        open = (entry, missing - bytes.count)
    }

    /// Ends the entry that was started.
    public func end() throws {
        guard let (entry, missing) = open, missing == 0 else {
            throw Failure(.internalFault, "a tar entry got fewer bytes than it announced")
        }
        let size = entry.kind == .file ? entry.sizeBytes : 0
        if size % 512 != 0 { try plain.write([UInt8](repeating: 0, count: 512 - size % 512)) }
        open = nil
    }

    /// Writes the end of the tar and says what it came to.
    public func finish() throws -> Summary {
        guard open == nil, !isFinished else { throw Failure(.internalFault, "a tar was ended at the wrong time") }
        isFinished = true
        try plain.write([UInt8](repeating: 0, count: 1024))
        try compressor?.finish()
        let last = packed ?? plain
        return Summary(
            diffID: plain.digest,
            uncompressedBytes: plain.byteCount,
            digest: last.digest,
            sizeBytes: last.byteCount
        )
    }
}
