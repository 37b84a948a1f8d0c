// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DockerfileRules

@Suite("RedundantTargetPlatform")
struct RedundantTargetPlatformTests {
    static let rows: [RuleRow] = [
        RuleRow("in braces", "▶FROM --platform=${TARGETPLATFORM} a"),
        RuleRow("the builder's", "FROM --platform=$BUILDPLATFORM a"),
        RuleRow("with a fallback", "FROM --platform=${TARGETPLATFORM:-linux/amd64} a"),
        RuleRow("in small letters", "FROM --platform=$targetplatform a"),
    ]

    @Test("finds what is marked and nothing else", arguments: rows)
    func finds(row: RuleRow) { row.check(RedundantTargetPlatform.self) }
}
