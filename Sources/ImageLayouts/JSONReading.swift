// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues

/// Reads a JSON value; what is wrong with it becomes a `Failure` (`malformedInput`) that names the document.
func decodeJSON<T: Decodable>(_ type: T.Type, from bytes: [UInt8], what: String, place: Place) throws -> T {
    do {
        return try JSONReader.decode(type, from: bytes, limits: .own)
    } catch {
        throw Failure(
            .malformedInput,
            "\(what) cannot be read",
            at: place,
            why: error.description,
            cause: error
        )
    }
}
