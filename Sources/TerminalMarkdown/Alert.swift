// SPDX-License-Identifier: Apache-2.0
//
// Source: GitHub's alerts: a quote whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`.

/// A quote that wants to be noticed.
enum Alert: String, CaseIterable {
    case note, tip, important, warning, caution

    /// The word that is shown, so that nothing hangs on a colour.
    var word: String { rawValue.uppercased() }

    var role: StyleSheet.Role {
        switch self {
        case .note: .note
        case .tip: .tip
        case .important: .important
        case .warning: .warning
        case .caution: .caution
        }
    }

    /// The alert that a quote is, and what stands in it; nil when it is an ordinary quote.
    static func parse(_ blocks: [MarkdownBlock]) -> (alert: Alert, content: [MarkdownBlock])? {
        guard case .paragraph(let inlines)? = blocks.first else { return nil }
        var head = ""
        var rest = inlines[...]
        while let inline = rest.first {
            guard case .text(let text) = inline else { break }
            head += text
            rest = rest.dropFirst()
            guard head.utf8.count <= 20 else { return nil }
        }
        switch rest.first {
        case nil: break
        case .softBreak, .hardBreak: rest = rest.dropFirst()
        default: return nil
        }
        let word = head.split(separator: " ").joined(separator: " ").lowercased()
        guard word.hasPrefix("[!"), word.hasSuffix("]"),
            let alert = Alert(rawValue: String(word.dropFirst(2).dropLast()))
        else { return nil }
        let remaining = Array(blocks.dropFirst())
        return (alert, rest.isEmpty ? remaining : [.paragraph(Array(rest))] + remaining)
    }
}
