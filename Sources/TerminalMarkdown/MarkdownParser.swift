// SPDX-License-Identifier: Apache-2.0
//
// Source: GitHub Flavored Markdown 0.29 as libcmark-gfm reads it, with tables, strikethrough, task lists and footnotes.

import CMarkGFM
import Synchronization

/// Reads Markdown with cmark-gfm and hands it on as values.
enum MarkdownParser {
    /// The most bytes that are read; what comes behind is left out, and said so.
    static let mostBytes = 1 << 20

    /// The deepest nesting of blocks and of inlines; what lies deeper is shown as text.
    static let deepest = 40

    /// Brackets make cmark-gfm look back again and again; a text with more of them is shown as it was written.
    static let mostBrackets = 10_000

    /// cmark-gfm registers its extensions once for the whole process, and changes a global table while it parses.
    private static let turn = Mutex(false)

    static func parse(_ markdown: String) -> [MarkdownBlock] {
        let (source, isCut) = MarkdownSource.prepared(markdown, mostBytes: mostBytes)
        var blocks = turn.withLock { isReady -> [MarkdownBlock] in
            if !isReady {
                cmark_gfm_core_extensions_ensure_registered()
                isReady = true
            }
            return read(source)
        }
        if isCut {
            blocks.append(
                .paragraph([.strong([.text("The text is longer than \(mostBytes) bytes; the rest is not shown.")])])
            )
        }
        return blocks
    }

    private static func read(_ source: [UInt8]) -> [MarkdownBlock] {
        if source.reduce(0, { $1 == 0x5B ? $0 + 1 : $0 }) > mostBrackets {
            let text = String(decoding: source, as: UTF8.self)
            return [.code(MarkdownBlock.CodeBlock(isFenced: false, info: "", content: text))]
        }
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8)
        else { return [] }
        defer { cmark_parser_free(parser) }
        let tables = MarkdownSource.hasModestTables(source) ? ["table"] : []
        for name in tables + ["strikethrough", "tasklist"] {
            if let found = cmark_find_syntax_extension(name) {
                cmark_parser_attach_syntax_extension(parser, found)
            }
        }
        source.withUnsafeBytes { bytes in
            if let start = bytes.bindMemory(to: CChar.self).baseAddress {
                cmark_parser_feed(parser, start, bytes.count)
            }
        }
        guard let document = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(document) }
        return children(document).compactMap { block($0, depth: 1) }
    }

    // MARK: - Nodes

    private static func children(_ node: OpaquePointer) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            found.append(child)
            next = cmark_node_next(child)
        }
        return found
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }

    private static func kind(_ node: OpaquePointer) -> String {
        // Footnotes have no type string.
        switch cmark_node_get_type(node) {
        case CMARK_NODE_FOOTNOTE_REFERENCE: return "footnote_reference"
        case CMARK_NODE_FOOTNOTE_DEFINITION: return "footnote_definition"
        default: break
        }
        return text(cmark_node_get_type_string(node))
    }

    private static func block(_ node: OpaquePointer, depth: Int) -> MarkdownBlock? {
        let kind = kind(node)
        if depth >= deepest, kind != "paragraph", kind != "code_block", kind != "heading" {
            return .paragraph([.text(flatText(node))])
        }
        switch kind {
        case "paragraph": return .paragraph(inlines(node, depth: 1))
        case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)), inlines(node, depth: 1))
        case "code_block":
            var length: Int32 = 0
            var offset: Int32 = 0
            var character: CChar = 0
            let isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
            return .code(
                MarkdownBlock.CodeBlock(
                    isFenced: isFenced,
                    info: text(cmark_node_get_fence_info(node)),
                    content: text(cmark_node_get_literal(node))
                )
            )
        case "block_quote": return .quote(children(node).compactMap { block($0, depth: depth + 1) })
        case "list": return .list(list(node, depth: depth))
        case "table": return .table(table(node))
        case "thematic_break": return .thematicBreak
        case "html_block": return .html(text(cmark_node_get_literal(node)))
        case "footnote_definition":
            return .footnote(children(node).compactMap { block($0, depth: depth + 1) })
        default: return nil
        }
    }

    private static func list(_ node: OpaquePointer, depth: Int) -> MarkdownBlock.List {
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        let items = children(node).map { item in
            let isTask = kind(item) == "tasklist"
            return MarkdownBlock.Item(
                isChecked: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(item) : nil,
                blocks: children(item).compactMap { block($0, depth: depth + 1) }
            )
        }
        return MarkdownBlock.List(
            start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
            delimiter: cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ")" : ".",
            isTight: cmark_node_get_list_tight(node) != 0,
            items: items
        )
    }

    private static func table(_ node: OpaquePointer) -> MarkdownBlock.Table {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        var alignments = Array(repeating: MarkdownBlock.Table.Alignment.left, count: columns)
        if let given = cmark_gfm_extensions_get_table_alignments(node) {
            for index in 0..<columns {
                switch given[index] {
                case UInt8(ascii: "c"): alignments[index] = .center
                case UInt8(ascii: "r"): alignments[index] = .right
                default: break
                }
            }
        }
        let rows = children(node).map { row in children(row).map { inlines($0, depth: 1) } }
        return MarkdownBlock.Table(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private static func inlines(_ node: OpaquePointer, depth: Int) -> [MarkdownInline] {
        if depth > deepest { return [.text(flatText(node))] }
        return children(node).compactMap { child in
            switch kind(child) {
            case "text": return .text(text(cmark_node_get_literal(child)))
            case "code": return .code(text(cmark_node_get_literal(child)))
            case "softbreak": return .softBreak
            case "linebreak": return .hardBreak
            case "emph": return .emphasis(inlines(child, depth: depth + 1))
            case "strong": return .strong(inlines(child, depth: depth + 1))
            case "strikethrough": return .strikethrough(inlines(child, depth: depth + 1))
            case "link": return .link(target: text(cmark_node_get_url(child)), inlines(child, depth: depth + 1))
            case "image": return .image(target: text(cmark_node_get_url(child)), inlines(child, depth: depth + 1))
            case "html_inline": return .html(text(cmark_node_get_literal(child)))
            case "footnote_reference": return .footnote(text(cmark_node_get_literal(child)))
            default: return nil
            }
        }
    }

    /// All literals below a node, found without recursion.
    private static func flatText(_ node: OpaquePointer) -> String {
        guard let iterator = cmark_iter_new(node) else { return "" }
        defer { cmark_iter_free(iterator) }
        var text = ""
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return text }
            guard event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) else { continue }
            if let literal = cmark_node_get_literal(current) {
                text += String(cString: literal)
            } else if !text.isEmpty, !text.hasSuffix(" ") {
                text += " "
            }
        }
    }
}
