// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
public import OCISpec

/// Bytes that come one chunk after another. One owner, one task.
public protocol ByteStream: AnyObject {
    /// The next bytes, valid until the next call on the stream; empty at the end, and then for ever.
    ///
    /// - Throws: a `Failure`; afterwards the stream is of no more use.
    func nextChunk() throws -> UnsafeRawBufferPointer

    /// Goes over bytes without giving them, where that costs nothing.
    ///
    /// - Returns: how many were gone over, from 0 to `count`; 0 promises nothing about what is left.
    func skip(_ count: Int) throws -> Int

    /// Goes to an offset in bytes from the start.
    ///
    /// - Returns: whether the stream can do that; if not it stays where it is.
    func seek(to offset: Int) -> Bool

    /// How many bytes there are in all; nil when that is not known.
    var sizeBytes: Int? { get }
}

extension ByteStream {
    /// Cannot skip.
    public func skip(_ count: Int) throws -> Int { 0 }
    /// Cannot seek.
    public func seek(to offset: Int) -> Bool { false }
    /// Not known.
    public var sizeBytes: Int? { nil }

    /// Reads to the end and throws the bytes away.
    public func drain() throws {
        while try !nextChunk().isEmpty {}
    }

    /// Reads to the end and keeps the bytes, when there are no more than `limit`.
    ///
    /// - Throws: a `Failure` (`overLimit`) when there are more.
    public func readAll(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = try nextChunk()
            if chunk.isEmpty { return bytes }
            guard chunk.count <= limit - bytes.count else {
                throw Failure(.overLimit, "too large to be read whole", why: "at most \(limit) bytes are taken")
            }
            bytes.append(contentsOf: chunk)
        }
    }
}

/// Bytes in memory, as one chunk.
final class MemoryStream: ByteStream {
    private let buffer: UnsafeMutableRawBufferPointer
    private var offset = 0

    init(_ bytes: [UInt8]) {
        buffer = .allocate(byteCount: bytes.count, alignment: 16)
        buffer.copyBytes(from: bytes)
    }

    deinit { buffer.deallocate() }

    var sizeBytes: Int? { buffer.count }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        defer { offset = buffer.count }
        return UnsafeRawBufferPointer(rebasing: buffer[offset...])
    }

    func skip(_ count: Int) throws -> Int {
        let step = max(0, min(count, buffer.count - offset))
        offset += step
        return step
    }

    func seek(to offset: Int) -> Bool {
        guard (0...buffer.count).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}

/// A stretch of a file in pieces of 1 MiB.
final class FileStream: ByteStream {
    private let file: OpenFile
    private let start: Int
    private let length: Int
    private var offset = 0
    private let buffer: UnsafeMutableRawBufferPointer

    init(_ file: OpenFile, offset: Int, length: Int) {
        self.file = file
        self.start = offset
        self.length = length
        buffer = .allocate(byteCount: max(1, min(1 << 20, length)), alignment: 4096)
    }

    deinit { buffer.deallocate() }

    var sizeBytes: Int? { length }

    func nextChunk() throws -> UnsafeRawBufferPointer {
        let wanted = min(buffer.count, length - offset)
        guard wanted > 0 else { return UnsafeRawBufferPointer(rebasing: buffer[..<0]) }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: start + offset)
        guard count > 0 else { throw Failure(.malformedInput, "the file ends too early", at: .file(file.place)) }
        offset += count
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    func skip(_ count: Int) throws -> Int {
        let step = max(0, min(count, length - offset))
        offset += step
        return step
    }

    func seek(to offset: Int) -> Bool {
        guard (0...length).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}

/// Hands on what another stream gives and hashes it on the way.
public final class HashingStream: ByteStream {
    private let upstream: any ByteStream
    private var hasher: BlobHasher

    /// Reads from `upstream`.
    public init(_ upstream: any ByteStream, _ algorithm: Digest.Algorithm = .sha256) {
        self.upstream = upstream
        hasher = BlobHasher(algorithm)
    }

    /// How many bytes came by so far.
    public var byteCount: Int { hasher.byteCount }

    /// The digest of all that came by so far.
    public var digest: Digest { hasher.digest() }

    /// The upstream's next bytes, hashed.
    public func nextChunk() throws -> UnsafeRawBufferPointer {
        let chunk = try upstream.nextChunk()
        hasher.update(chunk)
        return chunk
    }
}
