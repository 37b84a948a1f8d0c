// SPDX-License-Identifier: Apache-2.0

/// One instruction in what `dockerfile parse --json` prints.
public struct InstructionDocument: Sendable, Hashable {
    /// The keyword in capitals; one that there is not, as written.
    public let keyword: String
    /// The flags in order.
    public let flags: [FlagDocument]
    /// How the arguments are written.
    public let form: Instruction.Form
    /// The arguments as written.
    public let arguments: [String]
    /// Whether the arguments are a JSON array.
    public let json: Bool
    /// The here-documents in order.
    public let heredocs: [HeredocDocument]
    /// The instruction in an `ONBUILD`; none or one.
    private let triggers: [InstructionDocument]
    /// The instruction on one line.
    public let original: String
    /// The first line, from 1.
    public let startLine: Int
    /// The last line, from 1.
    public let endLine: Int

    /// The instruction in an `ONBUILD`; nil for any other.
    public var trigger: InstructionDocument? { triggers.first }

    init(_ instruction: Instruction) {
        keyword = instruction.keyword?.rawValue ?? instruction.keywordToken.text
        flags = instruction.flags.map { FlagDocument(name: $0.name, value: $0.value) }
        form = instruction.form
        arguments = instruction.arguments.map(\.text)
        json = instruction.isJSON
        heredocs = instruction.heredocs.map { HeredocDocument($0) }
        triggers = instruction.trigger.map { [InstructionDocument($0)] } ?? []
        let start = instruction.keywordToken.offsets.lowerBound
        original = start == 0 ? instruction.original : instruction.source[start..<instruction.source.utf8.count].text
        startLine = instruction.startLine
        endLine = instruction.endLine
    }
}

extension InstructionDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case keyword, flags, form, arguments, json, heredocs, trigger, original, startLine, endLine
    }

    /// Writes the fields in the contract's order; `trigger` only where there is one.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(keyword, forKey: .keyword)
        try container.encode(flags, forKey: .flags)
        try container.encode(form, forKey: .form)
        try container.encode(arguments, forKey: .arguments)
        try container.encode(json, forKey: .json)
        try container.encode(heredocs, forKey: .heredocs)
        try container.encodeIfPresent(trigger, forKey: .trigger)
        try container.encode(original, forKey: .original)
        try container.encode(startLine, forKey: .startLine)
        try container.encode(endLine, forKey: .endLine)
    }
}

extension InstructionDocument {
    /// A flag.
    public struct FlagDocument: Sendable, Hashable, Encodable {
        /// The name without dashes.
        public let name: String
        /// The value; null when there is no `=`.
        public let value: String?

        private enum CodingKeys: String, CodingKey { case name, value }

        /// Writes both fields, a missing value as null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(value, forKey: .value)
        }
    }

    /// A here-document.
    public struct HeredocDocument: Sendable, Hashable, Encodable {
        /// The end word.
        public let name: String
        /// The lines as they stand in the file; tabs are still there when `stripTabs` is true.
        public let content: String
        /// Whether variables in it are expanded.
        public let expand: Bool
        /// Whether tabs at the start of its lines do not count.
        public let stripTabs: Bool
        /// The file descriptor.
        public let fd: Int

        init(_ heredoc: Heredoc) {
            name = heredoc.name
            content = heredoc.rawContent
            expand = heredoc.isExpanded
            stripTabs = heredoc.stripsTabs
            fd = heredoc.fileDescriptor
        }
    }
}
