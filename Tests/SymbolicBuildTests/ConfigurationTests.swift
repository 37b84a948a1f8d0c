// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("The configuration that a build makes")
struct ConfigurationTests {
    private func config(_ lines: String, from base: String = "configured:1") throws -> ContainerConfiguration {
        try BuildFixture.stage("FROM \(base)\n\(lines)").configuration.config
    }

    @Test("keeps what the base says")
    func inherited() throws {
        let config = try config("")
        #expect(config.user == "app")
        #expect(config.workingDir == "/srv")
        #expect(config.cmd == ["serve"])
        #expect(config.entrypoint == ["tool"])
    }

    /// Instructions on a base with entrypoint `tool` and command `serve`, and what is left of both.
    static let commands: [(lines: String, entrypoint: [String]?, command: [String]?)] = [
        ("CMD [\"x\"]", ["tool"], ["x"]),
        ("ENTRYPOINT [\"e\"]", ["e"], nil),
        ("CMD [\"x\"]\nENTRYPOINT [\"e\"]", ["e"], ["x"]),
        ("ENTRYPOINT [\"e\"]\nCMD [\"x\"]", ["e"], ["x"]),
        ("ENTRYPOINT []", [], nil),
        ("SHELL [\"/bin/bash\", \"-ec\"]\nCMD a b", ["tool"], ["/bin/bash", "-ec", "a b"]),
    ]

    @Test("drops the base's command with a new entrypoint, but not the stage's own", arguments: commands)
    func keepsOrDrops(lines: String, entrypoint: [String]?, command: [String]?) throws {
        let config = try config(lines)
        #expect(config.entrypoint == entrypoint)
        #expect(config.cmd == command)
    }

    @Test("drops a command of the stage below, for each stage counts by itself")
    func commandOfTheStageBelow() throws {
        let state = try BuildFixture.stage("FROM debian:12 AS a\nCMD [\"x\"]\nFROM a\nENTRYPOINT [\"e\"]")
        #expect(state.configuration.config.cmd == nil)
    }

    @Test("replaces variables in place and fixes all values at the instruction's start")
    func environment() throws {
        let config = try config("ENV A=1 B=2\nENV A=3 C=$A\nENV B=\"$B$C\"")
        #expect(config.env == ["PATH=/usr/bin", "A=3", "B=21", "C=1"])
    }

    @Test("gets a PATH behind the other variables when the base has none, and one alone from scratch")
    func path() throws {
        #expect(try config("ENV A=1", from: "bare").env == ["PATH=\(StageBuilder.defaultPath)", "A=1"])
        let scratch = try config("", from: "scratch")
        #expect(scratch.env == ["PATH=\(StageBuilder.defaultPath)"])
        #expect(scratch.workingDir == "/")
    }

    @Test("takes ports, volumes, labels, health check, signal and author")
    func rest() throws {
        let state = try BuildFixture.stage(
            """
            FROM debian:12
            EXPOSE 80 53/udp
            EXPOSE 81
            VOLUME /a
            LABEL a=1 b=2
            LABEL a=3
            HEALTHCHECK --interval=5s --retries=2 CMD ["true"]
            STOPSIGNAL 9
            MAINTAINER Jo
            USER 10:20
            """
        ) { $0.labels = ["b": "given", "c": "new"] }
        let config = state.configuration.config
        #expect(config.exposedPorts?.keys.sorted() == ["53/udp", "80/tcp", "81/tcp"])
        #expect(config.volumes?.keys.sorted() == ["/a"])
        #expect(config.labels == ["a": "3", "b": "given", "c": "new"])
        #expect(config.healthcheck == Healthcheck(test: ["CMD", "true"], interval: 5_000_000_000, retries: 2))
        #expect(config.stopSignal == "9")
        #expect(config.user == "10:20")
        #expect(state.configuration.author == "Jo")
    }

    /// WORKDIR lines on a base with `/srv`, where each leads, and whose new folders are.
    static let folders: [(lines: String, path: String, made: [String])] = [
        ("WORKDIR a", "/srv/a", ["/srv/a/ 755 1001:2001"]),
        ("WORKDIR ../x/y", "/x/y", ["/x/ 755 1001:2001", "/x/y/ 755 1001:2001"]),
        ("WORKDIR /data/in", "/data/in", ["/srv/data/in/ 755 1001:2001"]),
        ("USER 77\nWORKDIR /n", "/n", ["/n/ 755 77:77"]),
        ("USER 77:88\nWORKDIR /n", "/n", ["/n/ 755 77:88"]),
        ("USER node:apps\nWORKDIR /n", "/n", ["/n/ 755 1000:2001"]),
        ("WORKDIR /srv", "/srv", []),
    ]

    @Test("makes the working folder for the user of that point", arguments: folders)
    func makesFolders(lines: String, path: String, made: [String]) throws {
        let state = try BuildFixture.stage("FROM configured:1\n\(lines)")
        #expect(state.configuration.config.workingDir == path)
        let before = Set(BuildFixture.outline(BuildFixture.debian))
        #expect(BuildFixture.outline(state.tree).filter { !before.contains($0) } == made)
    }

    /// Instructions that stop a build, the words that say why, and the line.
    static let refused: [(lines: String, message: String)] = [
        ("WORKDIR /srv/old.txt/x", "not a directory"),
        ("EXPOSE 99999", "invalid containerPort"),
        ("EXPOSE 80/xyz", "invalid proto: xyz"),
        ("STOPSIGNAL NONSENSE", "NONSENSE"),
        ("VOLUME $NOTHING", "VOLUME specified can not be an empty string"),
        ("ENV A=\"${B:?is needed}\"", "is needed"),
        ("COPY --chmod=9 srv /x", "invalid chmod parameter: '9'"),
        ("COPY --chown=ghost a /x", "no such user: ghost"),
        ("COPY --chown=node:ghosts a /x", "no such group: ghosts"),
        ("COPY missing /x", "\"/missing\": not found"),
        ("COPY --from=Not::Good a /x", "invalid reference format"),
        ("RUN --mount=type=tmpfs,target=/ true", "invalid mount target \"/\""),
        ("RUN --mount=type=cache true", "invalid mount target \"/\""),
        ("ADD --checksum=sha256:12 a /x", "checksum can't be specified for non-HTTP(S)"),
        (
            "ADD --checksum=sha256:12 https://e.org/a https://e.org/b /x/",
            "checksum can't be specified for multiple sources"
        ),
        ("ADD --checksum=sha256:12 https://e.org/a /x", "invalid checksum digest format"),
    ]

    @Test("is not finished where BuildKit stops, and the problem says where", arguments: refused)
    func refuses(lines: String, message: String) throws {
        let outcome = try BuildFixture.build("FROM debian:12\n\(lines)\n", context: MemoryContext(["a": "a"]))
        let problem = try #require(outcome.problem)
        #expect(problem.message.contains(message), "\(problem.message)")
        #expect(problem.range?.start.line == 2)
        #expect(!outcome.isSuccess)
    }
}
