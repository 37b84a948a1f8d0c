// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/instructions/parse.go, parseCopy and parseAdd.

public import Diagnostics

/// A `COPY` or an `ADD`.
public struct CopyInstruction: Sendable, Hashable {
    /// The paths, URLs or here-documents to copy, before expansion, in order.
    public let sources: [Source]
    /// Where to, before expansion.
    public let destination: Token
    /// `--from`: a stage's name or number, an image or a named context; nil for the build context.
    public let from: String?
    /// `--chown`, before expansion.
    public let chown: String?
    /// `--chmod`, before expansion.
    public let chmod: String?
    /// `--link`.
    public let isLinked: Bool
    /// `--parents`.
    public let keepsParents: Bool
    /// `--exclude`, before expansion, in order.
    public let excludes: [String]
    /// `--checksum` of `ADD`, before expansion.
    public let checksum: String?
    /// `--unpack` of `ADD`; nil for the default: local archives are unpacked, remote ones are not.
    public let unpacks: Bool?
    /// `--keep-git-dir` of `ADD`.
    public let keepsGitFolder: Bool
    /// Where `--from` stands; nil when it is not there.
    public let fromRange: SourceRange?

    /// What to copy.
    public enum Source: Sendable, Hashable {
        /// A path in the context or stage, or for `ADD` also a URL.
        case path(Token)
        /// A file written in the Dockerfile.
        case heredoc(Heredoc)
    }

    /// The sources that are paths or URLs.
    public var paths: [Token] {
        sources.compactMap { if case .path(let token) = $0 { token } else { nil } }
    }

    init(_ parts: InstructionParts, _ keyword: Keyword) throws(SyntaxError) {
        guard let destination = parts.arguments.last, parts.arguments.count > 1 else {
            throw SyntaxError(
                "\(keyword.rawValue) requires at least two arguments, but only one was provided. "
                    + "Destination could not be determined",
                at: parts.range
            )
        }
        try parts.checkFlags(keyword)
        if Self.mayBeHeredoc(destination.text), HeredocWord(destination.text) != nil {
            throw SyntaxError("\(keyword.rawValue) cannot accept a heredoc as a destination", at: destination.range)
        }
        var byName: [String: Heredoc] = [:]
        for heredoc in parts.heredocs { byName[heredoc.name] = heredoc }
        sources = parts.arguments.dropLast().map { token in
            guard parts.form != .exec, Self.mayBeHeredoc(token.text), let word = HeredocWord(token.text),
                let heredoc = byName[word.name]
            else { return .path(token) }
            return .heredoc(heredoc)
        }
        self.destination = destination
        from = parts.flag("from")
        fromRange = parts.flags.last { $0.name == "from" }?.range
        if let from, let fromRange, Self.hasVariable(from) { throw SyntaxError(Self.noVariable, at: fromRange) }
        chown = parts.flag("chown")
        chmod = parts.flag("chmod")
        isLinked = parts.boolean("link") ?? false
        keepsParents = parts.boolean("parents") ?? false
        excludes = parts.flags.filter { $0.name == "exclude" }.compactMap(\.value)
        checksum = parts.flag("checksum")
        unpacks = parts.boolean("unpack")
        keepsGitFolder = parts.boolean("keep-git-dir") ?? false
        if keyword == .copy, from == nil {
            for case .path(let token) in sources where Self.isRemote(token.text) {
                throw SyntaxError("source can't be a URL for COPY", at: token.range)
            }
        }
    }

    static let noVariable =
        "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope "
        + "as a workaround"

    /// Whether a `$` with something behind it is in a text.
    static func hasVariable(_ text: String) -> Bool {
        guard let dollar = text.utf8.firstIndex(of: UInt8(ascii: "$")) else { return false }
        return text.utf8.index(after: dollar) != text.utf8.endIndex
    }

    private static func mayBeHeredoc(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "<")) }

    /// Whether a source is an HTTP or Git address.
    public static func isRemote(_ text: String) -> Bool {
        ["http://", "https://", "git://", "ssh://", "git@"].contains { text.hasPrefix($0) }
    }
}
