// SPDX-License-Identifier: Apache-2.0

/// Bytes from a disk as text that loses nothing.
package enum EscapedBytes {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The text; equal texts mean equal bytes.
    package static func text(of bytes: [UInt8]) -> String {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || (byte >= 0x80 && !isText) {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes again; nil for a `%` without two digits behind it.
    package static func bytes(of text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(digits.firstIndex),
                let low = iterator.next().flatMap(digits.firstIndex)
            else { return nil }
            result.append(UInt8(high * 16 + low))
        }
        return result
    }
}
