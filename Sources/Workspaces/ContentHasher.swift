// SPDX-License-Identifier: Apache-2.0

import Archives

/// Hashes bytes piece by piece with SHA-256; the digest is text, `sha256:…`, for here it only names files and is compared.
struct ContentHasher {
    private var hasher = BlobHasher()

    /// The digest of bytes that are all there.
    static func digest(of bytes: [UInt8]) -> String {
        var hasher = ContentHasher()
        hasher.update(bytes[...])
        return hasher.finish()
    }

    /// Takes the next piece.
    mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { hasher.update($0) } }

    /// The digest of everything taken so far.
    func finish() -> String { "\(hasher.digest())" }
}
