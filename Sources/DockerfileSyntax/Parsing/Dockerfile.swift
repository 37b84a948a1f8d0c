// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/reference.md and frontend/dockerfile/parser, frontend version 1.26.

import Diagnostics

/// A Dockerfile as it is written: its instructions in order, each with its place, and everything that BuildKit would
/// refuse.
///
/// Reading never fails and never stops: what is wrong is in `errors`, and the rest has been read.
public struct Dockerfile: Sendable, Hashable {
    /// The text.
    public let file: SourceFile
    /// The directives at the top, in order.
    public let directives: [Directive]
    /// The escape character: a backslash, or a backtick where a directive says so.
    public let escape: Unicode.Scalar
    /// The instructions in order, those with errors too.
    public let instructions: [Instruction]
    /// Every comment line in order, directives not counted.
    public let comments: [Comment]
    /// What BuildKit refuses, in the order of the lines.
    public let errors: [SyntaxError]

    /// Reads a Dockerfile; takes any bytes.
    ///
    /// Bytes of another encoding are one error, and nothing is read of them.
    public init(parsing bytes: [UInt8]) {
        let file = SourceFile(bytes)
        if let encoding = ForeignEncoding(bytes) {
            self.file = file
            directives = []
            escape = "\\"
            instructions = []
            comments = []
            errors = [SyntaxError(encoding.problem + ": " + encoding.fix.advice, at: SourceRange(lines: 1...1))]
            return
        }
        var parser = DockerfileParser(file)
        parser.run()
        self.file = file
        directives = parser.directives
        escape = Unicode.Scalar(parser.escape)
        instructions = parser.instructions
        comments = parser.comments
        errors = parser.errors.count < 2 ? parser.errors : parser.errors.sorted { $0.range.start < $1.range.start }
    }

    /// Reads a Dockerfile.
    public init(parsing text: String) { self.init(parsing: Array(text.utf8)) }

    /// The directive of a name; nil when it is not there.
    public func directive(_ name: Directive.Name) -> Directive? { directives.first { $0.name == name } }

    /// An expander with this file's escape character.
    public var expander: WordExpander { WordExpander(escape: escape) }
}

extension String {
    /// A sentence as the end of another one.
    fileprivate var advice: String {
        prefix(1).lowercased() + (hasSuffix(".") ? dropFirst().dropLast() : dropFirst())
    }
}
