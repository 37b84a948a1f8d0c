// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// What `dockerfile parse --json` prints.
///
/// Shape: `directives`, `escape`, `instructions`, `errors`; arguments as written, before expansion, continuations
/// joined.
public struct DockerfileDocument: Sendable, Hashable, Encodable {
    /// The directives' values by name.
    public let directives: [String: String]
    /// The escape character.
    public let escape: String
    /// The instructions in order.
    public let instructions: [InstructionDocument]
    /// What is wrong, in order of place.
    public let errors: [ErrorDocument]

    /// Makes the document of a Dockerfile.
    public init(_ dockerfile: Dockerfile) {
        var directives: [String: String] = [:]
        for directive in dockerfile.directives { directives[directive.name.rawValue] = directive.value }
        self.directives = directives
        escape = String(dockerfile.escape)
        instructions = dockerfile.instructions.map { InstructionDocument($0) }
        errors = dockerfile.errors.map { ErrorDocument($0) }
    }

    /// An error with its place.
    public struct ErrorDocument: Sendable, Hashable, Encodable {
        /// BuildKit's message.
        public let message: String
        /// The first line, from 1.
        public let line: Int
        /// The first column, from 1.
        public let column: Int
        /// The last line, from 1.
        public let endLine: Int

        init(_ error: SyntaxError) {
            message = error.message
            line = error.line
            column = error.range.start.column
            endLine = error.range.lastLine
        }
    }
}
