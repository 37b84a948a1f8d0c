// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation

extension Console {
    /// Prints one JSON document: keys sorted, slashes as they are, a line feed behind.
    func print(json value: some Encodable) throws {
        print(bytes: try Self.json(value) + [0x0A])
    }

    /// Prints one line of NDJSON.
    func print(line value: some Encodable) throws {
        print(bytes: try Self.json(value, isPretty: false) + [0x0A])
    }

    /// A value as JSON bytes, the same on every run.
    static func json(_ value: some Encodable, isPretty: Bool = true) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
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
}
