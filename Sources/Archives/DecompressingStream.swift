// SPDX-License-Identifier: Apache-2.0

// Source: RFC 1952 (gzip), RFC 8878 (zstd), the xz and bzip2 file formats: their magic bytes.

import CArchive
public import Diagnostics

/// How bytes are compressed.
public enum Compression: String, Sendable, Hashable, CaseIterable {
    case none, gzip, zstd, xz, bzip2

    /// Tells it from the first bytes; six are enough. Names and media types are never believed.
    public init(magic bytes: [UInt8]) {
        let table: [(Compression, [UInt8])] = [
            (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
            (.bzip2, [0x42, 0x5A, 0x68]),
        ]
        self = table.first { bytes.starts(with: $0.1) }?.0 ?? .none
        // A zstd file may begin with a skippable frame (magic 0x184D2A50 to 0x184D2A5F, little end first).
        if self == .none, bytes.count >= 4, bytes[0] & 0xF0 == 0x50, bytes[1...3].elementsEqual([0x2A, 0x4D, 0x18]) {
            self = .zstd
        }
    }
}

extension ByteSource {
    /// How the bytes are compressed, told from the first of them.
    public func compression() throws -> Compression { Compression(magic: try prefix(6)) }

    /// The bytes without their compression, under limits; as they are when they have none.
    public func decompressedStream(limits: Limits) throws -> any ByteStream {
        let compression = try compression()
        guard compression != .none else { return stream() }
        return try DecompressingStream(stream(), compression, limits: limits, place: place ?? .stream("data in memory"))
    }
}

/// Hands on what another stream gives, without its compression.
///
/// Errors: `nextChunk` throws `overLimit` when more comes out than `limits` allow (bytes, or ratio beyond the first MiB), and
/// `malformedInput` when the compressed bytes are damaged or end too early.
public final class DecompressingStream: ByteStream {
    private let handle: ArchiveHandle
    private let counter: CountingStream
    private let limits: Limits
    private let place: Place
    private var isOpen: Bool
    /// How many bytes came out so far.
    public private(set) var expandedBytes = 0

    /// Reads from `upstream`, which must be compressed this way.
    public init(_ upstream: any ByteStream, _ compression: Compression, limits: Limits, place: Place) throws {
        let counter = CountingStream(upstream)
        self.counter = counter
        self.limits = limits
        self.place = place
        handle = try ArchiveHandle(counter, place: place) { archive in
            var codes = [archive_read_support_format_raw(archive), archive_read_support_format_empty(archive)]
            switch compression {
            case .none: break
            case .gzip: codes.append(archive_read_support_filter_gzip(archive))
            case .zstd: codes.append(archive_read_support_filter_zstd(archive))
            case .xz: codes.append(archive_read_support_filter_xz(archive))
            case .bzip2: codes.append(archive_read_support_filter_bzip2(archive))
            }
            return codes
        }
        isOpen = try handle.nextHeader() != nil
    }

    /// The next bytes without compression.
    public func nextChunk() throws -> UnsafeRawBufferPointer {
        while isOpen {
            guard let block = try handle.nextBlock() else {
                isOpen = false
                break
            }
            if block.bytes.isEmpty { continue }
            expandedBytes += block.bytes.count
            try check()
            return block.bytes
        }
        return UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func check() throws {
        guard expandedBytes <= limits.expandedBytes else {
            throw Failure(
                .overLimit,
                "the data expands beyond the limit",
                at: place,
                why: "more than \(limits.expandedBytes) bytes come out of it"
            )
        }
        guard expandedBytes > 1 << 20 else { return }
        let (allowed, overflows) = counter.byteCount.multipliedReportingOverflow(by: limits.ratio)
        guard overflows || expandedBytes <= allowed else {
            throw Failure(
                .overLimit,
                "the data expands beyond the limit",
                at: place,
                why: "it grows more than \(limits.ratio) times, as bombs do"
            )
        }
    }
}

/// Hands on what another stream gives and counts it.
final class CountingStream: ByteStream {
    private let upstream: any ByteStream
    private(set) var byteCount = 0

    init(_ upstream: any ByteStream) { self.upstream = upstream }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = try upstream.nextChunk()
        byteCount += chunk.count
        return chunk
    }
}
