// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Something in a Dockerfile that BuildKit refuses. Errors are collected: the rest of the file is still read.
public struct SyntaxError: Error, Sendable, Hashable {
    /// BuildKit's message, such as `unknown flag: --form (did you mean from?)`.
    public let message: String
    /// The instruction, word or line that it is about.
    public let range: SourceRange

    /// A message in BuildKit's words.
    public init(_ message: String, at range: SourceRange) {
        self.message = message
        self.range = range
    }

    /// The first line that it is about, from 1.
    public var line: Int { range.start.line }

    /// The line that BuildKit prints for it.
    public var description: String { "dockerfile parse error on line \(line): \(message)" }

    /// `file:line:column: message`, as compilers write it.
    public func located(in file: String) -> String { "\(file):\(line):\(range.start.column): \(message)" }
}

extension SyntaxError: CustomStringConvertible {}
