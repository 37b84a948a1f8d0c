// SPDX-License-Identifier: Apache-2.0

// Source: libarchive 3.6, archive_write_filter(3), archive_write_set_options(3).

import CArchive
import Diagnostics

/// Compresses bytes on their way to another sink. The same bytes in give the same bytes out: no time stamp, no name.
public final class Compressor: ByteSink {
    private let archive: OpaquePointer
    private let feed: Feed
    private var isFinished = false

    private final class Feed {
        let downstream: any ByteSink
        var error: (any Error)?

        init(_ downstream: any ByteSink) { self.downstream = downstream }
    }

    /// Writes to `downstream`.
    ///
    /// - Throws: a `Failure` (`unavailable`) when this libarchive cannot compress that way.
    public init(_ compression: Compression, to downstream: any ByteSink) throws {
        guard let archive = archive_write_new() else { throw Failure(.internalFault, "libarchive gives no writer") }
        self.archive = archive
        feed = Feed(downstream)
        let filter =
            switch compression {
            case .none: archive_write_add_filter_none(archive)
            case .gzip: archive_write_add_filter_gzip(archive)
            case .zstd: archive_write_add_filter_zstd(archive)
            case .xz: archive_write_add_filter_xz(archive)
            case .bzip2: archive_write_add_filter_bzip2(archive)
            }
        var codes = [filter, archive_write_set_format_raw(archive)]
        if compression == .gzip {
            codes.append(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
            codes.append(archive_write_set_filter_option(archive, "gzip", "compression-level", "6"))
        }
        codes.append(archive_write_set_bytes_per_block(archive, 0))
        guard codes.allSatisfy({ $0 == ARCHIVE_OK }) else {
            throw Failure(.unavailable, "libarchive cannot compress with \(compression.rawValue)", why: message)
        }
        let context = Unmanaged.passUnretained(feed).toOpaque()
        let write: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int) -> Int = {
            _,
            context,
            bytes,
            count in
            guard let context else { return -1 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            do {
                try feed.downstream.write(UnsafeRawBufferPointer(start: bytes, count: count))
                return count
            } catch {
                feed.error = error
                return -1
            }
        }
        try check(archive_write_open(archive, context, nil, write, nil))
        guard let entry = archive_entry_new() else { throw Failure(.internalFault, "libarchive gives no entry") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, "data")
        archive_entry_set_filetype(entry, 0o100000)
        try check(archive_write_header(archive, entry))
    }

    deinit { archive_write_free(archive) }

    /// Compresses the bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = archive_write_data(archive, rest.baseAddress, rest.count)
            guard count > 0 else { throw failure() }
            rest = UnsafeRawBufferPointer(rebasing: rest[min(count, rest.count)...])
        }
    }

    /// Hands on what is still held back; nothing may be written afterwards.
    public func finish() throws {
        guard !isFinished else { return }
        isFinished = true
        try check(archive_write_close(archive))
    }

    private var message: String? { archive_error_string(archive).map { String(cString: $0) } }

    private func check(_ code: Int32) throws {
        guard code == ARCHIVE_OK else { throw failure() }
    }

    private func failure() -> Failure {
        feed.error as? Failure ?? Failure(.inputOutput, "cannot compress the data", why: message)
    }
}
