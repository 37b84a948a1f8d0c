// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The text of one file with its line table.
///
/// Shape: valid UTF-8; every malformed byte of the input has become U+FFFD, and columns count the text after that.
/// Units: lines from 1, columns in UTF-8 bytes from 1.
public struct SourceFile: Sendable, Hashable {
    /// The whole text, with its line ends as they were.
    public let bytes: [UInt8]
    /// Whether some bytes of the input were not UTF-8 and had to be replaced.
    public let wasRepaired: Bool
    /// The offset in bytes, from 0, at which each line starts.
    let lineStarts: [Int]

    /// Reads the bytes of a file; never fails.
    public init(_ input: [UInt8]) {
        let isValid = input.withUnsafeBufferPointer { buffer in
            buffer.allSatisfy { $0 < 0x80 } || String(validating: buffer, as: UTF8.self) != nil
        }
        bytes = isValid ? input : Array(String(decoding: input, as: UTF8.self).utf8)
        wasRepaired = !isValid
        var starts = [0]
        bytes.withUnsafeBufferPointer { buffer in
            for (offset, byte) in buffer.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        }
        // A file that ends with a line feed has no further line behind it.
        if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
        lineStarts = starts
    }

    /// How many lines there are; an empty file has one.
    public var lineCount: Int { lineStarts.count }

    /// The text of a line without its line end; empty for a line that does not exist.
    public func line(_ number: Int) -> String {
        String(decoding: bytes[contentRange(ofLine: number)], as: UTF8.self)
    }

    /// The place behind the last character of a line, its line end not counted.
    public func end(ofLine number: Int) -> SourcePosition {
        SourcePosition(line: number, column: contentRange(ofLine: number).count + 1)
    }

    /// Where the bytes of a line stand, line end included.
    func fullRange(ofLine number: Int) -> Range<Int> {
        guard number >= 1, number <= lineStarts.count else { return bytes.count..<bytes.count }
        return lineStarts[number - 1]..<(number < lineStarts.count ? lineStarts[number] : bytes.count)
    }

    /// Where the bytes of a line stand, without trailing carriage returns and line feed.
    func contentRange(ofLine number: Int) -> Range<Int> {
        let full = fullRange(ofLine: number)
        var end = full.upperBound
        while end > full.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return full.lowerBound..<end
    }
}
