// SPDX-License-Identifier: Apache-2.0

/// Bytes that the interpreter knows, or knows only in part.
public struct Text: Sendable, Hashable {
    /// The bytes as far as they are known.
    public var bytes: [UInt8]
    /// Whether `bytes` may differ from what a real shell would have.
    public var isUnknown = false

    /// Takes bytes.
    public init(_ bytes: [UInt8], isUnknown: Bool = false) {
        self.bytes = bytes
        self.isUnknown = isUnknown
    }

    /// Takes a text that is known.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The bytes as text; what is no UTF-8 is replaced.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
