// SPDX-License-Identifier: Apache-2.0

// Source: libarchive 3.6, archive_read(3), archive_read_data(3).

import CArchive
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// libarchive's reader over a byte stream. Every return code ends in a value or a `Failure`; a fatal one is remembered, so that
/// no loop meets it twice.
final class ArchiveHandle {
    private let archive: OpaquePointer
    private let feed: Feed
    private let place: Place
    private var fatal: Failure?
    private var isAtEnd = false
    /// Whether the current entry is encrypted.
    private var isEncrypted = false

    /// What libarchive's callbacks get: the stream, and the error that they cannot throw.
    private final class Feed {
        let stream: any ByteStream
        var error: (any Error)?
        var position = 0

        init(_ stream: any ByteStream) { self.stream = stream }
    }

    /// A Swift process never sets a locale; in the C locale a UTF-8 path of a PAX header would be lost.
    static let localeIsSet: Bool = {
        #if os(Linux)
            return setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "en_US.UTF-8") != nil
        #else
            return setlocale(LC_CTYPE, "en_US.UTF-8") != nil
        #endif
    }()

    /// Opens the stream.
    ///
    /// - Parameter configure: turns formats and filters on, by name.
    init(_ stream: any ByteStream, place: Place, configure: (OpaquePointer) -> [Int32]) throws {
        _ = Self.localeIsSet
        guard let archive = archive_read_new() else {
            throw Failure(.internalFault, "libarchive gives no reader", at: place)
        }
        self.archive = archive
        self.place = place
        feed = Feed(stream)
        for code in configure(archive) where code != ARCHIVE_OK {
            // A filter that libarchive lacks would start an outside program (a warning code): never on foreign bytes.
            throw Failure(.unavailable, "libarchive lacks a format", at: place, why: message)
        }
        let context = Unmanaged.passUnretained(feed).toOpaque()
        archive_read_set_callback_data(archive, context)
        archive_read_set_read_callback(archive) { _, context, buffer in
            guard let context, let buffer else { return -1 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            do {
                let chunk = try feed.stream.nextChunk()
                feed.position += chunk.count
                buffer.pointee = chunk.baseAddress
                return chunk.count
            } catch {
                feed.error = error
                return -1
            }
        }
        archive_read_set_skip_callback(archive) { _, context, request in
            guard let context, request > 0 else { return 0 }
            let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
            do {
                let count = try feed.stream.skip(Int(clamping: request))
                feed.position += count
                return Int64(count)
            } catch {
                feed.error = error
                return -1
            }
        }
        if stream.sizeBytes != nil, stream.seek(to: 0) {
            archive_read_set_seek_callback(archive) { _, context, offset, whence in
                guard let context else { return Int64(ARCHIVE_FATAL) }
                let feed = Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue()
                let start: Int
                switch whence {
                case SEEK_SET: start = 0
                case SEEK_CUR: start = feed.position
                case SEEK_END: start = feed.stream.sizeBytes ?? 0
                default: return Int64(ARCHIVE_FATAL)
                }
                let (target, overflows) = start.addingReportingOverflow(Int(clamping: offset))
                guard !overflows, feed.stream.seek(to: target) else { return Int64(ARCHIVE_FATAL) }
                feed.position = target
                return Int64(target)
            }
        }
        let code = archive_read_open1(archive)
        guard code == ARCHIVE_OK else { throw remember(code, "cannot read the archive") }
    }

    deinit { archive_read_free(archive) }

    /// libarchive's own words on the last error.
    var message: String? {
        guard let text = archive_error_string(archive) else { return nil }
        return String(cString: text)
    }

    /// The next entry's header and libarchive's warning on it; nil at the end.
    func nextHeader() throws -> (entry: OpaquePointer, warning: String?)? {
        if let fatal { throw fatal }
        // Behind its end libarchive answers with a fatal error of its own.
        if isAtEnd { return nil }
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        switch code {
        case ARCHIVE_OK, ARCHIVE_WARN:
            guard let entry else { throw remember(ARCHIVE_FATAL, "cannot read the archive") }
            isEncrypted = archive_entry_is_encrypted(entry) != 0
            return (entry, code == ARCHIVE_WARN ? message ?? "unusual header" : nil)
        case ARCHIVE_EOF:
            isAtEnd = true
            return nil
        default:
            throw remember(code, "cannot read the archive")
        }
    }

    /// The next stretch of the current entry's data and where it belongs in the file; nil at the end.
    func nextBlock() throws -> (bytes: UnsafeRawBufferPointer, offset: Int)? {
        if let fatal { throw fatal }
        if isAtEnd { return nil }
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let code = archive_read_data_block(archive, &start, &count, &offset)
        switch code {
        case ARCHIVE_OK:
            guard let offset = Int(exactly: offset), offset >= 0, count >= 0 else {
                throw remember(ARCHIVE_FATAL, "cannot read the archive")
            }
            return (UnsafeRawBufferPointer(start: start, count: count), offset)
        case ARCHIVE_EOF:
            return nil
        default:
            // A mere warning too: of data, it says that a checksum or a size in a zip does not fit.
            throw remember(code, "cannot read the archive")
        }
    }

    private func remember(_ code: Int32, _ what: String) -> Failure {
        let failure: Failure
        if let error = feed.error as? Failure {
            failure = error
        } else {
            let reason: Failure.Reason = isEncrypted ? .encrypted : .malformedInput
            failure = Failure(reason, what, at: place, why: message ?? "libarchive's code \(code)")
        }
        fatal = failure
        return failure
    }
}
