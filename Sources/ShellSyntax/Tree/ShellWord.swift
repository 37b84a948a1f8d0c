// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

/// A word as written, before any expansion.
package struct ShellWord: Sendable {
    package let parts: [WordPart]
    package let offset: Int

    package init(parts: [WordPart], offset: Int) {
        self.parts = parts
        self.offset = offset
    }

    /// The text when nothing in the word is quoted or expanded.
    package var plainLiteral: [UInt8]? {
        guard parts.count == 1, case .literal(let bytes, false)? = parts.first else { return parts.isEmpty ? [] : nil }
        return bytes
    }

    static func literal(_ bytes: [UInt8], offset: Int) -> ShellWord {
        ShellWord(parts: [.literal(bytes, quoted: true)], offset: offset)
    }
}
