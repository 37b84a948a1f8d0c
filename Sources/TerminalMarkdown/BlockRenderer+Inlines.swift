// SPDX-License-Identifier: Apache-2.0

/// Inlines: emphasis, code, links, pictures.
extension BlockRenderer {
    mutating func add(_ inlines: [MarkdownInline], _ style: TextStyle, to wrapper: inout TextWrapper) {
        for inline in inlines {
            switch inline {
            case .text(let text): wrapper.add(clean(text).replacing("\n", with: " "), style)
            case .code(let text):
                // The backticks stay, so that code is told from prose without colours, too.
                wrapper.add(
                    "`" + clean(text).replacing("\n", with: " ") + "`",
                    style.adding(.code),
                    isCode: keepsCodeWhole
                )
            case .softBreak: wrapper.add(" ", style)
            case .hardBreak: wrapper.add("\n", style)
            case .emphasis(let inner): add(inner, style.adding(.emphasis), to: &wrapper)
            case .strong(let inner): add(inner, style.adding(.strong), to: &wrapper)
            case .strikethrough(let inner):
                wrapper.add("~", style.adding(.strikethrough))
                add(inner, style.adding(.strikethrough), to: &wrapper)
                wrapper.add("~", style.adding(.strikethrough))
            case .link(let target, let inner): addLink(target, inner, style, to: &wrapper)
            case .image(let target, let inner):
                let text = MarkdownInline.plainText(inner)
                let words = text.isEmpty ? "[image: \(target)]" : "[image: \(text) (\(target))]"
                wrapper.add(clean(words), style.adding(.image))
            case .html(let tag):
                if HTMLText.isLineBreak(tag) { wrapper.add("\n", style) }
            case .footnote(let label): wrapper.add("[\(clean(label))]", style.adding(.marker))
            }
        }
    }

    private mutating func addLink(
        _ target: String,
        _ inner: [MarkdownInline],
        _ style: TextStyle,
        to wrapper: inout TextWrapper
    ) {
        var linked = style.adding(.link)
        let text = MarkdownInline.plainText(inner)
        if options.hyperlinks, !target.isEmpty {
            linked.link = SafeText.address(target)
            add(text.isEmpty ? [.text(target)] : inner, linked, to: &wrapper)
            return
        }
        add(text.isEmpty ? [.text(target)] : inner, linked, to: &wrapper)
        guard !target.isEmpty, !text.isEmpty, text != target, target != "mailto:" + text else { return }
        let number: Int
        if let known = links.firstIndex(of: target) {
            number = known + 1
        } else {
            links.append(target)
            number = links.count
        }
        wrapper.add(" (link \(number))", style.adding(.marker))
    }
}
