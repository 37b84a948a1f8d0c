// SPDX-License-Identifier: Apache-2.0
//
// Source: CommonMark 0.31, chapters 4 "Leaf blocks" and 5 "Container blocks": as much of the block structure as decides
// where a fence begins, where it ends, and which indentation is not part of its content.

/// Finds the fenced code blocks of a Markdown text in one pass over its bytes.
struct FenceScanner {
    private enum Container {
        case quote
        case item(contentIndent: Int)
    }

    private struct Fence {
        let character: UInt8
        let length: Int
        let indent: Int
        let info: String
        let line: Int
        var content: [UInt8] = []
    }

    private enum HTMLEnd {
        case blankLine
        case text([[UInt8]])
    }

    /// Nesting beyond this is taken as text, as no lesson needs it and every line pays for it.
    private static let deepest = 64

    private var containers: [Container] = []
    private var fence: Fence?
    private var html: HTMLEnd?
    private var isInParagraph = false
    private var blocks: [LessonCodeBlock] = []
    private var nextNumber = 1

    mutating func scan(_ markdown: String) -> [LessonCodeBlock] {
        let bytes = Array(markdown.utf8)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            take(line: LineCursor(bytes: bytes, position: start, end: end), number: line)
            if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
            start = end + 1
            line += 1
        }
        if let fence { finish(fence, closingLine: nil) }
        return blocks
    }

    private mutating func take(line start: LineCursor, number: Int) {
        var cursor = start
        let matched = matchContainers(&cursor)
        if matched == containers.count {
            if var open = fence {
                if isClosing(cursor, open) {
                    finish(open, closingLine: number)
                } else {
                    cursor.skipColumns(upTo: open.indent)
                    open.content.append(contentsOf: cursor.rest)
                    open.content.append(0x0A)
                    fence = open
                }
                return
            }
            if let end = html {
                if endsHTML(cursor, end) { html = nil }
                if case .blankLine = end, html == nil {} else { return }
            }
        } else if let open = fence {
            finish(open, closingLine: nil)
        } else if html != nil {
            html = nil
        }
        openBlocks(&cursor, matched: matched, number: number)
    }

    /// Goes through the open containers as far as the line continues them; gives their count.
    private func matchContainers(_ cursor: inout LineCursor) -> Int {
        var count = 0
        for container in containers {
            switch container {
            case .quote:
                guard cursor.indent <= 3, cursor.firstVisible == 0x3E else { return count }
                cursor.skipQuoteMark()
            case .item(let contentIndent):
                if cursor.isBlank {
                    cursor.skipColumns(upTo: contentIndent)
                } else if cursor.indent >= contentIndent {
                    cursor.skipColumns(upTo: contentIndent)
                } else {
                    return count
                }
            }
            count += 1
        }
        return count
    }

    private mutating func openBlocks(_ cursor: inout LineCursor, matched: Int, number: Int) {
        var depth = matched
        var hasOpened = false
        /// Containers that the line does not continue are closed once it is clear that the line is no lazy continuation.
        func isParagraphOpen(_ scanner: FenceScanner) -> Bool { scanner.isInParagraph && !hasOpened }
        while true {
            if cursor.isBlank {
                if depth < containers.count, !containers[depth...].allSatisfy(Self.survivesBlank) {
                    containers.removeSubrange(depth...)
                }
                isInParagraph = false
                return
            }
            let paragraph = isParagraphOpen(self)
            if cursor.indent >= 4 {
                // Indented code cannot interrupt a paragraph; either way, no fence begins here.
                if !paragraph {
                    containers.removeSubrange(depth...)
                    isInParagraph = false
                }
                return
            }
            let first = cursor.firstVisible
            if first == 0x3E, depth < Self.deepest {
                containers.removeSubrange(depth...)
                cursor.skipQuoteMark()
                containers.append(.quote)
            } else if let opened = openingFence(cursor, number: number) {
                containers.removeSubrange(depth...)
                fence = opened
                isInParagraph = false
                return
            } else if let end = htmlStart(cursor, canInterrupt: paragraph) {
                containers.removeSubrange(depth...)
                isInParagraph = false
                html = endsHTML(cursor, end) ? nil : end
                return
            } else if isHeading(cursor) || isThematicBreak(cursor) {
                containers.removeSubrange(depth...)
                isInParagraph = false
                return
            } else if depth < Self.deepest,
                let indent = listItemIndent(&cursor, interruptsParagraph: paragraph && depth == containers.count)
            {
                containers.removeSubrange(depth...)
                containers.append(.item(contentIndent: indent))
            } else {
                if !paragraph { containers.removeSubrange(depth...) }
                isInParagraph = true
                return
            }
            hasOpened = true
            isInParagraph = false
            depth = containers.count
        }
    }

    private static func survivesBlank(_ container: Container) -> Bool {
        if case .item = container { return true }
        return false
    }

    private mutating func finish(_ fence: Fence, closingLine: Int?) {
        let words = fence.info.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        let isCopyable = !words.dropFirst().contains("no-copy-button")
        blocks.append(
            LessonCodeBlock(
                number: isCopyable ? nextNumber : nil,
                language: words.first ?? "",
                words: Array(words.dropFirst()),
                content: String(decoding: fence.content, as: UTF8.self),
                line: fence.line,
                closingLine: closingLine
            )
        )
        if isCopyable { nextNumber += 1 }
        self.fence = nil
    }
}

// MARK: - What a line can begin with

extension FenceScanner {
    private func openingFence(_ cursor: LineCursor, number: Int) -> Fence? {
        let indent = cursor.indent
        let rest = cursor.visible
        guard let first = rest.first, first == 0x60 || first == 0x7E else { return nil }
        let length = rest.prefix { $0 == first }.count
        let info = rest.dropFirst(length)
        guard length >= 3, first == 0x7E || !info.contains(0x60) else { return nil }
        let text = String(decoding: info, as: UTF8.self)
        return Fence(character: first, length: length, indent: indent, info: text, line: number)
    }

    private func isClosing(_ cursor: LineCursor, _ fence: Fence) -> Bool {
        guard cursor.indent <= 3 else { return false }
        let rest = cursor.visible
        let length = rest.prefix { $0 == fence.character }.count
        return length >= fence.length && rest.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private func isHeading(_ cursor: LineCursor) -> Bool {
        let rest = cursor.visible
        let level = rest.prefix { $0 == 0x23 }.count
        guard (1...6).contains(level) else { return false }
        let behind = rest.dropFirst(level).first
        return behind == nil || behind == 0x20 || behind == 0x09
    }

    private func isThematicBreak(_ cursor: LineCursor) -> Bool {
        let rest = cursor.visible
        guard let first = rest.first, [0x2A, 0x2D, 0x5F].contains(first) else { return false }
        var count = 0
        for byte in rest {
            if byte == first {
                count += 1
            } else if byte != 0x20, byte != 0x09 {
                return false
            }
        }
        return count >= 3
    }

    /// Takes a list marker; gives the indentation of the item's content relative to the container around it.
    private func listItemIndent(_ cursor: inout LineCursor, interruptsParagraph: Bool) -> Int? {
        let before = cursor.indent
        let rest = cursor.visible
        guard let first = rest.first else { return nil }
        var width = 1
        if [0x2A, 0x2B, 0x2D].contains(first) {
            width = 1
        } else {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count), let mark = rest.dropFirst(digits.count).first,
                mark == 0x2E || mark == 0x29
            else { return nil }
            if interruptsParagraph, !digits.elementsEqual([0x31]) { return nil }
            width = digits.count + 1
        }
        let behind = rest.dropFirst(width).first
        guard behind == nil || behind == 0x20 || behind == 0x09 else { return nil }
        if interruptsParagraph, rest.dropFirst(width).allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        cursor.skipColumns(upTo: before)
        cursor.advance(bytes: width)
        // One to four blanks belong to the marker; with more, or with nothing behind it, only one does.
        let blanks = cursor.indent
        let padding = cursor.isBlank || blanks > 4 ? 1 : blanks
        cursor.skipColumns(upTo: padding)
        return before + width + padding
    }

    private static let htmlBlockNames: Set<String> = [
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
        "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "frame",
        "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li",
        "link",
        "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "section", "source",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
    ]

    private func htmlStart(_ cursor: LineCursor, canInterrupt isParagraph: Bool) -> HTMLEnd? {
        let rest = cursor.visible
        guard rest.first == 0x3C else { return nil }
        let text = Array(rest.prefix(200))
        if text.starts(with: Array("<!--".utf8)) { return .text([Array("-->".utf8)]) }
        if text.starts(with: Array("<?".utf8)) { return .text([Array("?>".utf8)]) }
        if text.starts(with: Array("<![CDATA[".utf8)) { return .text([Array("]]>".utf8)]) }
        if text.count > 2, text[1] == 0x21, isLetter(text[2]) { return .text([Array(">".utf8)]) }
        let isClosing = text.count > 1 && text[1] == 0x2F
        let nameStart = isClosing ? 2 : 1
        let nameBytes = text.dropFirst(nameStart).prefix { isLetter($0) || (0x30...0x39).contains($0) }
        let name = String(decoding: nameBytes, as: UTF8.self).lowercased()
        guard !name.isEmpty else { return nil }
        let behind = text.dropFirst(nameStart + nameBytes.count)
        let isDelimited = behind.first.map { [0x20, 0x09, 0x3E].contains($0) } ?? true
        if !isClosing, isDelimited, ["script", "pre", "style", "textarea"].contains(name) {
            return .text(["</script>", "</pre>", "</style>", "</textarea>"].map { Array($0.utf8) })
        }
        if Self.htmlBlockNames.contains(name), isDelimited || behind.starts(with: [0x2F, 0x3E]) { return .blankLine }
        if isParagraph { return nil }
        return isCompleteTagAlone(Array(rest)) ? .blankLine : nil
    }

    /// Whether a line is one whole open or closing tag and nothing else.
    private func isCompleteTagAlone(_ text: [UInt8]) -> Bool {
        var index = 1
        var quote: UInt8 = 0
        while index < text.count {
            let byte = text[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3C || byte == 0x3A || byte == 0x40 {
                // An autolink or a second tag is no tag that stands alone.
                return false
            } else if byte == 0x3E {
                return text[(index + 1)...].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            }
            index += 1
        }
        return false
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private func endsHTML(_ cursor: LineCursor, _ end: HTMLEnd) -> Bool {
        switch end {
        case .blankLine: return cursor.isBlank
        case .text(let texts):
            let line = cursor.rest.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            return texts.contains { line.firstRange(of: $0) != nil }
        }
    }
}
