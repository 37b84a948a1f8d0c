// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import DockerfileSyntax

extension Finding {
    /// A finding at a place in a file.
    public init(rule: String, severity: Severity = .error, message: String, at place: Place, fix: String? = nil) {
        self.init(
            rule: rule,
            severity: severity,
            message: message,
            file: place.file,
            range: place.position.map { SourceRange(start: $0, end: $0) },
            fix: fix
        )
    }

    /// Where it stands; nil when it is about no file.
    public var place: Place? { file.map { .file($0, range?.start) } }

    /// What is said of a key that nobody reads: the nearest one that somebody does, else all of them.
    ///
    /// - Parameter what: what the key stands in, such as `a step`.
    public static func unknownKey(_ key: String, of what: String, known: [String], at place: Place) -> Finding {
        let all = known.map { "`\($0)`" }.joined(separator: ", ")
        let near =
            known.first { $0.lowercased() == key.lowercased() }
            ?? Suggestion.nearest(to: key, among: known, caseSensitive: false)
        return Finding(
            rule: "UnknownKey",
            message: "`\(key)` is no key of \(what).",
            at: place,
            fix: near.map { "Write `\($0)`." } ?? "Take it out, or use one of \(all)."
        )
    }
}
