// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LessonChecks

@Suite("user-non-root")
struct UserNonRootTests {
    private static let classic = CheckFixture.classic("%")

    /// What stands before EXPOSE on `node:lts-slim`, the state, and words of the message and of what was found.
    static let table: [(extra: String, state: CheckResult.State, message: String, found: String)] = [
        ("", .failed, "No `USER` is set in the only stage, so the image runs as root.", "No USER in the only stage"),
        ("USER root", .failed, "`USER root` on line 5 is root: the user number is 0.", "USER root"),
        ("USER 0", .failed, "is root", "USER 0"),
        ("USER 00", .failed, "is root", "USER 00"),
        ("USER +0", .failed, "is root", "USER +0"),
        ("USER 0:0", .failed, "is root", "USER 0:0"),
        ("USER root:root", .failed, "is root", "USER root:root"),
        ("USER 0:1000", .failed, "is root", "USER 0:1000"),
        ("USER node\nUSER root", .failed, "on line 6 is root", "USER root"),
        ("USER $APP_USER", .failed, "The `USER` on line 5 is empty once its variables are replaced", "An empty USER on line 5"),
        ("ENV U=root\nUSER $U", .failed, "`USER root` on line 6", "USER root"),
        ("ARG U=node\nUSER $U", .passed, "The image runs as node (uid 1000).", "User node (uid 1000)"),
        ("USER node", .passed, "node (uid 1000)", "node"),
        ("USER node:node", .passed, "node (uid 1000)", "node"),
        ("USER 1000", .passed, "node (uid 1000)", "node"),
        ("USER 10001", .passed, "uid 10001, which needs no account", "uid 10001"),
        ("USER 10001:0", .passed, "uid 10001", "uid 10001"),
        ("USER nobody", .passed, "nobody (uid 65534)", "nobody"),
        ("USER Root", .failed, "The user Root does not exist in the final image", "USER Root without such a user"),
        ("USER appuser", .failed, "The user appuser does not exist in the final image", "without such a user"),
        ("USER node:ghosts", .failed, "The group ghosts does not exist in the final image", "without such a group"),
        ("USER 99999999999", .failed, "does not exist", "99999999999"),
        ("RUN useradd -r app", .failed, "The account app is created there but never used.", "The account app without a USER line"),
        ("RUN useradd -r app\nUSER app", .passed, "app (uid 999)", "app"),
        ("RUN addgroup --system g && adduser --system --ingroup g app\nUSER app", .passed, "app (uid 100)", "app"),
        ("RUN useradd -o -u 0 boss\nUSER boss", .failed, "`USER boss` on line 6 is root: the user number is 0.", "USER boss"),
        ("RUN useradd -r app\nUSER app\nRUN userdel app", .failed, "", ""),
        ("RUN adduser -D app\nUSER app", .failed, "The image does not build: line 5", "A build that stops on line 5"),
        ("USER app\nRUN useradd app", .failed, "The image does not build: line 6", "line 6"),
        ("ONBUILD USER node", .failed, "No `USER` is set", "No USER"),
        ("RUN ./make-user\nUSER app", .failed, "The image does not build", "line 5"),
        ("RUN curl -s https://example.org/x | sh\nUSER app", .unknown, "", ""),
    ]

    @Test("judges the user of the final image", arguments: table)
    func judges(extra: String, state: CheckResult.State, message: String, found: String) throws {
        let result = try CheckFixture.check("user-non-root", Self.classic.replacing("%", with: extra))
        #expect(result.state == state, "\(result.message)")
        #expect(message.isEmpty || result.message.contains(message), "\(result.message)")
        #expect(found.isEmpty || result.found?.contains(found) == true, "\(result.found ?? "nothing found")")
        #expect(result.points == (state == .passed ? 2 : 0))
        #expect(!result.evidence.isEmpty)
        #expect((result.fix == nil) == (state == .passed))
        #expect((result.expected == nil) == (state == .passed))
    }

    /// Whole files.
    static let files: [(text: String, state: CheckResult.State, message: String)] = [
        ("FROM node:lts-slim AS build\nUSER node\nFROM node:lts-slim\nCMD [\"node\"]\n", .failed, "on line 2 belongs to stage build"),
        ("FROM node:lts-slim AS build\nUSER node\nFROM build\nCMD [\"node\"]\n", .passed, "node"),
        ("FROM node:lts-slim AS build\nRUN useradd app\nFROM node:lts-slim\nCOPY --from=build /tmp /x\nUSER app\n", .failed, "another stage"),
        ("FROM docker/dhi-node:24-alpine3.22\n", .passed, "node (uid 1000)"),
        ("FROM docker/dhi-node:24-alpine3.22-dev\n", .failed, "runs as root, and the only stage does not change that"),
        ("FROM docker/dhi-node:24-alpine3.22\nUSER root\n", .failed, "is root"),
        ("FROM example.org/x\n", .unknown, "nothing is known of its base image example.org/x"),
        ("FROM example.org/x\nUSER app\n", .unknown, "something may have created it"),
        ("FROM example.org/x\nUSER 7\n", .passed, "7 (a number that needs no account)"),
        ("FROM example.org/x\nUSER root\n", .failed, "is root"),
        ("FROM example.org/x\nUSER $NONE\n", .failed, "is empty"),
        ("FROM scratch\n", .failed, "No `USER` is set"),
        ("FROM scratch\nUSER 65532\n", .passed, "65532"),
        ("FROM node:lts-slim\nUSER a b\n", .failed, "The `USER` on line 2 cannot be read"),
        ("FROM node:lts-slim\nFOO\nUSER node\n", .passed, "node"),
        ("", .failed, "There is no final stage to judge"),
    ]

    @Test("judges whole files", arguments: files)
    func judgesFiles(text: String, state: CheckResult.State, message: String) throws {
        let result = try CheckFixture.check("user-non-root", text)
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
    }

    /// Files that fail, and whose diff is to mend them.
    static let mendable: [String] = [
        CheckFixture.classic(""), CheckFixture.classic("USER root"), CheckFixture.classic("USER $NONE"),
        CheckFixture.classic("USER appuser"), CheckFixture.classic("RUN useradd -r app"),
        CheckFixture.classic("USER root\nRUN useradd -r app"), CheckFixture.classic("USER ro\\\not"),
        CheckFixture.classic("", from: "docker/dhi-node:24-alpine3.22-dev"),
        CheckFixture.classic("").replacing("\n", with: "\r\n"), String(CheckFixture.classic("").dropLast()),
        "FROM node:lts-slim", "FROM node:lts-slim\nUSER 0", "\u{FEFF}" + CheckFixture.classic(""),
        "FROM node:lts-slim AS build\nUSER node\nFROM node:lts-slim\n", "FROM scratch\nCOPY src /src\n",
        "FROM node:lts-slim\nCMD [\"node\"]\nRUN true\n", "FROM alpine:3.22\nEXPOSE 1\n",
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable)
    func mends(text: String) throws {
        let result = try CheckFixture.check("user-non-root", text)
        #expect(result.state == .failed)
        guard let diff = result.diff else {
            #expect(text.contains("-dev"), "no diff for \(text)")
            return
        }
        #expect(diff.hasPrefix("--- Dockerfile\n+++ Dockerfile\n@@ -"))
        let mended = try #require(try CheckFixture.patched(text, diff), "patch is not installed here")
        let after = try CheckFixture.check("user-non-root", mended)
        #expect(after.state == .passed, "\(after.message)\n\(diff)")
    }
}
