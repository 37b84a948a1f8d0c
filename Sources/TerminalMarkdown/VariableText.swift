// SPDX-License-Identifier: Apache-2.0
//
// Source: dockersamples/labspace-infra, docs/markdown-options.md, "Variables": `$$name$$`, and `\$\$` for two dollar signs.

/// Fills in the variables of a lesson's text.
enum VariableText {
    /// The text with each `$$name$$` replaced; a name without a value stands for itself.
    static func filled(_ text: String, values: [String: String]) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: [0x5C, 0x24, 0x5C, 0x24]) {
                result += [0x24, 0x24]
                index += 4
            } else if bytes[index] == 0x24, let found = name(bytes, at: index) {
                let name = String(decoding: bytes[found.name], as: UTF8.self)
                let trimmed = name.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
                result += Array((values[trimmed] ?? trimmed).utf8)
                index = found.end
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A name between two pairs of dollar signs on one line, of at most 100 bytes.
    private static func name(_ bytes: [UInt8], at start: Int) -> (name: Range<Int>, end: Int)? {
        guard start + 1 < bytes.count, bytes[start + 1] == 0x24 else { return nil }
        var end = start + 2
        while end < bytes.count, end < start + 102, bytes[end] != 0x24, bytes[end] != 0x0A { end += 1 }
        guard end > start + 2, end + 1 < bytes.count, bytes[end] == 0x24, bytes[end + 1] == 0x24 else { return nil }
        return (start + 2..<end, end + 2)
    }
}
