// SPDX-License-Identifier: Apache-2.0

/// Lays blocks out on a page.
struct BlockRenderer {
    let options: RenderOptions
    private var nextCodeNumber = 1
    var links: [String] = []
    private var footnotes: [[MarkdownBlock]] = []
    /// Whether a command in a sentence goes on a line of its own rather than being broken; in a table there is no room for that.
    var keepsCodeWhole = true

    /// Containers give way when less than this is left for their content.
    static let narrowest = 10

    init(options: RenderOptions) {
        self.options = options
    }

    var signs: StyleSheet.Signs { options.style.signs }

    /// All lines of a page, with footnotes and the addresses of links at its end.
    mutating func page(_ blocks: [MarkdownBlock], width: Int? = nil) -> [StyledLine] {
        let width = width ?? options.width
        var lines = self.blocks(blocks, width: width)
        // They come in the order of their references, which cmark-gfm numbers from 1.
        for (index, note) in footnotes.enumerated() {
            if !lines.isEmpty { lines.append(StyledLine()) }
            let marker = StyledLine("[\(index + 1)] ", TextStyle(.marker))
            lines += contained(note, first: marker, rest: blanks(marker.width), width: width)
        }
        if !links.isEmpty {
            lines.append(StyledLine())
            for (index, link) in links.enumerated() {
                var wrapper = TextWrapper()
                wrapper.add("link \(index + 1): ", TextStyle(.marker))
                wrapper.add(clean(link), TextStyle(.linkTarget))
                lines += wrapper.lines(width: width)
            }
        }
        while let last = lines.last, last.isBlank { lines.removeLast() }
        return lines
    }

    /// Blocks one below the other, with a blank line between them unless they belong to a tight list.
    mutating func blocks(_ blocks: [MarkdownBlock], width: Int, isTight: Bool = false) -> [StyledLine] {
        var lines: [StyledLine] = []
        var index = 0
        while index < blocks.count {
            var part: [StyledLine]
            var isCode = false
            if case .html(let html) = blocks[index] {
                part = self.html(html, in: blocks, at: &index, width: width)
            } else {
                if case .code = blocks[index] { isCode = true }
                part = block(blocks[index], width: width)
                index += 1
            }
            while let last = part.last, last.isBlank { part.removeLast() }
            guard !part.isEmpty else { continue }
            if !lines.isEmpty, !isTight || isCode { lines.append(StyledLine()) }
            lines += part
        }
        return lines
    }

    private mutating func block(_ block: MarkdownBlock, width: Int) -> [StyledLine] {
        switch block {
        case .paragraph(let inlines): return paragraph(inlines, .plain, width: width)
        case .heading(let level, let inlines): return heading(level, inlines, width: width)
        case .code(let code): return self.code(code, width: width)
        case .quote(let blocks): return quote(blocks, width: width)
        case .list(let list): return self.list(list, width: width, depth: 0)
        case .table(let table): return self.table(table, width: width)
        case .thematicBreak: return [StyledLine(repeated(signs.rule, width), TextStyle(.rule))]
        case .html(let html): return paragraph([.text(HTMLText.text(html))], .plain, width: width)
        case .footnote(let blocks):
            footnotes.append(blocks)
            return []
        }
    }

    // MARK: - Text

    mutating func paragraph(_ inlines: [MarkdownInline], _ style: TextStyle, width: Int) -> [StyledLine] {
        var wrapper = TextWrapper()
        add(inlines, style, to: &wrapper)
        let lines = wrapper.lines(width: width)
        return lines.allSatisfy(\.isBlank) ? [] : lines
    }

    private mutating func heading(_ level: Int, _ inlines: [MarkdownInline], width: Int) -> [StyledLine] {
        let role: StyleSheet.Role = level == 1 ? .heading1 : level == 2 ? .heading2 : .heading3
        let style = TextStyle(role)
        guard level <= 2 else {
            let marker = StyledLine(String(repeating: "#", count: min(6, level)) + " ", style)
            let lines = paragraph(inlines, style, width: max(Self.narrowest, width - marker.width))
            return lines.enumerated().map { $1.prefixed(by: $0 == 0 ? marker : blanks(marker.width)) }
        }
        let lines = paragraph(inlines, style, width: width)
        guard let widest = lines.map(\.width).max() else { return [] }
        let sign = level == 1 ? signs.firstUnderline : signs.secondUnderline
        return lines + [StyledLine(repeated(sign, min(width, widest)), style)]
    }

    func clean(_ text: String) -> String {
        SafeText.clean(text, isASCII: options.style.isASCII)
    }

    func repeated(_ sign: String, _ count: Int) -> String {
        String(repeating: sign, count: max(0, count))
    }

    func blanks(_ count: Int) -> StyledLine {
        StyledLine(String(repeating: " ", count: max(0, count)))
    }

    // MARK: - Containers

    /// Blocks with something in front of the first line and something else in front of the others.
    mutating func contained(
        _ blocks: [MarkdownBlock],
        first: StyledLine,
        rest: StyledLine,
        width: Int,
        isTight: Bool = false
    ) -> [StyledLine] {
        let inner = width - max(first.width, rest.width)
        guard inner >= Self.narrowest else { return self.blocks(blocks, width: width, isTight: isTight) }
        let lines = self.blocks(blocks, width: inner, isTight: isTight)
        if lines.isEmpty { return [first] }
        return lines.enumerated().map { $1.prefixed(by: $0 == 0 ? first : rest) }
    }

    private mutating func quote(_ blocks: [MarkdownBlock], width: Int) -> [StyledLine] {
        guard let (alert, content) = Alert.parse(blocks) else {
            let bar = StyledLine(signs.quoteBar + " ", TextStyle(.bar))
            return contained(blocks, first: bar, rest: bar, width: width)
        }
        let style = TextStyle(alert.role)
        let bar = StyledLine(signs.alertBar + " ", style)
        var title = bar
        title.append(alert.word, style)
        if content.isEmpty { return [title] }
        return [title] + contained(content, first: bar, rest: bar, width: width)
    }

    private mutating func list(_ list: MarkdownBlock.List, width: Int, depth: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        for (index, item) in list.items.enumerated() {
            var marker: String
            if let start = list.start {
                let (number, overflow) = start.addingReportingOverflow(index)
                marker = "\(overflow ? start : number)\(list.delimiter)"
                // Numbers of one list end in one column.
                let last = "\(start + list.items.count - 1)\(list.delimiter)"
                marker = String(repeating: " ", count: max(0, last.count - marker.count)) + marker
            } else {
                let bullets = signs.bullets
                marker = bullets.isEmpty ? "*" : bullets[min(depth, bullets.count - 1)]
            }
            var first = StyledLine(marker + " ", TextStyle(.marker))
            if let isChecked = item.isChecked { first.append(isChecked ? "[x] " : "[ ] ", TextStyle(.marker)) }
            let isNestedDeep = width - first.width < Self.narrowest
            let inner = isNestedDeep ? width : width - first.width
            var content = itemLines(item.blocks, width: inner, isTight: list.isTight, depth: depth)
            if content.isEmpty { content = [StyledLine()] }
            if index > 0, !list.isTight { lines.append(StyledLine()) }
            let rest = blanks(first.width)
            lines += isNestedDeep ? content : content.enumerated().map { $1.prefixed(by: $0 == 0 ? first : rest) }
        }
        return lines
    }

    /// The blocks of an item; lists in it know how deep they are.
    private mutating func itemLines(
        _ blocks: [MarkdownBlock],
        width: Int,
        isTight: Bool,
        depth: Int
    ) -> [StyledLine] {
        var lines: [StyledLine] = []
        var pending: [MarkdownBlock] = []
        func separated(_ part: [StyledLine], _ lines: inout [StyledLine], isTight: Bool) {
            if !lines.isEmpty, !part.isEmpty, !isTight { lines.append(StyledLine()) }
            lines += part
        }
        for block in blocks {
            if case .list(let inner) = block {
                separated(self.blocks(pending, width: width, isTight: isTight), &lines, isTight: isTight)
                pending = []
                separated(list(inner, width: width, depth: depth + 1), &lines, isTight: isTight)
            } else {
                pending.append(block)
            }
        }
        if !pending.isEmpty {
            separated(self.blocks(pending, width: width, isTight: isTight), &lines, isTight: isTight)
        }
        return lines
    }

    // MARK: - Code

    private mutating func code(_ code: MarkdownBlock.CodeBlock, width: Int) -> [StyledLine] {
        var number: Int?
        if code.isCopyable {
            number = nextCodeNumber
            nextCodeNumber += 1
        }
        return CodeLayout(options: options).lines(code, number: number, width: width)
    }

    // MARK: - HTML

    /// An HTML block, and with `<details>` all blocks up to its end.
    private mutating func html(
        _ html: String,
        in blocks: [MarkdownBlock],
        at index: inout Int,
        width: Int
    ) -> [StyledLine] {
        index += 1
        guard let details = HTMLText.details(html) else {
            return paragraph([.text(HTMLText.text(html))], .plain, width: width)
        }
        var content: [MarkdownBlock] = []
        if !details.content.isEmpty { content.append(.paragraph([.text(details.content)])) }
        if !details.isClosed {
            var depth = 1
            while index < blocks.count {
                if case .html(let other) = blocks[index] {
                    depth += HTMLText.depthChange(other)
                    if depth <= 0 {
                        index += 1
                        break
                    }
                }
                content.append(blocks[index])
                index += 1
            }
        }
        return self.details(
            summary: details.summary,
            content,
            isOpen: options.showsDetails || details.isOpen,
            width: width
        )
    }

    private mutating func details(
        summary: String,
        _ content: [MarkdownBlock],
        isOpen: Bool,
        width: Int
    ) -> [StyledLine] {
        var wrapper = TextWrapper()
        let style = TextStyle(.details)
        wrapper.add("\(isOpen ? signs.open : signs.closed) ", style)
        wrapper.add(clean(summary.isEmpty ? "Details" : summary), style)
        guard isOpen else {
            // Hidden blocks keep their numbers, so that opening them changes none of the others.
            nextCodeNumber += Self.codeBlocks(in: content).filter(\.isCopyable).count
            wrapper.add(" (closed)", style)
            return wrapper.lines(width: width)
        }
        var lines = wrapper.lines(width: width)
        lines.append(StyledLine())
        return lines + contained(content, first: blanks(2), rest: blanks(2), width: width)
    }

    /// All code blocks, in order.
    static func codeBlocks(in blocks: [MarkdownBlock]) -> [MarkdownBlock.CodeBlock] {
        blocks.flatMap { block -> [MarkdownBlock.CodeBlock] in
            switch block {
            case .code(let code): [code]
            case .quote(let inner), .footnote(let inner): codeBlocks(in: inner)
            case .list(let list): list.items.flatMap { codeBlocks(in: $0.blocks) }
            case .paragraph, .heading, .table, .thematicBreak, .html: []
            }
        }
    }
}
