// SPDX-License-Identifier: Apache-2.0
//
// Source: CommonMark 0.31, "Fenced code blocks"; the words behind the language are those of Docker Labspaces
// (dockersamples/labspace-infra, docs/markdown-options.md).

/// A fenced code block of a step's text, with its exact bytes.
public struct LessonCodeBlock: Sendable, Hashable {
    /// The number that `copy N` and `save N` know it by, from 1; nil for a block that is not meant to be copied.
    public let number: Int?
    /// The language, such as `bash`; empty when none is given.
    public let language: String
    /// The words behind the language, such as `no-copy-button` or `save-as=Dockerfile`.
    public let words: [String]
    /// The content: every line with its line feed, the indentation of the list or quote around it taken away.
    public let content: String
    /// The line of the opening fence, from 1.
    public let line: Int
    /// The line of the closing fence, from 1; nil when the block is never closed.
    public let closingLine: Int?

    /// A block without a number cannot be copied; one without a closing line is not closed.
    public init(number: Int?, language: String, words: [String], content: String, line: Int, closingLine: Int?) {
        self.number = number
        self.language = language
        self.words = words
        self.content = content
        self.line = line
        self.closingLine = closingLine
    }

    /// Whether it is meant to be copied: every fence is, unless it says `no-copy-button`.
    public var isCopyable: Bool { !words.contains("no-copy-button") }

    /// Whether it is meant to be run: a shell block that does not say `no-run-button`.
    public var isRunnable: Bool {
        ["bash", "sh", "console"].contains(language) && !words.contains("no-run-button")
    }

    /// The file that the block is meant to be saved as, relative to the workspace; nil when none is named.
    public var saveAs: String? { value(of: "save-as") }

    /// Where in a file of the workspace the block belongs, when it is only a part of it; nil when it names none.
    public var placement: Placement? {
        guard let file = value(of: "insert-in") else { return nil }
        if let keyword = value(of: "before") { return Placement(file: file, anchor: .before(keyword)) }
        if let keyword = value(of: "after") { return Placement(file: file, anchor: .after(keyword)) }
        if let keyword = value(of: "replacing") { return Placement(file: file, anchor: .replacing(keyword)) }
        return nil
    }

    /// The file that the block is meant for, whole or as a part of it.
    public var file: String? { saveAs ?? placement?.file }

    /// The value of a word such as `save-as=Dockerfile`; nil when it is missing or empty.
    public func value(of word: String) -> String? {
        let prefix = word + "="
        guard let found = words.first(where: { $0.hasPrefix(prefix) }) else { return nil }
        let value = String(found.dropFirst(prefix.count))
        return value.isEmpty ? nil : value
    }

    /// Where in a Dockerfile a few lines belong.
    public struct Placement: Sendable, Hashable {
        /// The file, relative to the workspace.
        public let file: String
        /// The instruction that says where.
        public let anchor: Anchor

        /// Makes a placement from its parts.
        public init(file: String, anchor: Anchor) {
            self.file = file
            self.anchor = anchor
        }

        /// An instruction of the last stage, by its keyword: the first of that name to stand before or to replace, the last one to
        /// stand behind.
        public enum Anchor: Sendable, Hashable {
            case before(String)
            case after(String)
            case replacing(String)
        }
    }

    /// All fenced code blocks of a Markdown text, in order.
    ///
    /// Tabs, lists, quotes and HTML blocks are taken into account as CommonMark says; indented code is not a fenced block.
    public static func blocks(in markdown: String) -> [LessonCodeBlock] {
        var scanner = FenceScanner()
        return scanner.scan(markdown)
    }
}
