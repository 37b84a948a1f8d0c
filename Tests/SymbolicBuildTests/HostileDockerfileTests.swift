// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import SymbolicBuild

@Suite("Hostile Dockerfiles")
struct HostileDockerfileTests {
    static let pieces = [
        "FROM debian:12", "FROM scratch AS a", "FROM a", "FROM trigger:1 AS b", "FROM $X", "COPY . .",
        "COPY --from=a / /",
        "COPY --from=9 / /", "COPY --from=-1 a b", "COPY --parents ** /x/", "COPY [\"[\", \"/\"]", "ADD a.tar /bin",
        "ADD https://x.example/ /", "ADD http:// /y/", "RUN echo $((1/0))", "RUN --mount=type=bind,target=/etc :",
        "RUN --mount=type=cache,target=../../.. :", "RUN <<A <<B\nx\nA\ny\nB", "USER 99999999999999999999", "USER :",
        "USER ::",
        "WORKDIR " + String(repeating: "../", count: 600), "WORKDIR " + String(repeating: "d/", count: 600),
        "WORKDIR ''",
        "ENV A=${A}${A}", "ENV", "ARG A=${B:-${A}}", "EXPOSE 0-65535", "EXPOSE 65535-0",
        "HEALTHCHECK --interval=9999999h CMD x",
        "ONBUILD ONBUILD RUN x", "ONBUILD COPY . .", "SHELL []", "SHELL [\"\"]", "CMD", "ENTRYPOINT", "VOLUME []",
        "LABEL =",
        "COPY --chmod=77777 a b", "COPY --chown=:: a b", "COPY --exclude=! a b", "COPY <<E /etc/passwd\n\u{0}:\u{0}\nE",
        "\u{0}",
        "# escape=`", "STOPSIGNAL -1", "MAINTAINER", "FOO", "\\", "COPY a /data/../../x/..",
    ]

    @Test("never stop the program, and a build that stops says why")
    func random() throws {
        var generator = SeededGenerator(seed: 2026)
        let context = MemoryContext(["a": "a", "a.tar": String(repeating: "\u{0}", count: 257) + "ustar" + "xxxxxxxx"])
        for _ in 0..<400 {
            let count = Int.random(in: 1...8, using: &generator)
            var lines = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
            if Bool.random(using: &generator) { lines.insert("FROM debian:12", at: 0) }
            let outcome = try BuildFixture.build(lines.joined(separator: "\n"), context: context)
            #expect(outcome.isSuccess == (outcome.problem == nil))
            if let problem = outcome.problem { #expect(!problem.message.isEmpty) }
            #expect(outcome.errors.isEmpty || outcome.problem != nil)
        }
    }

    @Test("of many lines and stages are built in a time that people wait")
    func long() throws {
        var text = "FROM debian:12 AS s0\n"
        for index in 1...300 { text += "FROM s\(index - 1) AS s\(index)\nENV V\(index)=1\nWORKDIR /d\(index)\n" }
        let state = try BuildFixture.stage(text)
        #expect(state.layers.count == 300)
        #expect(state.configuration.history.count == 601)
    }

    @Test("with thousands of lines take their time once, and stages that pile up their history are refused")
    func manyLines() throws {
        let variables = (0..<3_000).map { "ENV A\($0)=1\nLABEL b\($0)=2" }.joined(separator: "\n")
        let state = try BuildFixture.stage("FROM scratch\n\(variables)\n")
        #expect(state.configuration.config.env?.count == 3_001)
        #expect(state.configuration.config.env?.last == "A2999=1")
        #expect(state.configuration.history.count == 6_000)
        let stages = (1..<1_200).map { "FROM s\($0 - 1) AS s\($0)\nUSER \($0)" }.joined(separator: "\n")
        #expect(throws: Failure.self) { try BuildFixture.build("FROM scratch AS s0\n\(stages)\n") }
    }
}
