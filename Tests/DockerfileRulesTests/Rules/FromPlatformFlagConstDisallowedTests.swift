// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("FromPlatformFlagConstDisallowed")
struct FromPlatformFlagConstDisallowedTests {
    static let rows: [RuleRow] = [
        RuleRow("a stage named after the system", "FROM --platform=linux/arm64 a AS for-linux"),
        RuleRow("a stage named after the variant only", "▶FROM --platform=linux/arm/v7 a AS v7"),
        RuleRow("partly a variable", "FROM --platform=linux/$A b"),
        RuleRow("empty", "FROM --platform= a"),
        RuleRow("in capitals", "FROM --platform=LINUX/ARM64 a AS arm64"),
        RuleRow("in both stages", "▶FROM --platform=linux/arm64 a\n▶FROM --platform=linux/amd64 a"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(FromPlatformFlagConstDisallowed.self) }
}
