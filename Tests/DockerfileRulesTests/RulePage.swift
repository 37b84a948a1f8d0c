// SPDX-License-Identifier: Apache-2.0

import Diagnostics

@testable import DockerfileRules

/// A rule's page of the manual, made of its declaration.
struct RulePage {
    /// Where the pages are, in the checkout.
    static let folder = "docs/rules"

    let text: String

    init(_ rule: LintRule) {
        var parts = ["# \(rule.rawValue)", rule.claim + "."]
        if rule.isExperimental {
            parts.append("Only asked for by name: `# check=experimental=\(rule.rawValue)` on the first line.")
        }
        parts += ["## Why it matters", rule.reason, "## What to do", rule.fix, "## Not like this"]
        for example in rule.bad {
            parts += Self.files(example)
            parts.append(
                example.findings().filter { $0.rule == rule }
                    .map { "- line \($0.range.start.line): \($0.detail)" }.joined(separator: "\n")
            )
        }
        parts.append("## Like this")
        for example in rule.good { parts += Self.files(example) }
        // Nothing skips what is asked for by name.
        if !rule.isExperimental {
            parts.append(
                "To leave one place as it is, write `# check=skip=\(rule.rawValue)` right above the instruction; as the file's "
                    + "first line it holds for all of it."
            )
        }
        parts.append("BuildKit's own page: <\(rule.url)>.")
        text = parts.joined(separator: "\n\n") + "\n"
    }

    private static func files(_ example: LintRule.Example) -> [String] {
        var parts = ["```dockerfile\n\(example.text)\n```"]
        if let ignore = example.ignoreFile { parts.append("with this `.dockerignore`:\n\n```\n\(ignore)```") }
        return parts
    }

    /// The list of all rules, by name.
    static var index: String {
        let rows = LintRule.all.sorted { $0.rawValue < $1.rawValue }.map { rule in
            "| [\(rule.rawValue)](\(rule.rawValue).md) | \(rule.claim)\(rule.isExperimental ? " (only asked for by name)" : "") |"
        }
        let head = """
            # Rules for Dockerfiles

            What `seaworthy dockerfile lint` and `seaworthy build --check` look for. The pages are made of the rules' declarations
            in `Sources/DockerfileRules/Rules`; their examples are tests.

            | Rule | What it asks for |
            |---|---|
            """
        return head + "\n" + rows.joined(separator: "\n") + "\n"
    }
}
