// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import OCISpec

/// Reads a JSON value; what is wrong with it becomes a `Failure` (`malformedInput`) that names the document.
func decodeJSON<T: Decodable>(_ type: T.Type, from bytes: [UInt8], what: String, place: Place) throws -> T {
    do {
        return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
        throw Failure(
            .malformedInput,
            "\(what) cannot be read",
            at: place,
            why: JSONErrorText.describe(error),
            cause: error
        )
    }
}

/// Writes a JSON value so that the same value gives the same bytes: sorted keys, no blanks.
func encodeJSON(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return [UInt8](try encoder.encode(value))
    } catch {
        throw Failure(.internalFault, "a JSON document cannot be written", cause: error)
    }
}
