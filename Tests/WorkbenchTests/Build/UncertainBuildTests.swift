// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import ShellMachine
import SymbolicBuild
import Testing

@testable import Workbench

/// What a build makes of files that may be there, or whose content is not known.
@Suite("Builds with files that are not known")
struct UncertainBuildTests {
    /// A Dockerfile and what is right.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let dockerfile: String
        /// The line at which a real build stops; nil where it may go through.
        var stops: Int?
        /// What is in doubt, by line.
        var doubts: [Int: Set<Facet>] = [:]
        /// Files of the final stage: mode and owner as `755 0:0`, `?` in front where the content is not known; nil for none.
        var files: [String: String?] = [:]
        /// Paths that may or may not be there.
        var uncertain: [String] = []
        /// Text that the log of the build must have.
        var prints: String?
        /// Text that it must not have.
        var hides: String?

        var testDescription: String { name }
    }

    private static let go = "FROM example.org/golang:1 AS b\nRUN go build -o /go/bin/server .\n"
    private static let alpine = "FROM alpine:3.22\n"

    static let copies: [Row] = [
        Row(
            name: "a program that was built is made executable and run",
            dockerfile: go + alpine
                + "COPY --from=b /go/bin/server /app/server\nRUN chmod +x /app/server\nRUN /app/server -v",
            doubts: [4: [.files], 6: [.accounts, .files, .packages]],
            files: ["/app/server": "?755 0:0"]
        ),
        Row(
            name: "packages leave alone what stands in a folder that the build made",
            dockerfile: "FROM alpine:3.22 AS b\nWORKDIR /usr/src/app\nCOPY f .\nRUN apk add nonesuch\nRUN apk upgrade\n"
                + alpine
                + "COPY --from=b /usr/src/app /app\nCOPY --from=b /usr/src/app/f /opt/\nCOPY --from=b /usr/local /usr/local",
            files: ["/app/f": "644 0:0", "/opt/f": "644 0:0"]
        ),
        Row(
            name: "and nothing that stands beside it",
            dockerfile: "FROM alpine:3.22 AS b\nWORKDIR /opt/app\nRUN apk add nonesuch\n" + alpine
                + "COPY --from=b /opt/vendor /v/\nCOPY --from=b /opt/app /app",
            doubts: [5: [.files, .packages]],
            uncertain: ["/v/x"]
        ),
        Row(
            name: "a folder with the name of one that packages share is theirs as well",
            dockerfile: "FROM alpine:3.22 AS b\nWORKDIR /var/www\nRUN apk add nonesuch\n" + alpine
                + "COPY --from=b /var/www /w",
            doubts: [5: [.files, .packages]],
            uncertain: ["/w/x"]
        ),
        Row(
            name: "what a package that is known has beside its programs",
            dockerfile: alpine + "RUN apk add openssl\nRUN ls /usr/share/openssl/x; ls /srv/x",
            stops: 3
        ),
        Row(
            name: "may be there",
            dockerfile: alpine + "RUN apk add openssl\nRUN cat /usr/share/openssl/x",
            hides: "No such file"
        ),
        Row(
            name: "a recommended package may bring the program that is called next",
            dockerfile: "FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl && patch --version",
            doubts: [2: [.files, .packages]],
            hides: "not found"
        ),
        Row(
            name: "and none comes where that is switched off",
            dockerfile:
                "FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && patch --version",
            stops: 2
        ),
        Row(
            name: "what nobody brought is missing all the same",
            dockerfile: go + alpine + "COPY --from=b /go/bin/server /app/server\nRUN chmod +x /srv/server",
            stops: 5
        ),
        Row(
            name: "an archive of classes has one place, and is there",
            dockerfile: go + alpine
                + "COPY --from=b /build/target/*.jar /app/app.jar\n"
                + "RUN chmod 640 /app/app.jar && mv /app/app.jar /app/x.jar && [ -f /app/x.jar ] && ln -s /app/x.jar /x",
            doubts: [4: [.files]],
            files: ["/app/x.jar": "?640 0:0", "/app/app.jar": nil, "/x": "777 0:0"]
        ),
        Row(
            name: "a folder of unknown content is globbed and tested",
            dockerfile: go + alpine
                + "COPY --from=b /src/dist/ /srv/\nRUN for f in /srv/*.js; do cp \"$f\" /tmp/; done; [ -f /srv/index.html ] || exit 1",
            doubts: [4: [.files, .packages], 5: [.files]],
            files: ["/srv": "755 0:0"],
            uncertain: ["/srv/index.html"]
        ),
        Row(
            name: "a folder of unknown content is no excuse for another",
            dockerfile: go + alpine + "COPY --from=b /src/dist/ /srv/\nRUN [ -f /opt/index.html ] || exit 1",
            stops: 5
        ),
        Row(
            name: "an archive is unpacked, and what it held is used",
            dockerfile: alpine
                + "COPY --from=example.org/tools:1 /x.tar.gz /tmp/\n"
                + "RUN tar -xzf /tmp/x.tar.gz -C /opt && mv /opt/x-1 /opt/x && /opt/x/bin/run",
            doubts: [2: [.files], 3: [.accounts, .files, .packages]]
        ),
        Row(
            name: "configuration of unknown text is read and changed",
            dockerfile: alpine
                + "COPY --from=example.org/x:1 /etc/app /etc/app\n"
                + "RUN cat /etc/app/conf.ini && sed -i s/a/b/ /etc/app/conf.ini && rm /etc/app/other",
            doubts: [2: [.files, .packages], 3: [.files]],
            hides: "No such file"
        ),
        Row(
            name: "variables of an unknown script are not known",
            dockerfile: alpine
                + "COPY --from=example.org/x:1 /env /env\nRUN . /env && [ -n \"$X\" ] && echo \"$X\" > /x",
            doubts: [2: [.files, .packages], 3: [.accounts, .files, .packages]]
        ),
        Row(
            name: "a file goes to a place that may be a folder",
            dockerfile: go + alpine + "COPY --from=b /out /opt/out\nCOPY f /opt/out\nCOPY f /opt/out/sub/",
            doubts: [4: [.files, .packages], 5: [.files]],
            files: ["/opt/out/sub/f": "644 0:0"]
        ),
        Row(
            name: "text is written below a folder that may be there",
            dockerfile: go + alpine
                + "COPY --from=b /out /opt/out\nRUN echo conf > /opt/out/conf && [ -s /opt/out/conf ]",
            doubts: [4: [.files, .packages], 5: [.files]]
        ),
        Row(
            name: "known files of a stage that is not fully known are known",
            dockerfile: "FROM alpine:3.22 AS b\nRUN apk add nonesuch\nCOPY f /app/f\nFROM alpine:3.22\n"
                + "COPY --from=b /app /app\nRUN cat /app/f",
            files: ["/app/f": "644 0:0"],
            prints: "file"
        ),
        Row(
            name: "what packages of that stage may have brought is not",
            dockerfile:
                "FROM alpine:3.22 AS b\nRUN apk add nonesuch\nFROM alpine:3.22\nCOPY --from=b /usr/lib/nonesuch /opt/n/",
            doubts: [4: [.files, .packages]],
            files: ["/opt/n": "755 0:0"],
            uncertain: ["/opt/n/x"]
        ),
        Row(
            name: "and what they cannot have brought is missing",
            dockerfile: "FROM alpine:3.22 AS b\nRUN apk add nonesuch\nFROM alpine:3.22\nCOPY --from=b /srv/x /opt/n/",
            stops: 4
        ),
        Row(
            name: "a file that a stage is sure not to have",
            dockerfile: "FROM alpine:3.22 AS b\nRUN echo hi > /a\nFROM alpine:3.22\nCOPY --from=b /b /b",
            stops: 4
        ),
        Row(
            name: "accounts come over by their file only",
            dockerfile: go
                + "FROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nCOPY --from=b /go/bin/server /bin/server",
            doubts: [4: [.accounts, .files], 5: [.files]],
            files: ["/bin/server": "?755 0:0"]
        ),
        Row(
            name: "stages by number, one behind the other",
            dockerfile: go + "FROM alpine:3.22\nCOPY --from=0 /go/bin/server /opt/s.bin\nFROM alpine:3.22\n"
                + "COPY --from=1 /opt/s.bin /usr/bin/s\nRUN s",
            doubts: [6: [.files], 7: [.accounts, .files, .packages]],
            files: ["/usr/bin/s": "?755 0:0"]
        ),
        Row(
            name: "a link to a file that may be there",
            dockerfile: go + alpine
                + "COPY --from=b /out /opt/out\nRUN ln -s /opt/out/tool /usr/bin/tool && tool --help",
            doubts: [4: [.files, .packages], 5: [.accounts, .files, .packages]],
            files: ["/usr/bin/tool": "777 0:0"]
        ),
    ]

    static let mounts: [Row] = [
        Row(
            name: "a mount of an image of which nothing is known",
            dockerfile: alpine
                + "RUN --mount=type=bind,from=example.org/wheels:1,target=/m cp /m/tool /tool\nRUN chmod +x /tool && [ -x /tool ]",
            doubts: [2: [.files], 3: [.files]],
            files: ["/m": nil],
            uncertain: ["/tool"],
            hides: "No such file"
        ),
        Row(
            name: "a mount of a stage",
            dockerfile: go + alpine
                + "RUN --mount=type=bind,from=b,source=/go/bin,target=/m cp /m/server /usr/bin/server\nRUN server",
            doubts: [4: [.files], 5: [.accounts, .files, .packages]],
            uncertain: ["/usr/bin/server"]
        ),
        Row(
            name: "a cache may hold what an earlier build left",
            dockerfile: alpine + "RUN --mount=type=cache,target=/c cat /c/list && cp /c/list /tmp/list\nRUN [ -d /c ]",
            stops: 3
        ),
        Row(
            name: "and what is copied out of it is not known",
            dockerfile: alpine + "RUN --mount=type=cache,target=/c cp /c/list /tmp/list",
            doubts: [2: [.files]],
            uncertain: ["/tmp/list"],
            hides: "No such file"
        ),
        Row(
            name: "a mount of what a stage is sure not to have",
            dockerfile:
                "FROM alpine:3.22 AS b\nFROM alpine:3.22\nRUN --mount=type=bind,from=b,source=/none,target=/m ls /m",
            stops: 3
        ),
        Row(
            name: "what was mounted is not there any more afterwards",
            dockerfile: alpine + "RUN --mount=type=bind,from=example.org/x:1,target=/m true\nRUN [ -d /m ]",
            stops: 3
        ),
        Row(
            name: "a mount of the context is what the context is",
            dockerfile: alpine + "RUN --mount=type=bind,target=/m cat /m/f",
            prints: "file"
        ),
        Row(
            name: "a loop over files of a mount",
            dockerfile: go + alpine
                + "RUN --mount=type=bind,from=b,source=/wheels,target=/w for f in /w/*.whl; do cp $f /opt/; done",
            doubts: [4: [.files]],
            hides: "No such file"
        ),
    ]

    static let forks: [Row] = [
        Row(
            name: "a file that was made or not",
            dockerfile: alpine
                + "RUN apk add nonesuch && if [ -x /usr/bin/foo ]; then ln -s /usr/bin/foo /usr/bin/f; fi\nRUN ls /usr/bin/f",
            doubts: [2: [.accounts, .files, .packages]],
            hides: "/usr/bin/f"
        ),
        Row(
            name: "only what a package can have brought is uncertain",
            dockerfile: alpine
                + "RUN apk add nonesuch\nWORKDIR /app\nCOPY package.json .\n"
                + "RUN if [ -f yarn.lock ]; then yarn; elif [ -f package.json ]; then echo fine; else exit 1; fi",
            doubts: [2: [.accounts, .files, .packages]],
            prints: "fine"
        ),
        Row(
            name: "what only one way says is not said",
            dockerfile: alpine + "RUN apk add nonesuch && if foo; then echo one; else echo two; fi",
            doubts: [2: [.accounts, .files, .packages]],
            hides: "two"
        ),
        Row(
            name: "a failure that is sure stops the build",
            dockerfile: alpine + "RUN apk add nonesuch\nRUN ls /srv/none",
            stops: 3
        ),
        Row(
            name: "tools of an application leave accounts and programs of the system alone",
            dockerfile: "FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm run build\nRUN id nonesuch",
            stops: 5
        ),
        Row(
            name: "and write anywhere else",
            dockerfile: "FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm run build\nRUN cp /out/x /y",
            doubts: [4: [.files, .packages], 5: [.files]]
        ),
        Row(
            name: "who is not root changes no accounts",
            dockerfile:
                "FROM node:24-slim\nUSER node\nWORKDIR /home/node\nRUN npx some-tool\nUSER root\nRUN id nonesuch",
            stops: 6
        ),
        Row(
            name: "a program that could do anything may have made an account",
            dockerfile: "FROM debian:12-slim\nRUN perl -e 1\nRUN id nonesuch",
            doubts: [2: [.accounts, .files, .packages]]
        ),
        Row(
            name: "a download is there, whatever it is",
            dockerfile: alpine
                + "ADD https://example.org/a.tgz /tmp/\nRUN cd /tmp && [ -f a.tgz ] && tar xzf a.tgz && mv a-1 /opt/a",
            doubts: [2: [.files], 3: [.files, .packages]],
            files: ["/tmp/a.tgz": "?600 0:0"],
            uncertain: ["/opt/a"]
        ),
    ]

    static let patterns: [Row] = [
        Row(
            name: "names that may be more are printed by nobody",
            dockerfile: go + alpine
                + "COPY f /srv/a.txt\nCOPY --from=b /out /srv\nRUN echo /srv/*.txt && ls /srv/*.txt",
            doubts: [5: [.files, .packages]],
            hides: "a.txt"
        ),
        Row(
            name: "and copied, with whatever else is there",
            dockerfile: go + alpine
                + "COPY f /srv/a.txt\nCOPY --from=b /out /srv\nRUN mkdir /t && cp /srv/*.txt /t/ && cat /t/a.txt",
            doubts: [5: [.files, .packages], 6: [.files]],
            files: ["/t/a.txt": "644 0:0"],
            uncertain: ["/t/b.txt"],
            prints: "file"
        ),
        Row(
            name: "removed, they are gone",
            dockerfile: go + alpine
                + "COPY f /srv/a.txt\nCOPY --from=b /out /srv\nRUN rm /srv/*.txt && rm -rf /srv/* && [ ! -e /srv/a.txt ]",
            doubts: [5: [.files, .packages]],
            files: ["/srv/a.txt": nil]
        ),
        Row(
            name: "where all is known a pattern says what there is",
            dockerfile: alpine + "COPY f /srv/a.txt\nRUN echo /srv/*.txt",
            prints: "/srv/a.txt"
        ),
        Row(
            name: "a pattern that may stand for nothing stops no build",
            dockerfile: go + alpine + "COPY --from=b /out /srv\nRUN mv /srv/*.jar /app.jar && chmod 755 /app.jar",
            doubts: [4: [.files, .packages], 5: [.files]],
            hides: "No such file"
        ),
        Row(
            name: "in a folder that is known it does",
            dockerfile: go + alpine + "COPY --from=b /out /srv\nRUN mkdir /k && mv /k/*.jar /app.jar",
            stops: 5
        ),
    ]

    static let networks: [Row] = [
        Row(
            name: "nothing is fetched without a network",
            dockerfile: "FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN --network=none npm install left-pad",
            stops: 4
        ),
        Row(name: "no package of Alpine", dockerfile: alpine + "RUN --network=none apk add curl", stops: 2),
        Row(
            name: "no package of Debian, though the lists only warn",
            dockerfile:
                "FROM debian:12-slim\nRUN --network=none apt-get update\nRUN --network=none apt-get install -y curl",
            stops: 3
        ),
        Row(
            name: "nothing by wget",
            dockerfile: alpine + "RUN --network=none wget https://example.org/x",
            stops: 2
        ),
        Row(
            name: "what is there already needs none",
            dockerfile: alpine + "RUN --network=none apk add busybox && echo fine",
            prints: "fine"
        ),
        Row(
            name: "nor what is fetched from this machine",
            dockerfile: alpine + "RUN --network=none wget -O /x http://localhost:8080/x",
            doubts: [2: [.files]]
        ),
        Row(
            name: "a cache may do instead",
            dockerfile: "FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\n"
                + "RUN --network=none --mount=type=cache,target=/root/.npm npm install left-pad",
            doubts: [4: [.files, .packages]]
        ),
    ]

    @Test("name by pattern what they know, and more", arguments: patterns)
    func patterned(_ row: Row) throws { try check(row) }

    @Test("fetch nothing where there is no network", arguments: networks)
    func offline(_ row: Row) throws { try check(row) }

    @Test("go on with what was copied", arguments: copies)
    func copied(_ row: Row) throws { try check(row) }

    @Test("go on with what was mounted", arguments: mounts)
    func mounted(_ row: Row) throws { try check(row) }

    @Test("say of both ways what holds for both", arguments: forks)
    func forked(_ row: Row) throws { try check(row) }

    private static let shared: Result<(scratch: ScratchFolder, bench: Workbench), any Error> = Result {
        let scratch = try ScratchFolder()
        return (scratch, TestBench.make(scratch))
    }

    private func check(_ row: Row) throws {
        let package = #"{"name":"a","version":"1.0.0","scripts":{"build":"x"}}"#
        let request = BuildRequest(
            dockerfile: Array(row.dockerfile.utf8),
            context: MemoryContext(["f": "file\n", "d/g": "g\n", "package.json": package]),
            epochSeconds: 1_790_000_000,
            limits: .standard
        )
        let outcome = try Self.shared.get().bench.builder().build(request)
        let log = outcome.steps.flatMap(\.log).joined(separator: "\n")
        #expect(outcome.problem?.range?.start.line == row.stops, "\(String(describing: outcome.problem))\n\(log)")
        if let text = row.prints { #expect(log.contains(text), "\(log)") }
        if let text = row.hides { #expect(!log.contains(text), "\(log)") }
        guard row.stops == nil else { return }
        let target = try #require(outcome.target)
        var doubts: [Int: Set<Facet>] = [:]
        for unknown in outcome.unknowns where !unknown.facets.isEmpty {
            doubts[unknown.line ?? 0, default: []].formUnion(unknown.facets)
        }
        #expect(
            doubts == row.doubts,
            "\(outcome.unknowns.map { "\($0.line ?? 0) \($0.scope) \($0.paths): \($0.reason)" })"
        )
        for (path, expected) in row.files {
            let node = target.tree.resolve(ImagePath(path), followLast: false)?.node
            #expect(node.map(Self.text) == expected, "\(path)")
        }
        for path in row.uncertain {
            #expect(target.tree.resolvedNode(at: ImagePath(path)) == nil, "\(path) is there")
            #expect(target.uncertain.contains(ImagePath(path)), "\(path) is missing for certain")
        }
    }

    private static func text(_ node: FileNode) -> String {
        let isUnknown = if case .file(.unknown) = node.kind { true } else { false }
        return (isUnknown ? "?" : "") + String(node.mode, radix: 8) + " \(node.uid):\(node.gid)"
    }
}
