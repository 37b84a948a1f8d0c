// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("no-shell")
struct NoShellTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "no shell"),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "has a shell: /bin/"),
        CheckRow("FROM node:lts-slim\n", .failed, "has a shell"),
        CheckRow(
            "FROM alpine:3.22 AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/busybox /bin/sh\n",
            .failed,
            "/bin/sh"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /bin/sh /bin/sh\n", .failed, "/bin/sh"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /usr /usr\n", .unknown, "not fully known"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /app /app\n", .passed, "no shell"),
        CheckRow("FROM example.org/x\n", .unknown, "nothing is known of the base image"),
        CheckRow(
            "FROM alpine:3.22 AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/busybox /opt/tools/sh\n",
            .failed,
            "/opt/tools/sh"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/sh /app/helper\n",
            .failed,
            "/app/helper"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN mkdir /x && cp /bin/busybox /x/tool\nFROM \(CheckFixture.runtime)\nCOPY --from=a /x /app\n"
                + "COPY --from=a /x/tool /usr/bin/tool\n",
            .failed,
            "/usr/bin/tool"
        ),
        CheckRow(
            "FROM debian:12-slim AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /usr/bin/dash /srv/d\n",
            .failed,
            "/srv/d"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --chmod=755 package.json /app/sh\n", .passed, "no shell"),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY package.json /app/bash\n", .passed, "no shell"),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN mkdir /app && cp /etc/os-release /app/tool\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=a /app/tool /usr/bin/tool\n",
            .passed,
            "no shell"
        ),
        built("mkdir /x && ln /bin/busybox /x/tool", "COPY --from=a /x /opt/x", .failed, "/opt/x/tool"),
        built("mkdir /x && cp /bin/sh /x/tool", "COPY --from=a /x /opt/x", .failed, "/opt/x/tool"),
        built("mkdir /x && cp /bin/sh /x/a && mv /x/a /x/tool", "COPY --from=a /x /opt/x", .failed, "/opt/x/tool"),
        built("install -D /bin/busybox /x/y/tool", "COPY --from=a /x/y/. /opt/", .failed, "/opt/tool"),
        built("cat /bin/busybox > /tool && chmod +x /tool", "COPY --from=a /tool /opt/tool", .failed, "/opt/tool"),
        built("cat /etc/passwd > /tool && chmod +x /tool", "COPY --from=a /tool /opt/tool", .passed, "no shell"),
        built("true", "COPY --from=a /bin/ls /opt/list", .failed, "/opt/list"),
        built("true", "COPY --from=a --chmod=644 /bin/busybox /opt/box", .passed, "no shell"),
        built("true", "COPY <<E /usr/local/bin/sh\nno shell\nE", .passed, "no shell"),
        built("true", "COPY --chmod=755 <<E /usr/local/bin/sh\n#!/usr/bin/env node\nE", .passed, "no shell"),
        CheckRow(
            "FROM \(CheckFixture.runtime)-dev AS a\nRUN cp /usr/local/bin/node /sh\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=a /usr/bin/env /opt/env\nCOPY --from=a /sh /opt/sh\n",
            .passed,
            "no shell"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /tools /usr/local/bin/\n",
            .unknown,
            "not fully known"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /jq /usr/local/bin/jq\n",
            .unknown,
            "nobody here knows what /usr/local/bin/jq is"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /bin/bash /srv/start.bin\n",
            .failed,
            "/srv/start.bin"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nWORKDIR\n", .failed, "There is no image to judge"),
        CheckRow("FROM \(CheckFixture.runtime)\nRUN true\n", .failed, "The image does not build: line 2"),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN apk add bash\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/bash /opt/box\n",
            .failed,
            "/opt/box"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN apk add dash && mv /usr/bin/dash /opt/d\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=a /usr/bin/dash /opt/box\n",
            .failed,
            "/opt/box"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN cp /bin/busybox /tmp/a && mv /tmp/a /tmp/b && cp /tmp/b /srv/c\n"
                + "FROM alpine:3.22 AS b\nCOPY --from=a /srv/c /x/d\nFROM \(CheckFixture.runtime)\nCOPY --from=b /x/d /opt/e\n",
            .failed,
            "/opt/e"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN ln /bin/busybox /opt/box\nFROM \(CheckFixture.runtime)\nCOPY --from=a /opt/ /opt/\n",
            .failed,
            "/opt/box"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nFROM \(CheckFixture.runtime)\nCOPY --from=a /bin/ls /opt/list\n",
            .failed,
            "/opt/list"
        ),
        CheckRow("FROM \(CheckFixture.runtime)\nCOPY --from=busybox:musl /bin/busybox /opt/box\n", .failed, "/opt/box"),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN apk add busybox-static\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=a /bin/busybox.static /opt/box\n",
            .failed,
            "/opt/box"
        ),
        CheckRow(
            "FROM alpine:3.22 AS a\nRUN apk add bash\nFROM \(CheckFixture.runtime)\nCOPY --from=a /usr/bin/ /opt/tools/\n",
            .unknown,
            "not fully known"
        ),
        CheckRow(
            "FROM debian:12-slim AS a\nRUN apt-get update && apt-get install -y zsh\nFROM \(CheckFixture.runtime)\n"
                + "COPY --from=a /usr/lib/zsh /opt/lib/\n",
            .passed,
            "no shell"
        ),
        CheckRow(
            "FROM node:24-slim AS a\nRUN apt-get update && apt-get install -y python3 make g++ && mkdir /opt/n\n"
                + "FROM \(CheckFixture.runtime)\nCOPY --from=a /opt/n /opt/n\n",
            .passed,
            "no shell"
        ),
    ]

    /// A stage on Alpine with a command, and a line of the last stage.
    private static func built(_ run: String, _ line: String, _ state: CheckResult.State, _ message: String) -> CheckRow
    {
        CheckRow("FROM alpine:3.22 AS a\nRUN \(run)\nFROM \(CheckFixture.runtime)\n\(line)\n", state, message)
    }

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "no-shell") }
}
