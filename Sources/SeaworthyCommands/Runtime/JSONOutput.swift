// SPDX-License-Identifier: Apache-2.0

import JSONValues

extension Console {
    /// Prints one JSON document, a line feed behind.
    func print(json value: some Encodable) throws {
        print(bytes: try JSONWriter.bytes(of: value, .indented) + [0x0A])
    }

    /// Prints one line of NDJSON.
    func print(line value: some Encodable) throws {
        print(bytes: try JSONWriter.bytes(of: value) + [0x0A])
    }
}
