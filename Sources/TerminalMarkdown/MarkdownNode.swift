// SPDX-License-Identifier: Apache-2.0

/// A block of a Markdown text.
indirect enum MarkdownBlock: Sendable, Hashable {
    case paragraph([MarkdownInline])
    case heading(level: Int, [MarkdownInline])
    case code(CodeBlock)
    case quote([MarkdownBlock])
    case list(List)
    case table(Table)
    case thematicBreak
    case html(String)
    case footnote([MarkdownBlock])

    struct CodeBlock: Sendable, Hashable {
        let isFenced: Bool
        let info: String
        let content: String

        /// The words of the info string, the language first.
        var words: [String] { info.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init) }
        var language: String { words.first ?? "" }
        var isCopyable: Bool { isFenced && !words.dropFirst().contains("no-copy-button") }
        /// The file that the block is meant for, whole or as a part of it.
        var file: String? { value(of: "save-as=") ?? value(of: "insert-in=") }

        private func value(of word: String) -> String? {
            words.dropFirst().first { $0.hasPrefix(word) && $0.count > word.count }.map {
                String($0.dropFirst(word.count))
            }
        }
    }

    struct List: Sendable, Hashable {
        /// The first number; nil for a list without numbers.
        let start: Int?
        let delimiter: String
        let isTight: Bool
        let items: [Item]
    }

    struct Item: Sendable, Hashable {
        /// Whether the box is ticked; nil when there is no box.
        let isChecked: Bool?
        let blocks: [MarkdownBlock]
    }

    struct Table: Sendable, Hashable {
        enum Alignment: Sendable, Hashable { case left, center, right }

        let alignments: [Alignment]
        let header: [[MarkdownInline]]
        let rows: [[[MarkdownInline]]]
    }
}

/// A piece of a line of Markdown.
indirect enum MarkdownInline: Sendable, Hashable {
    case text(String)
    case code(String)
    case softBreak
    case hardBreak
    case emphasis([MarkdownInline])
    case strong([MarkdownInline])
    case strikethrough([MarkdownInline])
    case link(target: String, [MarkdownInline])
    case image(target: String, [MarkdownInline])
    case html(String)
    case footnote(String)

    /// The bare text, as a heading or a picture's description would say it.
    static func plainText(_ inlines: [MarkdownInline]) -> String {
        inlines.reduce(into: "") { text, inline in
            switch inline {
            case .text(let value), .code(let value): text += value
            case .softBreak, .hardBreak: text += " "
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(_, let inner),
                .image(_, let inner):
                text += plainText(inner)
            case .html: break
            case .footnote(let label): text += "[\(label)]"
            }
        }
    }
}
