// SPDX-License-Identifier: Apache-2.0

package import Diagnostics

/// Why bytes are not the JSON that was expected, and where.
package struct JSONError: Error, Sendable, Hashable {
    package let reason: Reason
    /// Where it stands: bytes from 0.
    package let offset: Int
    /// The same place as an editor shows it.
    package let position: SourcePosition

    init(_ reason: Reason, at offset: Int, in bytes: [UInt8]) {
        self.reason = reason
        self.offset = offset
        var line = 1
        var start = 0
        for (index, byte) in bytes.prefix(offset).enumerated() where byte == 0x0A {
            line += 1
            start = index + 1
        }
        position = SourcePosition(line: line, column: offset - start + 1)
    }
}

extension JSONError {
    /// What is wrong.
    package enum Reason: Sendable, Hashable {
        /// Something else stands where JSON was expected.
        case unexpected
        /// The text ends too early.
        case truncated
        /// Arrays and objects are nested deeper than allowed.
        case tooDeep
        /// The text is longer than allowed.
        case tooLarge(limit: Int)
        /// It is JSON, and not of the shape that was expected; the text has the path to the value and what is wrong with it.
        case shape(String)
    }
}

extension JSONError: CustomStringConvertible {
    /// What is wrong, in words.
    package var description: String {
        switch reason {
        case .unexpected: "not JSON at byte \(offset)"
        case .truncated: "the JSON text ends too early"
        case .tooDeep: "JSON nested too deeply at byte \(offset)"
        case .tooLarge(let limit): "JSON of more than \(limit) bytes"
        case .shape(let text): text
        }
    }
}
