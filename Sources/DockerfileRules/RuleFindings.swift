// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax

/// What one rule found in a file.
struct RuleFindings {
    /// When in the walk something was said; what is said of one place stands in this order.
    enum Moment: Int { case line, stage, instruction }

    /// A finding and what decides its place among others.
    struct Entry {
        let finding: LintFinding
        let moment: Moment
        let part: Int
    }

    /// Set by the walk.
    var moment = Moment.line
    private(set) var entries: [Entry] = []
    private let rule: LintRule
    private let control: LintControl

    init(_ rule: LintRule, _ control: LintControl) {
        self.rule = rule
        self.control = control
    }

    /// Puts a finding on the record unless the file, or the comment above the instruction, skips the rule.
    ///
    /// - Parameters:
    ///   - range: where it stands, when that is not the whole instruction.
    ///   - part: which part of the instruction it is about, where rules take turns over the parts.
    mutating func add(_ detail: String, at instruction: Instruction, range: SourceRange? = nil, part: Int = 0) {
        var control = control
        for comment in instruction.comments where comment.text.hasPrefix("check=") {
            guard let own = try? LintControl(parsing: String(comment.text.dropFirst("check=".count))) else { continue }
            control = control.adding(own)
        }
        guard control.counts(rule) else { return }
        let finding = LintFinding(rule: rule, detail: detail, range: range ?? instruction.range)
        entries.append(Entry(finding: finding, moment: moment, part: part))
    }
}
