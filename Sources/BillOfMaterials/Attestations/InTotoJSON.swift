// SPDX-License-Identifier: Apache-2.0

// Source: in-toto attestation framework, spec/v1/statement.md and envelope.md; BuildKit docs/attestations.

public import Diagnostics
import JSONValues
public import OCISpec

/// Reads and writes in-toto statements as JSON.
public enum InTotoJSON {
    /// Reads a statement, or a DSSE envelope with one inside; signatures are not checked.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`.
    public static func read(_ bytes: [UInt8], limits: Limits = .standard) throws -> InTotoStatement {
        var value = try DocumentReader.value(bytes, what: "read the attestation", limits: limits)
        if value["payloadType"] != nil, value["_type"] == nil {
            guard value["payloadType"]?.string == "application/vnd.in-toto+json" else {
                throw malformed("the envelope does not hold an in-toto statement")
            }
            guard let payload = value["payload"]?.string.flatMap(Base64.decode) else {
                throw malformed("the envelope's payload is not base64")
            }
            value = try DocumentReader.value(payload, what: "read the attestation", limits: limits)
        }
        guard let type = value["_type"]?.string, type.hasPrefix("https://in-toto.io/Statement/v") else {
            throw malformed("\"_type\" is not that of an in-toto statement")
        }
        guard let predicateType = value["predicateType"]?.string, !predicateType.isEmpty else {
            throw malformed("\"predicateType\" is missing")
        }
        let subjects = (value["subject"]?.array ?? []).filter { $0.object != nil }.map { subject in
            InTotoStatement.Subject(name: subject["name"]?.string ?? "", digest: subject["digest"]?.strings ?? [:])
        }
        return InTotoStatement(
            type: type,
            subjects: subjects,
            predicateType: predicateType,
            predicate: (value["predicate"] ?? .null).bytes(indented: false)
        )
    }

    private static func malformed(_ why: String) -> Failure {
        Failure(.malformedInput, "cannot read the attestation", why: why)
    }

    /// The statement as indented JSON, as BuildKit writes it.
    ///
    /// - Throws: a `Failure` when the predicate is not JSON, a fault of the caller.
    public static func write(_ statement: InTotoStatement) throws -> [UInt8] {
        let predicate: JSONValue
        do {
            predicate = try JSONValue(parsing: statement.predicate, depth: 512)
        } catch {
            throw Failure(.internalFault, "cannot write the attestation", why: "the predicate is not JSON")
        }
        let subjects: [JSONValue] = statement.subjects.map { subject in
            var digest = JSONObject()
            for (algorithm, hash) in subject.digest.sorted(by: { $0.key < $1.key }) {
                digest.append(algorithm, .string(hash))
            }
            return ["name": .string(subject.name), "digest": .object(digest)]
        }
        let value: JSONValue = [
            "_type": .string(statement.type), "predicateType": .string(statement.predicateType),
            "subject": .array(subjects),
            "predicate": predicate,
        ]
        return value.bytes()
    }

    /// The subject that BuildKit writes for an image: one for each name, or `_` when it has none.
    ///
    /// - Parameter digest: the digest of the image *manifest*.
    public static func subjects(names: [ImageReference], platform: Platform, digest: Digest) -> [InTotoStatement
        .Subject]
    {
        let hashes = [digest.algorithm.rawValue: digest.hex]
        guard !names.isEmpty else { return [.init(name: "_", digest: hashes)] }
        return names.map { .init(name: ImagePURL.text($0, digest: nil, platform: platform), digest: hashes) }
    }
}

/// Base64 as RFC 4648 section 4 has it; reading skips line breaks and accepts the URL alphabet and missing padding.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let one = UInt32(bytes[index])
            let two = index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0
            let three = index + 2 < bytes.count ? UInt32(bytes[index + 2]) : 0
            let group = one << 16 | two << 8 | three
            result.append(alphabet[Int(group >> 18 & 63)])
            result.append(alphabet[Int(group >> 12 & 63)])
            result.append(index + 1 < bytes.count ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            result.append(index + 2 < bytes.count ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func decode(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var group: UInt32 = 0
        var bits = 0
        var isOver = false
        for byte in text.utf8 {
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte) - 0x41
            case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
            case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                isOver = true
                continue
            case 0x0A, 0x0D, 0x20, 0x09: continue
            default: return nil
            }
            guard !isOver else { return nil }
            group = group << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
                group &= (1 << UInt32(bits)) - 1
            }
        }
        return bits < 6 ? result : nil
    }
}
