// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import ImagePolicies

@Suite("Patterns of image references")
struct ReferencePatternTests {
    @Test(
        "Patterns stand for sources",
        arguments: [
            ("*", "node:lts-slim", true), ("docker.io/library/*", "node:lts-slim", true),
            ("docker.io/library/*", "acme/base:1", false),
            ("docker.io/acme/*", "acme/base:1", true), ("docker.io/library/node:*-slim", "node:lts-slim", true),
            ("docker.io/library/node:*-slim", "node:24", false),
            ("docker.io/library/node:*-slim", "node:24-slim-x", false),
            ("node:*", "node:24", false), ("registry.example.com/*", "registry.example.com/a/b:1", true),
            ("*:latest", "node", true),
            ("docker.io/*/node:*", "node:24", true), ("", "node", false), ("**", "node", true),
        ]
    )
    func patterns(pattern: String, reference: String, expected: Bool) throws {
        #expect(ReferencePattern(pattern).matches(try ImageReference(parsing: reference)) == expected)
    }

    @Test("A hostile pattern takes no time")
    func hostilePattern() {
        let pattern = ReferencePattern(String(repeating: "*a", count: 500) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }
}
