// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

/// Writes values as JSON, the same bytes on every run: keys sorted, slashes as they are, times as RFC 3339.
package enum JSONWriter {
    /// How the text is laid out.
    package enum Layout: Sendable, Hashable {
        /// On one line, without blanks.
        case line
        /// A member a line, with an indentation of two blanks.
        case indented
    }

    /// The bytes of a value, without a line feed at the end.
    ///
    /// - Throws: a `Failure` (`internalFault`) for a value that JSON has no form for, such as a number that is not finite.
    package static func bytes(of value: some Encodable, _ layout: Layout = .line) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if layout == .indented { encoder.outputFormatting.insert(.prettyPrinted) }
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw Failure(
                .internalFault,
                "cannot write the result as JSON",
                why: String(describing: error),
                cause: error
            )
        }
    }

    /// The same as text.
    package static func text(of value: some Encodable, _ layout: Layout = .line) throws -> String {
        String(decoding: try bytes(of: value, layout), as: UTF8.self)
    }
}
