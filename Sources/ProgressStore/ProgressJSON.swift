// SPDX-License-Identifier: Apache-2.0

import GRDB
import JSONValues

/// JSON as the database keeps it: one line, sorted keys.
enum ProgressJSON {
    static func text(of value: some Encodable) throws -> String {
        try JSONWriter.text(of: value)
    }

    static func value<Value: Decodable>(_ type: Value.Type, of text: String) throws -> Value {
        do {
            return try JSONReader.decode(type, from: Array(text.utf8), limits: .own)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a record cannot be read: \(error)")
        }
    }
}
