// SPDX-License-Identifier: Apache-2.0
//
// Source: moby/patternmatcher (patternmatcher.go, ignorefile/ignorefile.go); Docker documentation, build context.

import Diagnostics

/// A `.dockerignore`: which files of the context are left out of a build.
///
/// The last pattern that matches a path, or a folder above it, decides.
public struct IgnoreFile: Sendable, Hashable {
    /// The patterns in order, cleaned, `!` in front of those that let files back in.
    public let patterns: [IgnorePattern]

    /// Why an ignore file cannot be used.
    public struct ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The message of the pattern matcher.
        public let description: String
        /// The line of the file, or the number of the pattern, from 1.
        public let line: Int
        /// The pattern.
        public let pattern: String
    }

    /// Reads the bytes of an ignore file.
    public init(parsing bytes: [UInt8]) throws(ValidationError) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var patterns: [IgnorePattern] = []
        let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.first != UInt8(ascii: "#") {
            if let pattern = try Self.pattern(String(decoding: line, as: UTF8.self), line: index + 1) {
                patterns.append(pattern)
            }
        }
        self.patterns = patterns
    }

    /// Reads the ignore file of a build context.
    ///
    /// - Parameter name: its name in the context, for the error.
    /// - Throws: a `Failure` (`malformedInput`) with the line.
    public init(parsing bytes: [UInt8], named name: String) throws {
        do throws(ValidationError) {
            try self.init(parsing: bytes)
        } catch {
            throw Failure(
                .malformedInput,
                "the ignore file cannot be read",
                at: .file(name, line: error.line),
                why: error.description,
                fix: "mend the pattern \(error.pattern)"
            )
        }
    }

    /// Takes patterns one by one; `#` means nothing in them.
    public init(patterns texts: [String]) throws(ValidationError) {
        var patterns: [IgnorePattern] = []
        for (index, text) in texts.enumerated() {
            if let pattern = try Self.pattern(text, line: index + 1) { patterns.append(pattern) }
        }
        self.patterns = patterns
    }

    private static func pattern(_ line: String, line number: Int) throws(ValidationError) -> IgnorePattern? {
        var text = trimmed(line)
        guard !text.isEmpty else { return nil }
        let isNegated = text.hasPrefix("!")
        if isNegated { text = trimmed(String(text.dropFirst())) }
        guard !text.isEmpty else {
            throw ValidationError(description: "illegal exclusion pattern: \"!\"", line: number, pattern: line)
        }
        var path = IgnorePattern.cleaned(text)
        if path.utf8.count > 1, path.hasPrefix("/") { path = String(path.dropFirst()) }
        // The context's own root cannot be left out.
        if path == "." { return nil }
        guard let pattern = IgnorePattern(path: path, isNegated: isNegated) else {
            throw ValidationError(description: "syntax error in pattern", line: number, pattern: line)
        }
        return pattern
    }

    private static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let range = Bytes.trimmed(bytes, 0..<bytes.count)
        return range.count == bytes.count ? text : String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether some pattern lets files back in.
    public var hasNegations: Bool { patterns.contains(where: \.isNegated) }

    /// Whether a path of the context is left out.
    ///
    /// - Parameter path: relative to the context's root, with slashes; it is cleaned first.
    public func matches(_ path: String) -> Bool { decidingPattern(for: path).map { !$0.isNegated } ?? false }

    /// The pattern that decides about a path: the last one that matched and changed the answer; nil when none did.
    public func decidingPattern(for path: String) -> IgnorePattern? {
        var path = IgnorePattern.cleaned(path)
        while path.hasPrefix("/"), path.utf8.count > 1 { path = String(path.dropFirst()) }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var parents: [String] = []
        if segments.count > 1 {
            var parent = ""
            for segment in segments.dropLast() {
                parent += (parents.isEmpty ? "" : "/") + segment
                parents.append(parent)
            }
        }
        var deciding: IgnorePattern?
        var isMatched = false
        for pattern in patterns where pattern.isNegated == isMatched {
            if pattern.matches(path) || parents.contains(where: pattern.matches) {
                isMatched = !pattern.isNegated
                deciding = pattern
            }
        }
        return deciding
    }
}
