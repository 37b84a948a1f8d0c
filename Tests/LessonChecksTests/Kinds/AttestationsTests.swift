// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("attestations")
struct AttestationsTests {
    static let rows = [
        CheckRow(
            "FROM node:lts-slim\n",
            .passed,
            "An SBOM and provenance in max mode would be attached. This is predicted"
        ),
        CheckRow("FROM node:lts-slim\nCOPY none /\n", .failed, "The image does not build: line 2"),
        CheckRow("FROM node:lts-slim\nFOO\n", .failed, "There is no image to judge"),
        CheckRow(
            "FROM node:lts-slim\n",
            .passed,
            "An SBOM and provenance would be attached.",
            ["sbom": .boolean(true), "provenance": .string("min")]
        ),
        CheckRow(
            "FROM node:lts-slim\n",
            .passed,
            "Provenance in max mode would be attached.",
            ["sbom": .boolean(false)]
        ),
        CheckRow("FROM node:lts-slim\n", .passed, "An SBOM would be attached.", ["provenance": .string("none")]),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "attestations") }
}
