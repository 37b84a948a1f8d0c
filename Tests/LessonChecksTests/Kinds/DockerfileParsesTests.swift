// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("dockerfile-parses")
struct DockerfileParsesTests {
    static let rows = [
        CheckRow("FROM node:lts-slim\n", .passed, "Dockerfile can be read: 1 instructions"),
        CheckRow("FROM node:lts-slim\nFOO\n  BAR x\n", .failed, "Dockerfile:2:1: unknown instruction: FOO"),
        CheckRow("FROM node:lts-slim\nFOO\n  BAR x\n", .failed, "Dockerfile:3:3: unknown instruction: BAR"),
        CheckRow("", .failed, "file with no instructions"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "dockerfile-parses") }
}
