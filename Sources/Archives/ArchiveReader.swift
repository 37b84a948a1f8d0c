// SPDX-License-Identifier: Apache-2.0

// Source: libarchive 3.6, archive_entry(3), for zips; `TarReader` for tars.

import CArchive
public import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads an archive from front to back under limits: `next()`, then the entry's data or not, then `next()`.
///
/// One owner, one task. The data of an entry that nobody asks for is skipped.
///
/// Errors: every method throws a `Failure`: `malformedInput` when the bytes are damaged or end too early, `overLimit` when there
/// is more than `limits` allow. After an error the reader throws it again for ever.
public final class ArchiveReader {
    private let backend: Backend
    private let stream: any ByteStream
    private let limits: Limits
    let place: Place
    private var entryCount = 0
    private var claimedBytes = 0
    private var readBytes = 0
    private var current: ArchiveEntry?
    private var failure: Failure?

    /// What an archive may be.
    public enum Format: Sendable, Hashable, CaseIterable {
        case tar, zip
    }

    private enum Backend {
        case tar(TarReader)
        case library(ArchiveHandle)
    }

    /// Reads a stream that is not compressed any more.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when its first bytes are of none of the formats.
    public init(_ stream: any ByteStream, formats: [Format] = [.tar], limits: Limits, place: Place) throws {
        self.stream = stream
        self.limits = limits
        self.place = place
        guard formats != [.tar] else {
            backend = .tar(try TarReader(stream, place: place))
            return
        }
        let handle = try ArchiveHandle(stream, place: place) { archive in
            var codes = [archive_read_support_format_empty(archive)]
            for format in formats {
                switch format {
                case .tar: codes.append(archive_read_support_format_tar(archive))
                case .zip: codes.append(archive_read_support_format_zip(archive))
                }
            }
            return codes
        }
        backend = .library(handle)
    }

    /// Reads a source, whatever its compression; told by magic bytes.
    public convenience init(_ source: ByteSource, formats: [Format] = [.tar], limits: Limits) throws {
        var formats = formats
        // What begins as a tar is read as one even where a zip would do.
        if formats.contains(.tar), formats != [.tar] {
            let head = try? TarInput(source.decompressedStream(limits: limits)).firstBlock()
            if let head, head.withUnsafeBytes(TarReader.beginsTar) { formats = [.tar] }
        }
        try self.init(
            try source.decompressedStream(limits: limits),
            formats: formats,
            limits: limits,
            place: source.place ?? .stream("archive in memory")
        )
    }

    /// The next entry; nil at the end.
    public func next() throws -> ArchiveEntry? {
        if let failure { throw failure }
        do {
            return try readHeader()
        } catch let error as Failure {
            failure = error
            throw error
        }
    }

    /// The current entry's data, whole.
    ///
    /// - Parameter limit: at most this many bytes; nil means `limits.entryBytes`.
    /// - Throws: a `Failure` (`overLimit`) as soon as more come, whatever the header claims.
    public func readAll(limit: Int? = nil) throws -> [UInt8] {
        let limit = min(limit ?? limits.entryBytes, limits.entryBytes)
        var bytes: [UInt8] = []
        let claimed = current?.sizeBytes ?? 0
        guard claimed <= limit else { throw tooLarge(limit) }
        bytes.reserveCapacity(min(claimed, 1 << 20))
        try readBlocks { block, offset in
            let (end, overflows) = offset.addingReportingOverflow(block.count)
            guard !overflows, end <= limit else { throw tooLarge(limit) }
            // A sparse file's holes are not in the archive.
            if offset > bytes.count { bytes.append(contentsOf: repeatElement(0, count: offset - bytes.count)) }
            bytes.append(contentsOf: block)
        }
        if bytes.count < claimed { bytes.append(contentsOf: repeatElement(0, count: claimed - bytes.count)) }
        return bytes
    }

    /// The current entry's data in stretches, with the offset in the file where each belongs; between them are holes of zeros.
    public func readBlocks(_ body: (_ bytes: UnsafeRawBufferPointer, _ offset: Int) throws -> Void) throws {
        if let failure { throw failure }
        do {
            while let block = try nextBlock() {
                if block.bytes.isEmpty { continue }
                readBytes += block.bytes.count
                try checkGrowth()
                try body(block.bytes, block.offset)
            }
        } catch let error as Failure {
            failure = error
            throw error
        }
    }

    /// Reads what stands behind the archive's end, so that a stream that hashes has seen everything.
    public func drain() throws {
        while try next() != nil {}
        try stream.drain()
    }

    /// Where the current entry's data begins in the uncompressed stream, when it is one unbroken stretch of a tar.
    package private(set) var dataOffset: Int?

    private func nextBlock() throws -> (bytes: UnsafeRawBufferPointer, offset: Int)? {
        switch backend {
        case .tar(let reader): try reader.nextBlock()
        case .library(let handle): try handle.nextBlock()
        }
    }

    private func nextEntry() throws -> ArchiveEntry? {
        switch backend {
        case .tar(let reader):
            let member = try reader.next()
            dataOffset = member?.dataOffset
            return member?.entry
        case .library(let handle):
            guard let (header, warning) = try handle.nextHeader() else { return nil }
            return try Self.entry(header, warning: warning, place: place)
        }
    }

    private func readHeader() throws -> ArchiveEntry? {
        current = nil
        guard let entry = try nextEntry() else { return nil }
        entryCount += 1
        guard entryCount <= limits.entries else {
            throw Failure(.overLimit, "the archive has more than \(limits.entries) entries", at: place)
        }
        guard entry.path.count <= limits.pathBytes else {
            throw Failure(
                .overLimit,
                "a path of the archive is too long",
                at: place,
                why: "\(entry.path.count) bytes, at most \(limits.pathBytes) are taken"
            )
        }
        let depth = entry.path.split(separator: 0x2F).count
        guard depth <= limits.depth else {
            throw Failure(
                .overLimit,
                "a path of the archive is too deep",
                at: place,
                why: "\(depth) components, at most \(limits.depth) are taken"
            )
        }
        let (claimed, overflows) = claimedBytes.addingReportingOverflow(entry.sizeBytes)
        guard !overflows, claimed <= limits.expandedBytes else {
            throw Failure(
                .overLimit,
                "the archive expands beyond the limit",
                at: place,
                why: "its entries hold more than \(limits.expandedBytes) bytes"
            )
        }
        claimedBytes = claimed
        current = entry
        return entry
    }

    private static func entry(_ header: OpaquePointer, warning: String?, place: Place) throws -> ArchiveEntry {
        var notes = warning.map { [$0] } ?? []
        guard let path = bytes(archive_entry_pathname(header)) else {
            throw Failure(.malformedInput, "an entry of the archive has no readable path", at: place, why: warning)
        }
        let kind: ArchiveEntry.Kind
        if let target = bytes(archive_entry_hardlink(header)) {
            kind = .hardLink(target: target)
        } else {
            // libarchive's AE_IF… macros are casts that do not come over to Swift; these are their values.
            switch UInt32(archive_entry_filetype(header)) {
            case 0o100000: kind = .file
            case 0o040000: kind = .directory
            case 0o120000: kind = .symlink(target: bytes(archive_entry_symlink(header)) ?? [])
            case 0o020000:
                kind = .character(
                    major: number(archive_entry_rdevmajor(header)),
                    minor: number(archive_entry_rdevminor(header))
                )
            case 0o060000:
                kind = .block(
                    major: number(archive_entry_rdevmajor(header)),
                    minor: number(archive_entry_rdevminor(header))
                )
            case 0o010000: kind = .fifo
            case 0o140000: kind = .socket
            case 0: kind = path.last == 0x2F ? .directory : .file
            case let other:
                throw Failure(
                    .malformedInput,
                    "an entry of the archive is of an unknown kind",
                    at: place,
                    why: "kind \(other)"
                )
            }
        }
        let size = archive_entry_size_is_set(header) != 0 ? archive_entry_size(header) : 0
        guard let size = Int(exactly: size), size >= 0 else {
            throw Failure(.malformedInput, "an entry of the archive has an impossible size", at: place)
        }
        let uid = archive_entry_uid(header)
        let gid = archive_entry_gid(header)
        if UInt32(exactly: uid) == nil || UInt32(exactly: gid) == nil {
            notes.append("the owner's number is out of range")
        }
        return ArchiveEntry(
            path: path,
            kind: kind,
            mode: UInt16(truncatingIfNeeded: archive_entry_perm(header)),
            uid: UInt32(exactly: uid) ?? .max,
            gid: UInt32(exactly: gid) ?? .max,
            userName: text(archive_entry_uname(header)),
            groupName: text(archive_entry_gname(header)),
            sizeBytes: kind == .file ? size : 0,
            modificationTime: Int(archive_entry_mtime(header)),
            note: notes.isEmpty ? nil : notes.joined(separator: "; ")
        )
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
        guard let text else { return nil }
        var count = 0
        while text[count] != 0 { count += 1 }
        return [UInt8](UnsafeRawBufferPointer(start: text, count: count))
    }

    private static func text(_ text: UnsafePointer<CChar>?) -> String? {
        guard let text = bytes(text), !text.isEmpty else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    private static func number(_ value: dev_t) -> UInt32 { UInt32(truncatingIfNeeded: value) }

    /// A zip's members are compressed on their own, and their headers may lie about what comes out.
    private func checkGrowth() throws {
        guard readBytes <= limits.expandedBytes else {
            throw Failure(
                .overLimit,
                "the archive expands beyond the limit",
                at: place,
                why: "more than \(limits.expandedBytes) bytes come out of it"
            )
        }
        guard readBytes > 1 << 20, let size = stream.sizeBytes else { return }
        let (allowed, overflows) = size.multipliedReportingOverflow(by: limits.ratio)
        guard overflows || readBytes <= allowed else {
            throw Failure(
                .overLimit,
                "the archive expands beyond the limit",
                at: place,
                why: "it grows more than \(limits.ratio) times, as bombs do"
            )
        }
    }

    private func tooLarge(_ limit: Int) -> Failure {
        Failure(
            .overLimit,
            "an entry of the archive is too large to be read whole",
            at: place,
            why: "\(current?.displayPath ?? "it") has more than \(limit) bytes"
        )
    }
}
