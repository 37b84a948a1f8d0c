// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A comment line of a Dockerfile, directives not counted.
public struct Comment: Sendable, Hashable {
    /// What stands behind the `#`, without blanks at its ends.
    public let text: String
    /// Where it stands, from the `#` to the end of the line.
    public let range: SourceRange

    /// The line, from 1.
    public var line: Int { range.start.line }
}
