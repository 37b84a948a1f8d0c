// SPDX-License-Identifier: Apache-2.0

import HostFiles
public import OCISpec

/// Takes bytes in order. One owner, one task.
public protocol ByteSink: AnyObject {
    /// Takes the next bytes.
    ///
    /// - Throws: a `Failure` when they cannot be kept.
    func write(_ bytes: UnsafeRawBufferPointer) throws
}

extension ByteSink {
    /// Takes the next bytes.
    public func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Takes all that a stream gives.
    ///
    /// - Returns: how many bytes that were.
    @discardableResult
    public func write(_ stream: any ByteStream) throws -> Int {
        var count = 0
        while true {
            let chunk = try stream.nextChunk()
            if chunk.isEmpty { return count }
            count += chunk.count
            try write(chunk)
        }
    }
}

/// Keeps bytes in memory.
public final class MemorySink: ByteSink {
    /// What was taken so far.
    public private(set) var bytes: [UInt8] = []

    /// Starts empty.
    public init() {}

    /// Keeps the bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws { self.bytes.append(contentsOf: bytes) }
}

/// Throws bytes away: for when only their digest is of interest.
public final class NullSink: ByteSink {
    /// Nothing to set up.
    public init() {}

    /// Forgets the bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {}
}

/// Hands bytes on to another sink and hashes them on the way.
public final class HashingSink: ByteSink {
    private let downstream: any ByteSink
    private var hasher: BlobHasher

    /// Writes to `downstream`.
    public init(_ downstream: any ByteSink, _ algorithm: Digest.Algorithm = .sha256) {
        self.downstream = downstream
        hasher = BlobHasher(algorithm)
    }

    /// How many bytes came by so far.
    public var byteCount: Int { hasher.byteCount }

    /// The digest of all that came by so far.
    public var digest: Digest { hasher.digest() }

    /// Hashes the bytes and hands them on.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        hasher.update(bytes)
        try downstream.write(bytes)
    }
}

extension TemporaryFile: ByteSink {}
