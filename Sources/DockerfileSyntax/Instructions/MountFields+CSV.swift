// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 4180, as Go's encoding/csv reads one record.

extension MountFields {
    /// The fields of a record: separated by commas, perhaps in double quotes, which are doubled inside.
    static func fields(of text: String) throws(RunMountError) -> [String] {
        let bytes = Array(text.utf8)
        var fields: [String] = []
        var offset = 0
        let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
        func failure(_ reason: String) -> RunMountError {
            RunMountError("failed to parse csv mounts: parse error on line 1, column \(offset + 1): \(reason)")
        }
        while true {
            var field: [UInt8] = []
            if offset < bytes.count, bytes[offset] == quote {
                offset += 1
                while true {
                    guard offset < bytes.count else { throw failure("extraneous or missing \" in quoted-field") }
                    if bytes[offset] == quote {
                        offset += 1
                        guard offset < bytes.count, bytes[offset] == quote else { break }
                    }
                    field.append(bytes[offset])
                    offset += 1
                }
                guard offset == bytes.count || bytes[offset] == comma else {
                    throw failure("extraneous or missing \" in quoted-field")
                }
            } else {
                while offset < bytes.count, bytes[offset] != comma {
                    if bytes[offset] == quote { throw failure("bare \" in non-quoted-field") }
                    field.append(bytes[offset])
                    offset += 1
                }
            }
            fields.append(String(decoding: field, as: UTF8.self))
            guard offset < bytes.count else { return fields }
            offset += 1
        }
    }
}
