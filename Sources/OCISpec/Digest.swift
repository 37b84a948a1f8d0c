// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, descriptor.md, "Digests".

/// The name of a blob: a hash algorithm and the hash of the blob's bytes.
///
/// Shape: `sha256:` and 64 lowercase hexadecimal digits, `sha384:` and 96, or `sha512:` and 128. Written and compared as that text.
public struct Digest: Sendable, Hashable {
    /// How the bytes were hashed.
    public let algorithm: Algorithm
    /// The hash: two lowercase hexadecimal digits for each byte.
    public let hex: String

    /// Reads a digest as a manifest writes it, with nothing before or after it.
    ///
    /// - Throws: a `ValidationError`; its offset counts UTF-8 bytes of `text` from 0.
    public init(parsing text: String) throws(ValidationError) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { throw .separatorMissing }
        guard let algorithm = Algorithm(rawValue: String(decoding: bytes[..<colon], as: UTF8.self)) else {
            throw .algorithmUnknown
        }
        let digits = bytes[(colon + 1)...]
        guard digits.count == algorithm.hexCount else {
            throw .lengthWrong(expected: algorithm.hexCount, found: digits.count)
        }
        for (offset, byte) in digits.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
            default: throw .digitWrong(offset: colon + 1 + offset)
            }
        }
        self.algorithm = algorithm
        self.hex = String(decoding: digits, as: UTF8.self)
    }

    /// Makes a digest from the hash itself.
    ///
    /// - Returns: nil when the number of bytes is not the algorithm's.
    public init?(algorithm: Algorithm, hash: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        for byte in hash {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        guard hex.count == algorithm.hexCount else { return nil }
        self.algorithm = algorithm
        self.hex = String(decoding: hex, as: UTF8.self)
    }

    /// The first twelve digits, as Docker prints a digest in short.
    public var short: String { String(hex.prefix(12)) }
}

extension Digest {
    /// A hash algorithm that the specification registers, or that Docker takes as well (SHA-384).
    public enum Algorithm: String, Sendable, CaseIterable {
        case sha256, sha384, sha512

        /// How many hexadecimal digits a hash has.
        public var hexCount: Int {
            switch self {
            case .sha256: 64
            case .sha384: 96
            case .sha512: 128
            }
        }
    }

    /// Why a text is not a digest.
    public enum ValidationError: Error, Equatable {
        case separatorMissing, algorithmUnknown
        case lengthWrong(expected: Int, found: Int), digitWrong(offset: Int)
    }
}

extension Digest: CustomStringConvertible {
    /// The digest as a manifest writes it.
    public var description: String { algorithm.rawValue + ":" + hex }
}

extension Digest: Comparable {
    /// Orders by the written text.
    public static func < (left: Digest, right: Digest) -> Bool { left.description < right.description }
}

extension Digest: Codable {
    /// Reads the written text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try Digest(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a digest: \(error)")
        }
    }

    /// Writes the written text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
