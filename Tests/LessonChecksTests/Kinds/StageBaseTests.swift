// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("stage-base")
struct StageBaseTests {
    static let rows = [
        CheckRow(
            "FROM docker/dhi-node:99-dev AS b\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .unknown,
            "catalog"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS b\nRUN npm ci\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .passed,
            "Stage b starts from"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS b\nRUN cd /;npm ci\nFROM scratch\nCOPY --from=0 /x /y\n",
            .passed,
            "a build variant"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime) AS b\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .failed,
            "the runtime variant"
        ),
        CheckRow(
            "FROM node:lts-slim AS b\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .failed,
            "no Docker Hardened Image"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS b\nFROM \(CheckFixture.runtime)\n",
            .failed,
            "Nothing of stage b gets into the image"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\nFROM \(CheckFixture.runtime)-dev AS b\nRUN npm ci\n",
            .failed,
            "The last stage makes the image, and that is stage b"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS b\nRUN mkdir /node_modules\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=b /node_modules /node_modules\n",
            .failed,
            "No stage that the image is made from installs the packages"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS b\nRUN echo npm ci && mkdir /x\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .failed,
            "No stage that the image is made from installs the packages"
        ),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "one stage only"),
        CheckRow(
            "FROM scratch AS b\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x /y\n",
            .failed,
            "starts from nothing"
        ),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "stage-base") }

    static let mendable = [
        "FROM \(CheckFixture.runtime) AS b\nWORKDIR /a\nCOPY package*.json ./\nRUN npm ci\nFROM \(CheckFixture.runtime)\nCOPY --from=b /a /y\n",
        "FROM node:lts-slim AS b\r\nWORKDIR /a\r\nCOPY package*.json ./\r\nRUN npm ci\r\nFROM \(CheckFixture.runtime)\r\nCOPY --from=b /a /y\r\n",
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("stage-base", Self.mendable[index]) }
}
