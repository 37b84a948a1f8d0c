// SPDX-License-Identifier: Apache-2.0

import Crypto

/// Hashes bytes piece by piece with SHA-256; the digest is written as `sha256:…`.
struct ContentHasher {
    private var hash = SHA256()

    /// The digest of bytes that are all there.
    static func digest(of bytes: [UInt8]) -> String {
        var hasher = ContentHasher()
        hasher.update(bytes[...])
        return hasher.finish()
    }

    /// Takes the next piece.
    mutating func update(_ bytes: ArraySlice<UInt8>) { hash.update(data: bytes) }

    /// The digest of everything taken so far.
    func finish() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("sha256:".utf8)
        for byte in hash.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
