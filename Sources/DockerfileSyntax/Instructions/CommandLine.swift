// SPDX-License-Identifier: Apache-2.0

/// A command of `CMD`, `ENTRYPOINT` or `HEALTHCHECK CMD`.
public enum CommandLine: Sendable, Hashable {
    /// Words that are run as they are.
    case exec([Token])
    /// A line for the shell; an empty token when nothing is written.
    case shell(Token)

    /// The words as the image's configuration has them, the shell not yet put in front.
    public var words: [String] {
        switch self {
        case .exec(let tokens): tokens.map(\.text)
        case .shell(let line): line.text.isEmpty ? [] : [line.text]
        }
    }
}
