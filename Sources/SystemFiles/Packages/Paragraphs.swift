// SPDX-License-Identifier: Apache-2.0

/// A text file as its paragraphs, which empty lines divide. Each is a part of the file's bytes, so that nothing is copied, and
/// the parts one after another are the file.
struct Paragraphs: Sendable, Hashable {
    /// The paragraphs, each with the empty lines behind it; the first may be empty lines only.
    private(set) var parts: [Part] = []

    struct Part: Sendable, Hashable {
        /// The bytes.
        let bytes: ArraySlice<UInt8>
        /// The line of the file as it was read where it begins, from 1.
        let firstLine: Int
        /// The line right below its last filled one.
        let endLine: Int

        /// Whether it is more than empty lines.
        var isFilled: Bool { bytes.contains { $0 != 0x0A && $0 != 0x0D } }
    }

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var (start, place, line, firstLine) = (0, 0, 0, 1)
            var endLine: Int?
            for content in ByteLines(buffer) {
                line += 1
                if content.isEmpty {
                    endLine = endLine ?? line
                } else if let end = endLine {
                    parts.append(Part(bytes: bytes[start..<place], firstLine: firstLine, endLine: end))
                    (start, firstLine, endLine) = (place, line, nil)
                }
                // The line with its end, which `ByteLines` takes off.
                place += content.count
                if place < buffer.count, buffer[place] == 0x0D { place += 1 }
                if place < buffer.count, buffer[place] == 0x0A { place += 1 }
            }
            if start < buffer.count {
                parts.append(Part(bytes: bytes[start...], firstLine: firstLine, endLine: endLine ?? line + 1))
            }
        }
    }

    var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts { result += part.bytes }
        return result
    }

    /// Adds a paragraph with an empty line behind it; what stands before it is ended by one too.
    mutating func append(_ lines: [UInt8]) {
        if let last = parts.last, let ending = last.missingEnd {
            replace(at: parts.count - 1, with: last.bytes + ending)
        }
        parts.append(Part(bytes: (lines + [0x0A])[...], firstLine: 0, endLine: 0))
    }

    /// Takes paragraphs away, each with the empty lines behind it.
    mutating func removeAll(where isGone: (Part) -> Bool) { parts.removeAll(where: isGone) }

    /// Puts other bytes in the place of a paragraph's.
    mutating func replace(at index: Int, with bytes: ArraySlice<UInt8>) {
        guard parts.indices.contains(index) else { return }
        parts[index] = Part(bytes: bytes, firstLine: parts[index].firstLine, endLine: parts[index].endLine)
    }
}

extension Paragraphs.Part {
    /// Line feeds that are missing before another paragraph may follow; nil when none are.
    fileprivate var missingEnd: [UInt8]? {
        guard bytes.last == 0x0A else { return isFilled ? [0x0A, 0x0A] : [0x0A] }
        let isApart = bytes.suffix(2).elementsEqual([0x0A, 0x0A]) || bytes.suffix(3).elementsEqual([0x0A, 0x0D, 0x0A])
        return isApart || !isFilled ? nil : [0x0A]
    }
}
