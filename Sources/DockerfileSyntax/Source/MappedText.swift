// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A text put together from pieces of a file, which knows where each of its bytes came from.
///
/// A continued instruction is one such text, and so is the script of a `RUN`: an offset in it turns back into line and
/// column of the Dockerfile.
/// Units: offsets in UTF-8 bytes from 0.
public struct MappedText: Sendable, Hashable {
    /// The bytes of the text.
    public private(set) var utf8: [UInt8]
    /// Where each piece starts in the text and in the file, in order.
    public private(set) var segments: [Segment]

    /// A piece that stands in the file as it stands in the text.
    public struct Segment: Sendable, Hashable {
        /// The offset in the text at which the piece starts.
        public let offset: Int
        /// Where the piece starts in the file.
        public let position: SourcePosition

        init(offset: Int, position: SourcePosition) {
            self.offset = offset
            self.position = position
        }
    }

    init() {
        utf8 = []
        segments = []
    }

    /// The text as a string.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// Where a byte of the text stands in the file; an offset behind the end gives the place behind the last byte.
    public func position(at offset: Int) -> SourcePosition {
        guard let first = segments.first else { return SourcePosition(line: 1, column: 1) }
        let wanted = min(max(offset, 0), utf8.count)
        var low = 0
        var high = segments.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].offset <= wanted { low = middle } else { high = middle }
        }
        let segment = low < segments.count ? segments[low] : first
        return SourcePosition(
            line: segment.position.line,
            column: segment.position.column + wanted - segment.offset
        )
    }

    /// Where a stretch of the text stands in the file: from its first byte to behind its last.
    public func range(of offsets: Range<Int>) -> SourceRange {
        let start = position(at: offsets.lowerBound)
        // Most instructions stand on one line.
        if segments.count == 1 { return SourceRange(start: start, end: position(at: offsets.upperBound)) }
        guard !offsets.isEmpty else { return SourceRange(start: start, end: start) }
        let last = position(at: offsets.upperBound - 1)
        return SourceRange(start: start, end: SourcePosition(line: last.line, column: last.column + 1))
    }

    /// Where the whole text stands.
    public var range: SourceRange { range(of: 0..<utf8.count) }

    /// A part of the text, with its places.
    public subscript(offsets: Range<Int>) -> MappedText {
        let bounds = offsets.clamped(to: 0..<utf8.count)
        var part = MappedText()
        part.utf8 = Array(utf8[bounds])
        part.segments = [Segment(offset: 0, position: position(at: bounds.lowerBound))]
        for segment in segments where bounds.lowerBound < segment.offset && segment.offset < bounds.upperBound {
            part.segments.append(Segment(offset: segment.offset - bounds.lowerBound, position: segment.position))
        }
        return part
    }

    mutating func append(_ bytes: some Collection<UInt8>, at position: SourcePosition) {
        // Of several pieces at one offset only the last can hold a byte.
        if let last = segments.last, last.offset == utf8.count { segments.removeLast() }
        segments.append(Segment(offset: utf8.count, position: position))
        if utf8.isEmpty { utf8 = Array(bytes) } else { utf8.append(contentsOf: bytes) }
    }

    mutating func append(_ other: MappedText) {
        let shift = utf8.count
        if let last = segments.last, last.offset == shift, !other.segments.isEmpty { segments.removeLast() }
        for segment in other.segments {
            segments.append(Segment(offset: segment.offset + shift, position: segment.position))
        }
        utf8.append(contentsOf: other.utf8)
    }
}
