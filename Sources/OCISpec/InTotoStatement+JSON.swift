// SPDX-License-Identifier: Apache-2.0

// Source: in-toto attestation framework, spec/v1/statement.md and envelope.md; DSSE protocol, "Envelope".

import Foundation
import JSONValues

extension InTotoStatement {
    /// Why bytes are not a statement.
    public enum ParsingError: Error, Equatable {
        /// Not JSON, or a field that must be there is missing or of another type; the text says which.
        case malformed(String)
        /// An envelope around something that is no in-toto statement.
        case payloadTypeUnknown(String)
    }

    private struct Head: Decodable {
        let type: String
        let subject: [LenientSubject]?
        let predicateType: String

        private enum CodingKeys: String, CodingKey {
            case type = "_type"
            case subject, predicateType
        }
    }

    private struct LenientSubject: Decodable {
        let name: String?
        let digest: [String: String]?
    }

    private struct Envelope: Decodable {
        let payloadType: String
        let payload: String
    }

    /// Reads a statement, or a DSSE envelope around one; signatures are not verified.
    ///
    /// - Returns: the statement, and whether it came in an envelope.
    public static func parse(_ bytes: [UInt8]) throws(ParsingError) -> (statement: InTotoStatement, isEnveloped: Bool) {
        guard let members = JSONReader.memberRanges(in: bytes, limits: .own) else {
            throw .malformed("not a JSON object")
        }
        guard members["payloadType"] != nil, members["payload"] != nil else {
            return (try InTotoStatement(parsingPlain: bytes, predicate: members["predicate"]), false)
        }
        let envelope: Envelope = try decode(bytes)
        guard envelope.payloadType == "application/vnd.in-toto+json" else {
            throw .payloadTypeUnknown(envelope.payloadType)
        }
        let standard = envelope.payload.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let payload = Data(base64Encoded: standard + padding) else {
            throw .malformed("the payload is not base64")
        }
        let inner = [UInt8](payload)
        guard let innerMembers = JSONReader.memberRanges(in: inner, limits: .own) else {
            throw .malformed("the payload is not a JSON object")
        }
        return (try InTotoStatement(parsingPlain: inner, predicate: innerMembers["predicate"]), true)
    }

    private init(parsingPlain bytes: [UInt8], predicate: Range<Int>?) throws(ParsingError) {
        let head: Head = try Self.decode(bytes)
        self.init(
            type: head.type,
            subjects: (head.subject ?? []).map { Subject(name: $0.name ?? "", digest: $0.digest ?? [:]) },
            predicateType: head.predicateType,
            predicate: predicate.map { Array(bytes[$0]) } ?? Array("null".utf8)
        )
    }

    private static func decode<T: Decodable>(_ bytes: [UInt8]) throws(ParsingError) -> T {
        do {
            return try JSONReader.decode(T.self, from: bytes, limits: .own)
        } catch {
            throw .malformed(error.description)
        }
    }

    /// The statement as JSON: `_type`, `predicateType`, `subject`, `predicate`, in that order; the predicate byte for byte.
    public func encoded() -> [UInt8] {
        func json(_ value: some Encodable) -> [UInt8] {
            (try? JSONWriter.bytes(of: value)) ?? Array("null".utf8)
        }
        return Array("{\"_type\":".utf8) + json(type) + Array(",\"predicateType\":".utf8) + json(predicateType)
            + Array(",\"subject\":".utf8) + json(subjects) + Array(",\"predicate\":".utf8) + predicate
            + Array("}".utf8)
    }
}
