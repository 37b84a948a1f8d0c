// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A here-document of a `RUN`, `COPY` or `ADD`.
public struct Heredoc: Sendable, Hashable {
    /// The word that ends it, quotes removed; for `COPY` and `ADD` also the name of the file.
    public let name: String
    /// The file descriptor written before the `<<`; 0 when none is.
    public let fileDescriptor: Int
    /// Whether variables in it are expanded: no part of its name was quoted.
    public let isExpanded: Bool
    /// Whether it was written `<<-`, so that tabs at the start of its lines do not count.
    public let stripsTabs: Bool
    /// Where the `<<NAME` word stands; a place in the instruction's own lines.
    public let wordRange: SourceRange
    /// The lines as they stand in the file, line ends included, the end word's line not; it knows where each came from.
    public let rawText: MappedText
    /// The content as the builder uses it (tabs stripped for `<<-`), which knows where each line came from.
    public let content: MappedText
    /// The lines of the body and of the end word.
    public let range: SourceRange

    /// Where the end word stands.
    public let endWordPosition: SourcePosition

    /// The lines as they stand in the file, line ends included, the end word's line not.
    public var rawContent: String { rawText.text }
    /// The first line of the body, from 1.
    public var firstLine: Int { range.start.line }
}
