// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A word of an instruction, as written and before expansion, and where it stands.
public struct Token: Sendable, Hashable {
    /// The word; continuation lines are joined, and a JSON string is decoded.
    public let text: String
    /// Where it stands in the file.
    public let range: SourceRange
    /// Where it stands in the instruction's joined text, in UTF-8 bytes from 0.
    public let offsets: Range<Int>

    init(text: String, range: SourceRange, offsets: Range<Int>) {
        self.text = text
        self.range = range
        self.offsets = offsets
    }

    init(_ offsets: Range<Int>, of source: MappedText) {
        text = String(decoding: source.utf8[offsets], as: UTF8.self)
        range = source.range(of: offsets)
        self.offsets = offsets
    }

    /// The part behind the first `count` bytes, for `name=value` words.
    func dropping(_ count: Int, of source: MappedText) -> Token {
        Token(min(offsets.lowerBound + count, offsets.upperBound)..<offsets.upperBound, of: source)
    }
}
