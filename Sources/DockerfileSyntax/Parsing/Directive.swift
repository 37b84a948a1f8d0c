// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A parser directive at the top of a Dockerfile: `# syntax=…`, `# escape=…` or `# check=…`.
public struct Directive: Sendable, Hashable {
    /// Which one it is.
    public let name: Name
    /// What stands behind the `=`, without blanks at its ends.
    public let value: String
    /// Where it stands: the line.
    public let range: SourceRange

    /// The directives that there are.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        case syntax, escape, check
    }

    /// What the frontend uses of a `syntax` or `check` value: the part before the first blank.
    public var effectiveValue: String {
        String(value.prefix { $0 != " " })
    }
}
