// SPDX-License-Identifier: Apache-2.0

// Source: in-toto attestation framework, spec/v1/statement.md and envelope.md; DSSE protocol, "Envelope".

import Foundation

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
        guard let members = JSONMembers.ranges(in: bytes) else { throw .malformed("not a JSON object") }
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
        guard let innerMembers = JSONMembers.ranges(in: inner) else {
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
            return try JSONDecoder().decode(T.self, from: Data(bytes))
        } catch {
            throw .malformed(JSONErrorText.describe(error))
        }
    }

    /// The statement as JSON: `_type`, `predicateType`, `subject`, `predicate`, in that order; the predicate byte for byte.
    public func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json(_ value: some Encodable) -> [UInt8] {
            (try? encoder.encode(value)).map { [UInt8]($0) } ?? Array("null".utf8)
        }
        return Array("{\"_type\":".utf8) + json(type) + Array(",\"predicateType\":".utf8) + json(predicateType)
            + Array(",\"subject\":".utf8) + json(subjects) + Array(",\"predicate\":".utf8) + predicate
            + Array("}".utf8)
    }
}

/// Says in words what is wrong with JSON.
public enum JSONErrorText {
    /// The path to the value and what is wrong with it.
    public static func describe(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "not JSON" }
        /// JSON's word for a Swift type.
        func word(_ type: Any.Type) -> String {
            let name = "\(type)"
            if name.hasPrefix("Dictionary") { return "an object" }
            if name.hasPrefix("Array") { return "a list" }
            return ["String": "a text", "Int": "a whole number", "Bool": "true or false"][name] ?? name
        }
        func path(_ context: DecodingError.Context) -> String {
            let parts = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return parts.isEmpty ? "" : parts.joined(separator: ".") + ": "
        }
        switch error {
        case .typeMismatch(let type, let context): return path(context) + "\(word(type)) was expected"
        case .valueNotFound(let type, let context):
            return path(context) + "\(word(type)) was expected, there is nothing"
        case .keyNotFound(let key, let context): return path(context) + "the field \(key.stringValue) is missing"
        case .dataCorrupted(let context): return path(context) + context.debugDescription
        @unknown default: return "not the JSON that was expected"
        }
    }
}
