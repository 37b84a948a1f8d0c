// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A place where a Dockerfile breaks a rule.
public struct LintFinding: Sendable, Hashable {
    /// The rule.
    public let rule: LintRule
    /// What is wrong there, in BuildKit's words.
    public let detail: String
    /// Where it stands.
    public let range: SourceRange
}
