// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// One instruction of a Dockerfile: everything that its lines say, before any variable is expanded.
public struct Instruction: Sendable, Hashable {
    /// Which instruction it is; nil for a keyword that there is not.
    public let keyword: Keyword?
    /// The keyword as it is written.
    public let keywordToken: Token
    /// The flags, in order.
    public let flags: [Flag]
    /// How the arguments are written.
    public let form: Form
    /// The arguments as written; what counts as one follows from the form.
    public let arguments: [Token]
    /// The here-documents, in order. Those of an `ONBUILD` belong to its trigger as well.
    public let heredocs: [Heredoc]
    /// What the instruction means; `invalid` when it has an error.
    public let content: InstructionContent
    /// The instruction on one line: continuations joined, comments and empty lines in it dropped, no here-documents.
    public let source: MappedText
    /// Where it stands: from its keyword to the end of its last line, here-documents included.
    public let range: SourceRange
    /// The comment lines directly above it.
    public let comments: [Comment]
    /// The lines inside it that hold nothing, which BuildKit warns of.
    public let emptyContinuationLines: [Int]

    /// Where in `source` everything behind keyword and flags stands, blanks at the ends not counted.
    let restOffsets: Range<Int>

    /// Everything behind the keyword and the flags, blanks at the ends not counted.
    public var rest: Token { Token(restOffsets, of: source) }
    /// The instruction on one line, as BuildKit records it.
    public var original: String { source.text }
    /// The instruction that an `ONBUILD` keeps for later; nil for any other.
    public var trigger: Instruction? {
        if case .onbuild(let onbuild) = content { onbuild.trigger } else { nil }
    }
    /// Whether the arguments are a JSON array.
    public var isJSON: Bool { form == .exec }
    /// The first line, from 1.
    public var startLine: Int { range.start.line }
    /// The last line, from 1; that of the last here-document's end word when there is one.
    public var endLine: Int { range.end.line }

    /// The value of the last flag of a name; nil when it is not there or has none.
    public func flag(_ name: String) -> String? { flags.last { $0.name == name }?.value }
}

extension Instruction {
    /// What was cut into parts, with its meaning and what stands around it.
    init(
        _ parts: InstructionParts,
        _ content: InstructionContent,
        range: SourceRange,
        comments: [Comment] = [],
        emptyContinuationLines: [Int] = []
    ) {
        self.init(
            keyword: parts.keyword,
            keywordToken: parts.keywordToken,
            flags: parts.flags,
            form: parts.form,
            arguments: parts.arguments,
            heredocs: parts.heredocs,
            content: content,
            source: parts.source,
            range: range,
            comments: comments,
            emptyContinuationLines: emptyContinuationLines,
            restOffsets: parts.restOffsets
        )
    }

    /// How arguments are written.
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// A command line for a shell: one argument, the text.
        case shell
        /// A JSON array of strings: an argument for each.
        case exec
        /// Here-documents and what stands beside them: for `RUN` one argument, for `COPY` and `ADD` the words.
        case heredoc
        /// `name=value` words.
        case keyvalue
        /// The old `name value` of `ENV` and `LABEL`: two arguments.
        case legacy
        /// Words between blanks.
        case words
        /// One text, blanks included.
        case text
        /// Another instruction.
        case onbuild
        /// Nothing that the language knows: one argument, the text.
        case unknown
    }
}
