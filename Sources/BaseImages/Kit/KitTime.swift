// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Diagnostics

/// Times of the kit.
enum KitTime {
    /// The seconds since 1970 of a time in RFC 3339.
    ///
    /// - Throws: `malformedInput` with the file.
    static func seconds(_ text: String, file: String) throws -> Int {
        guard let time = Instant(parsing: text)?.epochSeconds else {
            throw Failure(.malformedInput, "a layer of the kit has no time", at: .file(file), why: text)
        }
        return time
    }
}
