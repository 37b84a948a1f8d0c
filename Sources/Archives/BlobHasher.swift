// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, descriptor.md, "Digests". The one place of the package that hashes blobs. On Linux the
// hash functions are nettle's: libarchive has that library loaded already, so it costs neither build time nor start-up.

public import OCISpec

#if canImport(CryptoKit)
    import CryptoKit
#else
    import CNettle
#endif

/// Hashes bytes as they come by and gives their digest at the end.
public struct BlobHasher: Sendable {
    private let algorithm: OCISpec.Digest.Algorithm
    private var state: HashState
    /// How many bytes were hashed so far.
    public private(set) var byteCount = 0

    /// Starts with nothing hashed.
    public init(_ algorithm: OCISpec.Digest.Algorithm = .sha256) {
        self.algorithm = algorithm
        state = HashState(algorithm)
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        state.update(bytes)
    }

    /// Takes in the next bytes.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of all bytes so far; more may follow.
    public func digest() -> OCISpec.Digest {
        // The hash functions give exactly the number of bytes that the algorithm has.
        guard let found = OCISpec.Digest(algorithm: algorithm, hash: state.finished()) else {
            preconditionFailure("a hash of the wrong length")
        }
        return found
    }
}

#if canImport(CryptoKit)
    /// A hash at work, by the system's CryptoKit.
    private enum HashState: Sendable {
        case sha256(SHA256)
        case sha384(SHA384)
        case sha512(SHA512)

        init(_ algorithm: OCISpec.Digest.Algorithm) {
            switch algorithm {
            case .sha256: self = .sha256(SHA256())
            case .sha384: self = .sha384(SHA384())
            case .sha512: self = .sha512(SHA512())
            }
        }

        mutating func update(_ bytes: UnsafeRawBufferPointer) {
            switch self {
            case .sha256(var hash):
                hash.update(bufferPointer: bytes)
                self = .sha256(hash)
            case .sha384(var hash):
                hash.update(bufferPointer: bytes)
                self = .sha384(hash)
            case .sha512(var hash):
                hash.update(bufferPointer: bytes)
                self = .sha512(hash)
            }
        }

        func finished() -> [UInt8] {
            switch self {
            case .sha256(let hash): Array(hash.finalize())
            case .sha384(let hash): Array(hash.finalize())
            case .sha512(let hash): Array(hash.finalize())
            }
        }
    }
#else
    /// A hash at work, by nettle. SHA-384 is SHA-512 from another start, cut short.
    private enum HashState: Sendable {
        case sha256(sha256_ctx)
        case sha384(sha512_ctx)
        case sha512(sha512_ctx)

        init(_ algorithm: OCISpec.Digest.Algorithm) {
            switch algorithm {
            case .sha256:
                var context = sha256_ctx()
                nettle_sha256_init(&context)
                self = .sha256(context)
            case .sha384:
                var context = sha512_ctx()
                nettle_sha384_init(&context)
                self = .sha384(context)
            case .sha512:
                var context = sha512_ctx()
                nettle_sha512_init(&context)
                self = .sha512(context)
            }
        }

        mutating func update(_ bytes: UnsafeRawBufferPointer) {
            guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            switch self {
            case .sha256(var context):
                nettle_sha256_update(&context, bytes.count, start)
                self = .sha256(context)
            case .sha384(var context):
                nettle_sha512_update(&context, bytes.count, start)
                self = .sha384(context)
            case .sha512(var context):
                nettle_sha512_update(&context, bytes.count, start)
                self = .sha512(context)
            }
        }

        func finished() -> [UInt8] {
            switch self {
            case .sha256(var context): Self.bytes(SHA256_DIGEST_SIZE) { nettle_sha256_digest(&context, $0, $1) }
            case .sha384(var context): Self.bytes(SHA384_DIGEST_SIZE) { nettle_sha384_digest(&context, $0, $1) }
            case .sha512(var context): Self.bytes(SHA512_DIGEST_SIZE) { nettle_sha512_digest(&context, $0, $1) }
            }
        }

        private static func bytes(
            _ count: Int32,
            _ write: (Int, UnsafeMutablePointer<UInt8>?) -> Void
        ) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
                write(Int(count), buffer.baseAddress)
                written = Int(count)
            }
        }
    }
#endif

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
