// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Reads JSON bytes as values: the one way in for foreign bytes.
package enum JSONReader {
    /// A value of a type that describes its own shape. Times are RFC 3339.
    ///
    /// - Throws: a `JSONError` with the place of the value that does not fit.
    package static func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
        limits: JSONLimits
    ) throws(JSONError) -> Value {
        guard bytes.count <= limits.sizeBytes else {
            throw JSONError(.tooLarge(limit: limits.sizeBytes), at: limits.sizeBytes, in: bytes)
        }
        // Foundation's own bound is 512.
        if limits.depth < 512, let offset = JSONScanner.firstOffset(in: bytes, deeperThan: limits.depth) {
            throw JSONError(.tooDeep, at: offset, in: bytes)
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw explain(error, bytes)
        }
    }

    /// The ranges of the values of the top-level object by key, white space around them left out; of a repeated key the last one.
    ///
    /// So a value can be handed on byte for byte.
    /// - Returns: nil when the bytes are no object.
    package static func memberRanges(in bytes: [UInt8], limits: JSONLimits) -> [String: Range<Int>]? {
        guard bytes.count <= limits.sizeBytes else { return nil }
        var scanner = JSONScanner(bytes)
        return try? scanner.members(depth: limits.depth)
    }

    private static func explain(_ error: any Error, _ bytes: [UInt8]) -> JSONError {
        guard let error = error as? DecodingError, let context = error.context else {
            return JSONError(.shape("not JSON"), at: 0, in: bytes)
        }
        let text = error.words
        var scanner = JSONScanner(bytes)
        if context.codingPath.isEmpty, case .dataCorrupted = error {
            do {
                try scanner.document(depth: 512)
            } catch {
                return JSONError(.shape(text), at: error.offset, in: bytes)
            }
        }
        return JSONError(.shape(text), at: scanner.offset(of: context.codingPath) ?? 0, in: bytes)
    }
}

extension DecodingError {
    fileprivate var context: Context? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: nil
        }
    }

    /// The path to the value and what is wrong with it.
    fileprivate var words: String {
        /// JSON's word for a Swift type.
        func word(_ type: Any.Type) -> String {
            let name = "\(type)"
            if name.hasPrefix("Dictionary") { return "an object" }
            if name.hasPrefix("Array") { return "a list" }
            return ["String": "a text", "Int": "a whole number", "Bool": "true or false"][name] ?? name
        }
        func path(_ context: Context) -> String {
            let parts = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return parts.isEmpty ? "" : parts.joined(separator: ".") + ": "
        }
        switch self {
        case .typeMismatch(let type, let context): return path(context) + "\(word(type)) was expected"
        case .valueNotFound(let type, let context):
            return path(context) + "\(word(type)) was expected, there is nothing"
        case .keyNotFound(let key, let context): return path(context) + "the field \(key.stringValue) is missing"
        case .dataCorrupted(let context): return path(context) + context.debugDescription
        @unknown default: return "not the JSON that was expected"
        }
    }
}
