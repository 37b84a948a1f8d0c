// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("final-base")
struct FinalBaseTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "a hardened runtime image"),
        CheckRow("FROM dhi.io/node:24-alpine3.22\n", .passed, "a hardened runtime image"),
        CheckRow("FROM acme/dhi-node:24-alpine3.22\n", .passed, "a hardened runtime image"),
        CheckRow("ARG V=24-alpine3.22\nFROM docker/dhi-node:$V AS a\nFROM a\n", .passed, "runtime"),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "a build variant"),
        CheckRow("FROM docker/dhi-node:24-alpine3.222\n", .unknown, "is not in the recorded catalog"),
        CheckRow("FROM docker/dhi-node@sha256:\(String(repeating: "a", count: 64))\n", .unknown, "without a tag"),
        CheckRow("FROM docker/dhi-node:99-dev\n", .failed, "a build variant"),
        CheckRow("FROM node:lts-slim\n", .failed, "which is no Docker Hardened Image"),
        CheckRow("FROM scratch\n", .failed, "starts from nothing"),
        CheckRow("FROM Node:LTS\n", .failed, "no image reference"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "final-base") }

    static let mendable = [
        "FROM \(CheckFixture.runtime)-dev AS b\nFROM \(CheckFixture.runtime)-dev\nCOPY --from=b /x /y\n",
        "FROM \(CheckFixture.runtime)-dev AS b\nFROM node:lts-slim\nCOPY --from=b /x /y\n",
        "FROM dhi.io/node:24-alpine3.22-dev",
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("final-base", Self.mendable[index]) }
}
