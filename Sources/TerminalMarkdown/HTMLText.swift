// SPDX-License-Identifier: Apache-2.0

/// What little of HTML a lesson's text uses: `<details>` with a `<summary>`, line breaks, and text between tags.
enum HTMLText {
    struct Details {
        let summary: String
        /// Text that stands in the same block behind the summary.
        let content: String
        /// Whether the block holds its own end.
        let isClosed: Bool
        /// Whether the author wants it open.
        let isOpen: Bool
    }

    /// The beginning of `<details>`; nil when the block begins with something else.
    static func details(_ html: String) -> Details? {
        let start = html.drop { $0.isWhitespace }
        guard start.lowercased().hasPrefix("<details"), let end = start.firstIndex(of: ">") else { return nil }
        let tag = start[..<end].lowercased()
        guard let behind = tag.dropFirst(8).first.map({ $0.isWhitespace }) ?? Optional(true), behind else { return nil }
        var rest = String(start[start.index(after: end)...])
        var summary = ""
        let lower = rest.lowercased()
        if lower.utf8.count == rest.utf8.count, let opening = lower.firstRange(of: "<summary>"),
            let closing = lower.firstRange(of: "</summary>"), opening.upperBound <= closing.lowerBound
        {
            let from = lower.utf8.distance(from: lower.startIndex, to: opening.upperBound)
            let to = lower.utf8.distance(from: lower.startIndex, to: closing.lowerBound)
            let after = lower.utf8.distance(from: lower.startIndex, to: closing.upperBound)
            let bytes = Array(rest.utf8)
            summary = text(String(decoding: bytes[from..<to], as: UTF8.self))
            rest = String(decoding: bytes[after...], as: UTF8.self)
        }
        let isClosed = depthChange(html) <= 0
        return Details(
            summary: summary,
            content: text(rest),
            isClosed: isClosed,
            isOpen: tag.split(whereSeparator: { $0.isWhitespace }).dropFirst().contains { $0.hasPrefix("open") }
        )
    }

    /// How many `<details>` a block opens, less those that it closes.
    static func depthChange(_ html: String) -> Int {
        let lower = html.lowercased()
        return lower.ranges(of: "<details").count - lower.ranges(of: "</details").count
    }

    static func isLineBreak(_ tag: String) -> Bool {
        let lower = tag.lowercased()
        return lower.hasPrefix("<br") && (lower.dropFirst(3).first.map { $0 == ">" || $0 == "/" || $0 == " " } ?? false)
    }

    /// The text outside of tags and comments, its white space drawn together.
    static func text(_ html: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(html.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
                // Only the first missing end is searched to the last byte, for then the text is over.
                guard let end = bytes[index...].firstRange(of: [0x2D, 0x2D, 0x3E]) else { break }
                index = end.upperBound
            } else if bytes[index] == 0x3C, let end = bytes[index...].firstIndex(of: 0x3E) {
                result.append(0x20)
                index = end + 1
            } else if bytes[index] == 0x3C {
                result += bytes[index...]
                break
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        let text = String(decoding: result, as: UTF8.self)
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
        return text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    }
}
