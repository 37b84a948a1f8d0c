// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar manual, "Basic Tar Format" and
// "Storing Sparse Files"; Go's archive/tar for what Docker takes of entries that have no data.

import Diagnostics

/// Reads a tar entry by entry. Our own, for libarchive composes letters in PAX records and replaces bytes that are not UTF-8,
/// so that two files of an image become one.
///
/// Limits on entries and sizes are the caller's. Global PAX headers are gone over, as Docker does.
final class TarReader {
    private var input: TarInput
    private let place: Place
    /// What is left of the current entry's data, as stretches of the file it is for.
    private var stretches: ArraySlice<TarSparseMap.Stretch> = []
    /// The bytes between the data and the next header.
    private var padding = 0
    private var isAtEnd = false
    private var isFirst = true
    /// The first header, read at the start to know whether this is a tar at all.
    private var peeked: [UInt8]?

    /// An entry, and where its data begins in the stream when it is one unbroken stretch.
    struct Member {
        let entry: ArchiveEntry
        let dataOffset: Int?
    }

    /// Starts to read.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when the first block is no header of a tar.
    init(_ stream: any ByteStream, place: Place) throws {
        input = TarInput(stream)
        self.place = place
        peeked = try header()
    }

    /// Whether bytes begin with the header of a tar, or with the end of an empty one.
    static func beginsTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= TarBlock.size else { return false }
        let block = TarBlock([UInt8](bytes.prefix(TarBlock.size)))
        return block.isZero || block.hasRightChecksum
    }

    /// The next entry; nil at the end.
    func next() throws -> Member? {
        try skipData()
        var records = TarRecords()
        while let block = try header().map(TarBlock.init) {
            let size = try block.size(place: place)
            switch block.type {
            case "x", "X":
                try records.read(try meta(size), place: place)
            case "g", "V", "N":
                try skip(size)
                try skip(TarBlock.padding(of: size))
            case "L": records.path = Self.untilNUL(try meta(size))
            case "K": records.linkPath = Self.untilNUL(try meta(size))
            default: return try member(block, headerSize: size, records)
            }
        }
        return nil
    }

    /// The next stretch of the current entry's data and where it belongs in the file; nil at the end.
    func nextBlock() throws -> (bytes: UnsafeRawBufferPointer, offset: Int)? {
        while let stretch = stretches.first {
            guard stretch.length > 0 else {
                stretches.removeFirst()
                continue
            }
            let bytes = try input.take(upTo: stretch.length)
            guard !bytes.isEmpty else { throw tooShort() }
            stretches[stretches.startIndex] = .init(
                offset: stretch.offset + bytes.count,
                length: stretch.length - bytes.count
            )
            return (bytes, stretch.offset)
        }
        return nil
    }

    private func member(_ block: TarBlock, headerSize: Int, _ records: TarRecords) throws -> Member {
        let path = records.sparse.name ?? records.path ?? block.path
        let link = records.linkPath ?? block.linkPath
        let kind: ArchiveEntry.Kind
        var hasData = false
        switch block.type {
        case "1": kind = .hardLink(target: link)
        case "2": kind = .symlink(target: link)
        case "3": kind = .character(major: block.device.major, minor: block.device.minor)
        case "4": kind = .block(major: block.device.major, minor: block.device.minor)
        case "5": kind = .directory
        case "6": kind = .fifo
        // GNU tar's incremental archives keep the names of a folder as its data.
        case "D": (kind, hasData) = (.directory, true)
        default:
            kind = path.last == 0x2F ? .directory : .file
            hasData = true
        }
        let stored = records.size ?? headerSize
        let position = input.position
        var fileSize = kind == .file ? stored : 0
        var isSparse = false
        if hasData {
            if kind == .file, let map = try sparseMap(block, records, stored: stored) {
                isSparse = true
                fileSize = map.fileSize
                stretches = map.stretches[...]
                padding = map.padding
            } else {
                stretches = [.init(offset: 0, length: stored)]
                padding = TarBlock.padding(of: stored)
            }
        }
        let owner = (records.uid ?? block.uid, records.gid ?? block.gid)
        let isOutOfRange = UInt32(exactly: owner.0) == nil || UInt32(exactly: owner.1) == nil
        return Member(
            entry: ArchiveEntry(
                path: path,
                kind: kind,
                mode: block.mode,
                uid: UInt32(exactly: owner.0) ?? .max,
                gid: UInt32(exactly: owner.1) ?? .max,
                userName: records.userName ?? block.userName,
                groupName: records.groupName ?? block.groupName,
                sizeBytes: fileSize,
                modificationTime: records.modificationTime ?? block.modificationTime,
                note: isOutOfRange ? "the owner's number is out of range" : nil
            ),
            dataOffset: isSparse ? nil : position
        )
    }

    private func sparseMap(_ block: TarBlock, _ records: TarRecords, stored: Int) throws -> TarSparseMap? {
        var map: TarSparseMap
        if block.type == "S" {
            map = try TarSparseMap(gnu: block, place: place) { try self.block() }
        } else if records.sparse.isInData {
            let start = input.position
            map = try TarSparseMap(inDataOf: records.sparse, stored: stored, place: place) { try self.block() }
            map.padding = TarBlock.padding(of: stored)
            try map.check(stored: stored - (input.position - start), place: place)
            return map
        } else if let found = try TarSparseMap(records.sparse, place: place) {
            map = found
        } else {
            return nil
        }
        map.padding = TarBlock.padding(of: stored)
        try map.check(stored: stored, place: place)
        return map
    }

    /// The next header block with its checksum verified; nil at the end of the tar.
    private func header() throws -> [UInt8]? {
        if let first = peeked {
            peeked = nil
            return first
        }
        guard !isAtEnd else { return nil }
        let wasFirst = isFirst
        isFirst = false
        guard let bytes = try input.block() else {
            isAtEnd = true
            return nil
        }
        guard bytes.count == TarBlock.size else {
            throw wasFirst ? noTar() : tooShort()
        }
        let block = TarBlock(bytes)
        if block.isZero {
            isAtEnd = true
            return nil
        }
        guard block.hasRightChecksum else {
            throw wasFirst ? noTar() : malformed("a header has a wrong checksum")
        }
        return bytes
    }

    /// A block of the data: all of it is there.
    private func block() throws -> [UInt8] {
        guard let bytes = try input.block(), bytes.count == TarBlock.size else { throw tooShort() }
        return bytes
    }

    /// The data of an entry that describes the next one.
    private func meta(_ size: Int) throws -> [UInt8] {
        // As much as Go's reader takes; the longest path of Linux has 4096 bytes.
        guard size <= 1 << 20 else {
            throw Failure(
                .overLimit,
                "a header of the archive is too long",
                at: place,
                why: "\(size) bytes, at most \(1 << 20) are taken"
            )
        }
        var bytes: [UInt8] = []
        while bytes.count < size {
            let chunk = try input.take(upTo: size - bytes.count)
            guard !chunk.isEmpty else { throw tooShort() }
            bytes.append(contentsOf: chunk)
        }
        try skip(TarBlock.padding(of: size))
        return bytes
    }

    private func skipData() throws {
        let rest = stretches.reduce(0) { $0 + $1.length }
        stretches = []
        let gap = padding
        padding = 0
        try skip(rest)
        try skip(gap)
    }

    private func skip(_ count: Int) throws {
        guard try input.skip(count) else { throw tooShort() }
    }

    private static func untilNUL(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix { $0 != 0 }) }

    private func noTar() -> Failure { malformed("this is no tar") }

    private func tooShort() -> Failure { malformed("it ends too early") }

    private func malformed(_ why: String) -> Failure {
        Failure(.malformedInput, "cannot read the archive", at: place, why: why)
    }
}

/// A stream read in blocks, with the number of bytes that went by.
struct TarInput {
    private let stream: any ByteStream
    private var chunk = UnsafeRawBufferPointer(start: nil, count: 0)
    /// How many bytes were used up.
    private(set) var position = 0

    init(_ stream: any ByteStream) { self.stream = stream }

    /// The next bytes, at least one and at most `count`, valid until the next call; empty at the end of the stream.
    mutating func take(upTo count: Int) throws -> UnsafeRawBufferPointer {
        if chunk.isEmpty { chunk = try stream.nextChunk() }
        let taken = UnsafeRawBufferPointer(rebasing: chunk.prefix(count))
        chunk = UnsafeRawBufferPointer(rebasing: chunk.dropFirst(taken.count))
        position += taken.count
        return taken
    }

    /// The next block, shorter when the stream ends in it; nil when it has ended.
    mutating func block() throws -> [UInt8]? {
        var bytes = [UInt8](try take(upTo: TarBlock.size))
        while bytes.count < TarBlock.size {
            let more = try take(upTo: TarBlock.size - bytes.count)
            if more.isEmpty { return bytes.isEmpty ? nil : bytes }
            bytes.append(contentsOf: more)
        }
        return bytes
    }

    /// The first block of a stream that nothing else reads.
    func firstBlock() throws -> [UInt8] {
        var input = self
        return try input.block() ?? []
    }

    /// Goes over bytes.
    ///
    /// - Returns: whether there were that many.
    mutating func skip(_ count: Int) throws -> Bool {
        var left = count
        while left > 0 {
            if chunk.isEmpty {
                let skipped = try stream.skip(left)
                position += skipped
                left -= skipped
                if left == 0 { break }
            }
            let taken = try take(upTo: left)
            if taken.isEmpty { return false }
            left -= taken.count
        }
        return true
    }
}
