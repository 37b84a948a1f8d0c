// SPDX-License-Identifier: Apache-2.0
//
// Source: moby/patternmatcher, patternmatcher.go.

/// One pattern of a `.dockerignore`.
///
/// Shape: `*` any characters of a segment, `?` one of them, `[…]` one of a set, `**` any number of segments, `\` takes
/// the
/// meaning from the next character.
public struct IgnorePattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern, cleaned as a path, without `!`.
    public let path: String
    /// Whether it lets files back in.
    public let isNegated: Bool
    private let matcher: IgnoreMatcher

    /// Takes a cleaned pattern; nil when its syntax is wrong.
    init?(path: String, isNegated: Bool) {
        let scalars = Array(path.unicodeScalars)
        guard Self.isWellFormed(scalars), let matcher = IgnoreMatcher(scalars) else { return nil }
        self.path = path
        self.isNegated = isNegated
        self.matcher = matcher
    }

    /// Whether a cleaned path matches; folders above it are not looked at.
    public func matches(_ path: String) -> Bool { matcher.matches(path) }

    /// The pattern as the file has it, cleaned.
    public var description: String { (isNegated ? "!" : "") + path }

    /// The rules of Go's `filepath.Match` on sets and escapes.
    private static func isWellFormed(_ pattern: [Unicode.Scalar]) -> Bool {
        var offset = 0
        func takesMember() -> Bool {
            guard offset < pattern.count, pattern[offset] != "-", pattern[offset] != "]" else { return false }
            if pattern[offset] == "\\" { offset += 1 }
            guard offset < pattern.count else { return false }
            offset += 1
            return offset < pattern.count
        }
        while offset < pattern.count {
            switch pattern[offset] {
            case "\\":
                guard offset + 1 < pattern.count else { return false }
                offset += 2
            case "[":
                offset += 1
                if offset < pattern.count, pattern[offset] == "^" { offset += 1 }
                var members = 0
                while true {
                    if offset < pattern.count, pattern[offset] == "]", members > 0 { break }
                    guard takesMember() else { return false }
                    if pattern[offset] == "-" {
                        offset += 1
                        guard takesMember() else { return false }
                    }
                    members += 1
                }
                offset += 1
            default: offset += 1
            }
        }
        return true
    }

    /// The shortest spelling of a path, as Go's `path.Clean` finds it.
    public static func cleaned(_ path: String) -> String {
        guard !path.isEmpty else { return "." }
        let isRooted = path.hasPrefix("/")
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..":
                if let last = segments.last, last != ".." {
                    segments.removeLast()
                } else if !isRooted {
                    segments.append(segment)
                }
            default: segments.append(segment)
            }
        }
        let joined = segments.joined(separator: "/")
        if isRooted { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
