// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("History lines")
struct HistoryTests {
    /// Behind `FROM debian:12`: an instruction and its history line; `+ ` marks one with a layer.
    static let lines: [(instruction: String, line: String)] = [
        ("RUN echo hi", "+ RUN /bin/sh -c echo hi # buildkit"),
        ("RUN [\"echo\", \"a b\"]", "+ RUN echo a b # buildkit"),
        ("RUN <<E\necho a\nE", "+ RUN /bin/sh -c echo a\n # buildkit"),
        ("RUN <<E\n#!/usr/bin/env python3\nE", "+ RUN /bin/sh -c /dev/pipes/E # buildkit"),
        ("SHELL [\"/bin/bash\", \"-c\"]\nRUN <<E\n#!/x\nE", "+ RUN /bin/bash -c /dev/pipes/E # buildkit"),
        ("RUN cat <<A <<B\n1\nA\n2\nB", "+ RUN /bin/sh -c cat <<A <<B\n1\nA\n2\nB # buildkit"),
        ("RUN a && \\\n    b", "+ RUN /bin/sh -c a &&     b # buildkit"),
        ("CMD [\"node\", \"src/index.js\"]", "CMD [\"node\" \"src/index.js\"]"),
        ("CMD node src/index.js", "CMD [\"/bin/sh\" \"-c\" \"node src/index.js\"]"),
        ("CMD []", "CMD []"),
        ("CMD [\"a\\\"b\", \"\\n\"]", "CMD [\"a\\\"b\" \"\\n\"]"),
        ("ENTRYPOINT [\"tini\", \"--\"]", "ENTRYPOINT [\"tini\" \"--\"]"),
        ("ENTRYPOINT exec top", "ENTRYPOINT [\"/bin/sh\" \"-c\" \"exec top\"]"),
        ("ENV A=1 B=\"two words\"", "ENV A=1 B=two words"),
        ("ENV A some words", "ENV A=some words"),
        ("ENV A=$BASE-$NONE", "ENV A=1-"),
        ("LABEL a=b \"c d\"=\"e f\"", "LABEL a=b c d=e f"),
        ("ARG A", "ARG A"),
        ("ARG A=", "ARG A="),
        ("ARG A=1 B=$A", "ARG A=1 B=1"),
        ("ARG TARGETARCH", "ARG TARGETARCH=amd64"),
        ("EXPOSE 3000", "EXPOSE [3000/tcp]"),
        ("EXPOSE 53/udp 80 8000-8002/TCP", "EXPOSE [53/udp 80/tcp 8000/tcp 8001/tcp 8002/tcp]"),
        ("EXPOSE 127.0.0.1:80:8080", "EXPOSE [8080/tcp]"),
        ("VOLUME /data /logs", "VOLUME [/data /logs]"),
        ("VOLUME [\"/a b\"]", "VOLUME [/a b]"),
        ("USER node:staff", "USER node:staff"),
        ("USER ${U:-app}", "USER app"),
        ("WORKDIR /", "WORKDIR /"),
        ("WORKDIR app", "+ WORKDIR /app"),
        ("WORKDIR /app/", "+ WORKDIR /app/"),
        ("WORKDIR app/", "+ WORKDIR /app"),
        ("WORKDIR /a/../b/./c/", "+ WORKDIR /a/../b/./c/"),
        ("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGTERM"),
        ("SHELL [\"/bin/bash\", \"-c\"]", "SHELL [/bin/bash -c]"),
        ("MAINTAINER Jo <jo@example.org>", "MAINTAINER Jo <jo@example.org>"),
        (
            "HEALTHCHECK NONE",
            "HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}"
        ),
        (
            "HEALTHCHECK --interval=90s --timeout=1500ms --start-period=1h --retries=3 CMD curl -f http://localhost",
            "HEALTHCHECK {Test:[CMD-SHELL curl -f http://localhost] Interval:1m30s Timeout:1.5s StartPeriod:1h0m0s "
                + "StartInterval:0s Retries:3}"
        ),
        (
            "HEALTHCHECK --retries=10 CMD [\"true\"]",
            "HEALTHCHECK {Test:[CMD true] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:10}"
        ),
        ("COPY a b ./", "+ COPY a b ./ # buildkit"),
        ("COPY --chmod=755 --chown=node:staff a /x", "+ COPY --chown=node:staff --chmod=755 a /x # buildkit"),
        ("COPY --parents --link a/b /x/", "+ COPY --parents a/b /x/ # buildkit"),
        ("COPY [\"a b\", \"/x\"]", "+ COPY a b /x # buildkit"),
        ("COPY --from=bare a /x", "+ COPY a /x # buildkit"),
        ("COPY <<EOF plain /x/\nhi\nEOF", "+ COPY plain <<EOF /x/ # buildkit"),
        ("ADD --chown=1 https://example.org/a /x", "+ ADD --chown=1 https://example.org/a /x # buildkit"),
        ("ENV D=/srv\nCOPY a $D/", "+ COPY a /srv/ # buildkit"),
    ]

    @Test("are BuildKit's", arguments: lines)
    func line(instruction: String, line: String) throws {
        #expect(try BuildFixture.history("FROM debian:12\n" + instruction).last == line)
    }

    @Test("of ONBUILD there is none")
    func onbuild() throws {
        let state = try BuildFixture.stage("FROM debian:12\nONBUILD RUN echo hi\nONBUILD COPY . .")
        #expect(state.configuration.history.count == 1)
        #expect(state.configuration.config.onBuild == ["RUN echo hi", "COPY . ."])
    }

    /// The build arguments and ENV in front of a RUN, and what its history line shows of them.
    static let arguments: [(before: String, shown: String)] = [
        ("", "RUN "),
        ("ARG A=1", "RUN |1 A=1 "),
        ("ARG A", "RUN |1 A= "),
        ("ARG B=2\nARG A=1", "RUN |2 B=2 A=1 "),
        ("ARG B=2\nARG A=1\nARG B=3", "RUN |2 B=3 A=1 "),
        ("ARG A=1\nENV A=env", "RUN |1 A=env "),
        ("ARG GIVEN=default", "RUN |1 GIVEN=outside "),
        ("ARG GLOBAL", "RUN |1 GLOBAL=top "),
        ("ENV A=1", "RUN "),
    ]

    @Test("of RUN name the build arguments that are declared", arguments: arguments)
    func runArguments(before: String, shown: String) throws {
        let text = "ARG GLOBAL=top\nFROM debian:12\n\(before)\nRUN true"
        let history = try BuildFixture.history(text) { request in
            request.buildArguments = ["GIVEN": "outside", "HTTP_PROXY": "http://proxy", "UNDECLARED": "x"]
        }
        #expect(history.last == "+ " + shown + "/bin/sh -c true # buildkit")
    }

    @Test("of a stage on a stage name the arguments of both, those of an image only its own")
    func inheritedArguments() throws {
        let text = "FROM debian:12 AS one\nARG A=1\nFROM %\nARG B=2\nRUN true"
        func last(_ base: String) throws -> String? {
            try BuildFixture.history(text.replacing("%", with: base)).last
        }
        #expect(try last("one") == "+ RUN |2 A=1 B=2 /bin/sh -c true # buildkit")
        #expect(try last("debian:12") == "+ RUN |1 B=2 /bin/sh -c true # buildkit")
    }

    @Test("keep the base's in front and carry the build's time and BuildKit's comment")
    func entries() throws {
        let state = try BuildFixture.stage("FROM debian:12\nENV A=1\nWORKDIR /x")
        let history = state.configuration.history
        #expect(history.map(\.createdBy) == ["base", "ENV A=1", "WORKDIR /x"])
        #expect(history.map(\.comment) == ["theirs", "buildkit.dockerfile.v0", "buildkit.dockerfile.v0"])
        #expect(history.map(\.emptyLayer) == [nil, true, nil])
        #expect(history.dropFirst().allSatisfy { $0.created == "2025-11-24T16:00:00Z" })
        #expect(state.configuration.created == "2025-11-24T16:00:00Z")
        #expect(state.layers.count == 1)
    }
}
