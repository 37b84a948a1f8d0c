// SPDX-License-Identifier: Apache-2.0

// Source: RFC 8259.

/// Finds where the members of a JSON object stand in its bytes, so that a value can be handed on byte for byte.
///
/// The bytes are only cut, not validated: whoever uses a value parses it.
public enum JSONMembers {
    /// The ranges of the values of the top-level object by key, white space around them left out; of a repeated key the last one.
    ///
    /// - Returns: nil when the bytes are no object, or end within it.
    public static func ranges(in bytes: [UInt8]) -> [String: Range<Int>]? {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func skipBlank() {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        }
        func take(_ byte: UInt8) -> Bool {
            skipBlank()
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }
        /// Goes behind the string that begins here.
        func skipString() -> Range<Int>? {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
            let start = index
            index += 1
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\\"): index += 2
                case UInt8(ascii: "\""):
                    index += 1
                    return start..<index
                default: index += 1
                }
            }
            return nil
        }
        /// Goes behind the value that begins here, without recursion.
        func skipValue() -> Range<Int>? {
            skipBlank()
            let start = index
            var depth = 0
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "\""):
                    guard skipString() != nil else { return nil }
                    if depth == 0 { return start..<index }
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return start < index ? start..<trimmed(start, index) : nil }
                    depth -= 1
                    if depth == 0 {
                        index += 1
                        return start..<index
                    }
                case UInt8(ascii: ","):
                    if depth == 0 { return start < index ? start..<trimmed(start, index) : nil }
                default: break
                }
                index += 1
            }
            return nil
        }
        func trimmed(_ start: Int, _ end: Int) -> Int {
            var end = end
            while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
            return end
        }

        guard take(UInt8(ascii: "{")) else { return nil }
        var result: [String: Range<Int>] = [:]
        if take(UInt8(ascii: "}")) { return result }
        while true {
            skipBlank()
            guard let keyRange = skipString(), take(UInt8(ascii: ":")), let value = skipValue() else { return nil }
            result[text(bytes[keyRange])] = value
            if take(UInt8(ascii: ",")) { continue }
            return take(UInt8(ascii: "}")) ? result : nil
        }
    }

    /// A key's text. Escapes in keys are rare enough that only `\/`, `\"`, `\\` and `\uXXXX` of ASCII are undone.
    private static func text(_ quoted: ArraySlice<UInt8>) -> String {
        let inner = Array(quoted.dropFirst().dropLast())
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        var result: [UInt8] = []
        var index = 0
        while index < inner.count {
            guard inner[index] == UInt8(ascii: "\\"), index + 1 < inner.count else {
                result.append(inner[index])
                index += 1
                continue
            }
            if inner[index + 1] == UInt8(ascii: "u"), index + 5 < inner.count,
                let code = UInt8(String(decoding: inner[(index + 2)...(index + 5)], as: UTF8.self), radix: 16),
                code < 0x80
            {
                result.append(code)
                index += 6
            } else {
                result.append(inner[index + 1])
                index += 2
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
