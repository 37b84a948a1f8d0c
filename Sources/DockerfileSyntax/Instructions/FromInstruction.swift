// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/parse.go, parseFrom.

/// `FROM [--platform=…] image [AS name]`.
public struct FromInstruction: Sendable, Hashable {
    /// The image or stage, before expansion.
    public let image: Token
    /// The `--platform`, before expansion.
    public let platform: String?
    /// The word between image and name, as written; nil when the stage has no name.
    public let asKeyword: Token?
    /// The stage's name as written; nil when it has none.
    public let nameToken: Token?

    /// The stage's name as it counts, in small letters.
    public var name: String? { nameToken?.text.lowercased() }

    init(_ parts: InstructionParts) throws(SyntaxError) {
        let arguments = parts.arguments
        if arguments.count == 3, arguments[1].text.lowercased() == "as" {
            guard Self.isStageName(arguments[2].text.lowercased()) else {
                throw SyntaxError(
                    "invalid name for build stage: \(arguments[2].text.quoted), name can't start with a number or contain symbols",
                    at: arguments[2].range
                )
            }
            asKeyword = arguments[1]
            nameToken = arguments[2]
        } else if arguments.count == 1 {
            asKeyword = nil
            nameToken = nil
        } else {
            throw SyntaxError("FROM requires either one or three arguments", at: parts.range)
        }
        try parts.checkFlags(.from)
        image = arguments[0]
        platform = parts.flag("platform")
    }

    /// Whether a text is a stage's name: `^[a-z][a-z0-9-_.]*$`.
    public static func isStageName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first >= 0x61, first <= 0x7A else { return false }
        return text.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "-_.".utf8.contains($0)
        }
    }
}
