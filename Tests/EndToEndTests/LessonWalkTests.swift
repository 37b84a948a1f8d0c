// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

@Suite("The lesson, typed as a learner types it")
struct LessonWalkTests {
    static let build = "docker build -t $DOCKER_USERNAME/memes-r-us --sbom=true --provenance=mode=max --load ."
    static let rebuild =
        "docker build -t $DOCKER_USERNAME/memes-r-us:updated --sbom=true --provenance=mode=max --load ."

    @Test("from the first step to seven of seven policies and a hardened image")
    func walk() throws {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.dockerfile().contains("FROM node:lts-slim"))

        #expect(
            try learner.shell("docker scout config organization acme").output.contains(
                "Successfully set organization to acme"
            )
        )
        #expect(try learner.check("organization").state == "passed")

        let built = try learner.shell(Self.build)
        #expect(built.status == 0, "\(built.error)")
        #expect(built.error.contains("[internal] load build definition from Dockerfile"))
        #expect(built.error.contains("naming to docker.io/acme/memes-r-us:latest done"))

        let first = try learner.shell("docker scout quickview $DOCKER_USERNAME/memes-r-us")
        #expect(first.status == 0, "\(first.error)")
        #expect((first.output + first.error).contains("SBOM obtained from attestation"))
        #expect((first.output + first.error).contains("Provenance obtained from attestation"))
        #expect(Self.table(first.output) == Self.sixOfSeven)
        #expect(try learner.check("quickview").state == "passed")

        let untouched = try learner.check("non-root-user")
        #expect(untouched.exit == 1)
        let user = try untouched.check("non-root-user.user")
        #expect(user.state == "failed")
        #expect(user.message.contains("the only stage") && user.message.contains("No `USER` is set"))
        #expect(user.diff?.contains("@@ -") == true && user.diff?.contains("\n+USER ") == true)
        #expect(user.evidence.contains { $0.file == "Dockerfile" && $0.line != nil })

        try learner.addBeforeExpose(
            "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser\nUSER appuser"
        )
        #expect(try learner.check("non-root-user").exit == 0)
        #expect(try learner.shell(Self.rebuild).status == 0)
        let second = try learner.shell("docker scout quickview $DOCKER_USERNAME/memes-r-us:updated")
        #expect(second.output.contains("Policy status  SUCCESS  (7/7 policies met)"))
        #expect(try learner.check("rebuild").exit == 0)

        try learner.write(Self.hardened(command: #"CMD ["src/index.js"]"#))
        let trap = try learner.check("hardened-images")
        #expect(trap.state == "passed")
        #expect(try trap.check("hardened-images.command").state == "failed")
        #expect(try trap.check("hardened-images.command").fix?.contains(#"CMD ["node", "src/index.js"]"#) == true)
        try learner.write(Self.hardened(command: #"CMD ["node","src/index.js"]"#))
        let mended = try learner.check("hardened-images")
        #expect(mended.exit == 0)
        #expect(mended.checks.allSatisfy { $0.state == "passed" }, "\(mended.checks.filter { $0.state != "passed" })")
        #expect(try mended.check("hardened-images.smaller").message.contains("shrank"))

        for (question, letter) in [("q1", "b"), ("q2", "c"), ("q3", "a")] {
            #expect(try learner.seaworthy("answer", question, letter).status == 0)
        }
        #expect(try learner.check("recap").state == "passed")
    }

    static let sixOfSeven = [
        "Policy status  FAILED  (6/7 policies met)",
        "",
        "  Status │                   Policy                    │           Results",
        "─────────┼─────────────────────────────────────────────┼──────────────────────────────",
        "  !      │ No default non-root user found              │",
        "  ✓      │ No AGPL v3 licenses                         │    0 packages",
        "  ✓      │ No fixable critical or high vulnerabilities │    0C     0H     0M     0L",
        "  ✓      │ No high-profile vulnerabilities             │    0C     0H     0M     0L",
        "  ✓      │ No outdated base images                     │",
        "  ✓      │ No unapproved base images                   │    0 deviations",
        "  ✓      │ Supply chain attestations                   │    0 deviations",
    ]

    /// The policy table's lines, right-trimmed: trailing blanks carry no meaning.
    static func table(_ output: String) -> [String] {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var text = String(line)
            while text.last == " " { text.removeLast() }
            return text
        }
        guard let start = lines.firstIndex(where: { $0.hasPrefix("Policy status") }) else { return [] }
        return Array(lines[start...].prefix(11))
    }

    static func hardened(command: String) -> String {
        """
        # === Build stage: Install dependencies ===
        FROM docker/dhi-node:24-alpine3.22-dev AS builder

        WORKDIR /usr/local/app
        COPY package*.json ./
        RUN npm ci --production

        # === Runtime stage: Minimal image ===
        FROM docker/dhi-node:24-alpine3.22

        WORKDIR /usr/local/app
        ENV NODE_ENV=production

        COPY --from=builder /usr/local/app/node_modules ./node_modules
        COPY src/ ./src/
        EXPOSE 3000
        \(command)

        """
    }

    static let users: [(lines: String, state: String, says: String)] = [
        ("USER node", "passed", "node"),
        ("RUN groupadd -r app && useradd -r -g app app\nUSER app", "passed", "app"),
        ("USER 1000", "passed", "1000"),
        ("USER 10001:10001", "passed", "10001"),
        ("ARG WHO=node\nUSER $WHO", "passed", "node"),
        ("USER root", "failed", "root"),
        ("USER 0", "failed", "0"),
        ("USER 0:0", "failed", "0"),
        ("USER 00", "failed", "0"),
        ("RUN addgroup --system g && adduser --system --ingroup g app", "failed", "never used"),
        ("USER nobody-here", "failed", "does not exist"),
        ("USER node:nogroup-here", "failed", "group"),
        ("RUN ./unknown-program && true\nUSER late", "failed", "not found"),
    ]

    @Test("every spelling of the user is judged with its own message", arguments: users)
    func user(lines: String, state: String, says: String) throws {
        let learner = try Learner()
        try learner.learn()
        try learner.addBeforeExpose(lines)
        let check = try learner.check("non-root-user").check("non-root-user.user")
        #expect(check.state == state, "\(check.message)")
        #expect(check.message.contains(says), "\(check.message)")
    }

    @Test("a user of an earlier stage only does not count, and the message names that stage")
    func earlierStage() throws {
        let learner = try Learner()
        try learner.learn()
        let starter = try learner.dockerfile()
        try learner.write("FROM node:lts-slim AS first\nUSER node\n" + starter)
        let check = try learner.check("non-root-user").check("non-root-user.user")
        #expect(check.state == "failed")
        #expect(check.message.contains("stage first"))
    }

    @Test("moving, hints, solution, reset and undo work, and a new process resumes where the last one was")
    func navigation() throws {
        let learner = try Learner()
        try learner.learn()
        #expect(try learner.seaworthy("next").status == 0)
        #expect(try learner.seaworthy("goto", "non-root-user").output.contains("step 4 of 7"))
        #expect(try learner.seaworthy().output.contains("step 4 of 7"))
        #expect(try learner.seaworthy("hint").output.contains("Hint 1 of 3"))
        #expect(try learner.seaworthy("hint").output.contains("Hint 2 of 3"))
        let original = try learner.dockerfile()
        #expect(try learner.seaworthy("solution").output.contains("USER appuser"))
        #expect(try learner.seaworthy("solution", "--apply").status == 0)
        #expect(try learner.dockerfile().contains("USER appuser"))
        #expect(try learner.seaworthy("reset", "--yes").status == 0)
        #expect(try learner.dockerfile() == original)
        #expect(try learner.seaworthy("undo").status == 0)
        #expect(try learner.dockerfile().contains("USER appuser"))
        #expect(try learner.seaworthy("back").output.contains("step 3 of 7"))
        let status = try learner.seaworthy("status", "--json")
        #expect(status.output.contains("\"step\" : \"quickview\""))
    }

    @Test("a terminal of its own: the lesson's shell builds and looks, and resumes after the terminal is closed")
    func terminal() throws {
        let learner = try Learner()
        try learner.learn()
        var environment = learner.environment
        environment["TERM"] = "xterm-256color"
        let terminal = try PseudoTerminal(
            nil,
            ["shell", "--workspace", learner.workspace],
            environment: environment,
            columns: 120
        )
        #expect(terminal.wait(for: "(seaworthy"), "\(terminal.output)")
        terminal.type("docker scout config organization acme\n")
        #expect(terminal.wait(for: "Successfully set organization to acme"), "\(terminal.output)")
        terminal.type(Self.build + "\n")
        #expect(
            terminal.wait(for: "naming to docker.io/acme/memes-r-us:latest done", timeout: 60),
            "\(terminal.output)"
        )
        terminal.type("docker scout quickview $DOCKER_USERNAME/memes-r-us\n")
        #expect(terminal.wait(for: "(6/7 policies met)", timeout: 60), "\(terminal.output)")
        terminal.type("seaworthy next\n")
        #expect(terminal.wait(for: "step 2 of 7"), "\(terminal.output)")
        // Closed in the middle: the process gets a hang-up, and nothing else is said to it.
        kill(terminal.processIdentifier, SIGHUP)
        _ = terminal.finish()
        #expect(try learner.seaworthy().output.contains("step 2 of 7"))
    }
}
