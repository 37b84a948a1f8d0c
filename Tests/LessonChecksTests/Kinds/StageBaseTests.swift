// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
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

    private static let install = "WORKDIR /w\nCOPY package*.json ./\nRUN npm ci --production\n"

    /// The lines between, and which stage the packages of the image come from.
    static let makers: [(lines: String, state: CheckResult.State, message: String)] = [
        (
            "FROM node:lts-slim AS a\n\(install)FROM \(CheckFixture.runtime)-dev AS b\n\(install)"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=a /w/node_modules ./node_modules\nCOPY --from=b /w/package.json ./\n",
            .failed, "Stage a starts from node:lts-slim"
        ),
        (
            "FROM node:lts-slim AS a\n\(install)FROM \(CheckFixture.runtime)-dev AS b\nCOPY --from=a /w /w\n"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=b /w/node_modules ./node_modules\n",
            .failed, "Stage a starts from node:lts-slim"
        ),
        (
            "FROM node:lts-slim AS a\n\(install)FROM \(CheckFixture.runtime)-dev AS b\n\(install)"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=a /w/package.json ./\nCOPY --from=b /w/node_modules ./node_modules\n",
            .passed, "Stage b starts from"
        ),
        (
            "FROM node:lts-slim AS a\n\(install)FROM \(CheckFixture.runtime)-dev AS b\n"
                + "RUN --mount=type=bind,from=a,source=/w/node_modules,target=/m cp -r /m /node_modules\n"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=b /node_modules /node_modules\n",
            .failed, "Stage a starts from node:lts-slim"
        ),
        (
            "FROM \(CheckFixture.runtime)-dev AS b\n\(install)FROM b AS c\nRUN npm prune --production\n"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=c /w/node_modules ./node_modules\n",
            .passed, "-dev, a build variant"
        ),
        (
            "FROM node:lts-slim AS a\n\(install)FROM \(CheckFixture.runtime)-dev AS b\n\(install)"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=b /w/node_modules ./node_modules\n"
                + "COPY --from=a /w/node_modules/express ./node_modules/express\n",
            .failed, "Stage a starts from node:lts-slim"
        ),
    ]

    @Test("asks of the stage that the packages of the image were made in", arguments: makers.indices)
    func asksTheMaker(index: Int) throws {
        let row = Self.makers[index]
        let result = try CheckFixture.check("stage-base", row.lines, ["lock": .string("package-lock.json")])
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "stage-base") }

    static let mendable = [
        "FROM \(CheckFixture.runtime) AS b\nWORKDIR /a\nCOPY package*.json ./\nRUN npm ci\nFROM \(CheckFixture.runtime)\nCOPY --from=b /a /y\n",
        "FROM node:lts-slim AS b\r\nWORKDIR /a\r\nCOPY package*.json ./\r\nRUN npm ci\r\nFROM \(CheckFixture.runtime)\r\nCOPY --from=b /a /y\r\n",
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("stage-base", Self.mendable[index]) }
}
