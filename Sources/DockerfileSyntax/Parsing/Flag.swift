// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A `--name` or `--name=value` of an instruction.
public struct Flag: Sendable, Hashable {
    /// The name without its dashes.
    public let name: String
    /// What stands behind the `=`, quotes and escapes taken out; nil when there is no `=`.
    public let value: String?
    /// Where it stands, from its dashes to the end of its value.
    public let range: SourceRange
}
