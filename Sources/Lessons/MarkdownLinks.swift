// SPDX-License-Identifier: Apache-2.0
//
// Source: CommonMark 0.31, sections 6.3 "Links" and 6.4 "Images": inline links only, outside of code.

/// Finds the inline links and images of a Markdown text, for the lint.
enum MarkdownLinks {
    /// A link's target and its line, from 1.
    struct Link { let target: String, line: Int }

    static func links(in text: String) -> [Link] {
        let fenced = LessonCodeBlock.blocks(in: text).map { $0.line...($0.closingLine ?? Int.max) }
        var links: [Link] = []
        // A carriage return with its line feed is one character.
        let isLineEnd: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd)
        var fence = fenced[...]
        for (index, line) in lines.enumerated() {
            let number = index + 1
            while let first = fence.first, first.upperBound < number { fence = fence.dropFirst() }
            if let first = fence.first, first.contains(number) { continue }
            collect(Array(line.utf8), number, &links)
        }
        return links
    }

    private static func collect(_ bytes: [UInt8], _ line: Int, _ links: inout [Link]) {
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x5C: index += 1
            case 0x60:
                // A code span ends at the next run of as many backticks; without one the backticks are text.
                let length = bytes[index...].prefix { $0 == 0x60 }.count
                index = (codeSpanEnd(bytes, from: index + length, length: length) ?? (index + length)) - 1
            case 0x5D where index + 1 < bytes.count && bytes[index + 1] == 0x28:
                let isQuoted = index + 2 < bytes.count && bytes[index + 2] == 0x3C
                let start = index + (isQuoted ? 3 : 2)
                var end = start
                var depth = 0
                while end < bytes.count {
                    let byte = bytes[end]
                    if isQuoted ? byte == 0x3E : (byte == 0x20 || (byte == 0x29 && depth == 0)) { break }
                    if byte == 0x28 { depth += 1 }
                    if byte == 0x29 { depth -= 1 }
                    end += 1
                }
                if end < bytes.count {
                    links.append(Link(target: String(decoding: bytes[start..<end], as: UTF8.self), line: line))
                }
                index = end
            default: break
            }
            index += 1
        }
    }

    private static func codeSpanEnd(_ bytes: [UInt8], from start: Int, length: Int) -> Int? {
        var index = start
        while index < bytes.count {
            let run = bytes[index...].prefix { $0 == 0x60 }.count
            if run == length { return index + run }
            index += max(1, run)
        }
        return nil
    }
}
