// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, descriptor.md, "Digests". The one place of the package that hashes blobs; Crypto has a
// `Digest` too, so ours is written in full.

import Crypto
public import OCISpec

/// Hashes bytes as they come by and gives their digest at the end.
public struct BlobHasher: Sendable {
    private var state: State
    /// How many bytes were hashed so far.
    public private(set) var byteCount = 0

    private enum State: Sendable {
        case sha256(SHA256)
        case sha384(SHA384)
        case sha512(SHA512)
    }

    /// Starts with nothing hashed.
    public init(_ algorithm: OCISpec.Digest.Algorithm = .sha256) {
        switch algorithm {
        case .sha256: state = .sha256(SHA256())
        case .sha384: state = .sha384(SHA384())
        case .sha512: state = .sha512(SHA512())
        }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        switch state {
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        case .sha384(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha384(hash)
        case .sha512(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha512(hash)
        }
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of all bytes so far; more may follow.
    public func digest() -> OCISpec.Digest {
        let found =
            switch state {
            case .sha256(let hash): OCISpec.Digest(algorithm: .sha256, hash: hash.finalize())
            case .sha384(let hash): OCISpec.Digest(algorithm: .sha384, hash: hash.finalize())
            case .sha512(let hash): OCISpec.Digest(algorithm: .sha512, hash: hash.finalize())
            }
        // The hash functions give exactly the number of bytes that the algorithm has.
        guard let found else { preconditionFailure("a hash of the wrong length") }
        return found
    }
}

extension OCISpec.Digest {
    /// The SHA-256 digest of bytes.
    public static func sha256(of bytes: [UInt8]) -> OCISpec.Digest { digest(of: bytes, .sha256) }

    /// The SHA-256 digest of a text's UTF-8 bytes.
    public static func sha256(of text: String) -> OCISpec.Digest { digest(of: Array(text.utf8), .sha256) }

    /// The digest of bytes by an algorithm.
    public static func digest(of bytes: [UInt8], _ algorithm: Algorithm) -> OCISpec.Digest {
        var hasher = BlobHasher(algorithm)
        hasher.update(bytes)
        return hasher.digest()
    }
}
