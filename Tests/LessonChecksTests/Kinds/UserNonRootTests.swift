// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

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
        (
            "USER $APP_USER", .failed, "The `USER` on line 5 is empty once its variables are replaced",
            "An empty USER on line 5"
        ),
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
        ("USER 99999999999", .failed, "`99999999999` is no user number: they go from 0 to 2147483647", "99999999999"),
        ("USER 2147483648", .failed, "is no user number", "USER 2147483648"),
        ("USER 2147483647", .passed, "uid 2147483647", "2147483647"),
        ("USER -1", .failed, "`-1` is no user number", "USER -1"),
        ("USER node:4294967295", .failed, "`4294967295` is no group number", "USER node:4294967295"),
        ("USER 0x0", .failed, "The user 0x0 does not exist", "USER 0x0"),
        ("USER :node", .failed, "is root: nothing stands in front of the colon", "USER :node"),
        ("USER node:", .passed, "node (uid 1000)", "node"),
        ("USER \"node\"", .passed, "node (uid 1000)", "node"),
        ("USER 'node:node'", .passed, "node (uid 1000)", "node"),
        ("USER NODE", .failed, "there is `node`, not `NODE`", "USER NODE"),
        ("USER Root", .failed, "and `root` would be root", "USER Root"),
        ("USER node # not root", .failed, "a comment needs a line of its own", "USER node # not root"),
        ("USER node node", .failed, "`USER` on line 5 takes one word", "USER node node"),
        ("RUN addgroup --system appgroup\nUSER appgroup", .failed, "`appgroup` is a group here", "USER appgroup"),
        (
            "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser\nUSER appusr", .failed,
            "There is an account `appuser`", "USER appusr"
        ),
        (
            "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser\nUSER appuser:apgroup",
            .failed,
            "There is a group appgroup", "USER appuser:apgroup"
        ),
        ("RUN useradd -r svc\nUSER app", .failed, "The account that is created there is `svc`", "USER app"),
        (
            "RUN useradd -r app", .failed, "The account app is created there but never used.",
            "The account app without a USER line"
        ),
        ("RUN useradd -r app\nUSER app", .passed, "app (uid 999)", "app"),
        ("RUN addgroup --system g && adduser --system --ingroup g app\nUSER app", .passed, "app (uid 100)", "app"),
        (
            "RUN useradd -o -u 0 boss\nUSER boss", .failed, "`USER boss` on line 6 is root: the user number is 0.",
            "USER boss"
        ),
        ("RUN useradd -r app\nUSER app\nRUN userdel app", .failed, "", ""),
        ("RUN adduser -D app\nUSER app", .failed, "The image does not build: line 5", "A build that stops on line 5"),
        ("USER app\nRUN useradd app", .failed, "The image does not build: line 6", "line 6"),
        ("ONBUILD USER node", .failed, "No `USER` is set", "No USER"),
        ("RUN ./make-user\nUSER app", .failed, "The image does not build", "line 5"),
        ("RUN node make-user.js\nUSER app", .unknown, "something may have created it", "user app"),
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
        (
            "FROM node:lts-slim AS build\nUSER node\nFROM node:lts-slim\nCMD [\"node\"]\n", .failed,
            "on line 2 belongs to stage build"
        ),
        ("FROM node:lts-slim AS build\nUSER node\nFROM build\nCMD [\"node\"]\n", .passed, "node"),
        (
            "FROM node:lts-slim AS build\nRUN useradd app\nFROM node:lts-slim\nCOPY --from=build /tmp /x\nUSER app\n",
            .failed, "another stage"
        ),
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
        ("FROM node:lts-slim\nUSER\n", .failed, "The `USER` on line 2 cannot be read"),
        ("FROM node:lts-slim\nUSER a b\n", .failed, "`USER` on line 2 takes one word, and all of `a b`"),
        ("FROM node:lts-slim\nFOO\nUSER node\n", .failed, "There is no image to judge"),
        ("", .failed, "There is no final stage to judge"),
    ]

    @Test("judges whole files", arguments: files)
    func judgesFiles(text: String, state: CheckResult.State, message: String) throws {
        let result = try CheckFixture.check("user-non-root", text)
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
    }

    /// What a RUN does that makes the account, on Debian and on Alpine: state, words of the message, and of the fix.
    static let accounts:
        [(base: String, run: String, user: String, state: CheckResult.State, message: String, fix: String)] = [
            (debian, tutorial, "appuser", .passed, "appuser (uid 100)", ""),
            (debian, tutorial, "100:101", .passed, "appuser (uid 100)", ""),
            (
                debian, "addgroup --system g && addgroup --system g && adduser --system --ingroup g u", "u", .passed,
                "u (uid 100)", ""
            ),
            (
                debian, "adduser --system --ingroup NOGROUP u", "u", .failed, "The group `NOGROUP' does not exist.",
                "Create the group"
            ),
            (debian, "adduser --system svc", "svc", .passed, "svc (uid 100)", ""),
            (
                debian, "adduser -D plain", "plain", .failed, "Option d is ambiguous",
                "Debian's commands take the long options"
            ),
            (debian, "addgroup -S g && adduser -S -G g u", "u", .failed, "ambiguous", "Debian's commands"),
            (debian, "adduser --disabled-password --gecos \"\" u5", "u5", .passed, "u5 (uid 1001)", ""),
            (debian, "groupadd -r g2 && useradd -r -g g2 u2", "u2", .passed, "u2 (uid 999)", ""),
            (debian, "useradd -m u4", "u4", .passed, "u4 (uid 1001)", ""),
            (
                debian, "useradd u4 && useradd u4", "u4", .failed, "user 'u4' already exists",
                "The image has that name already"
            ),
            (debian, "useradd u4; useradd u4; true", "u4", .passed, "u4 (uid 1001)", ""),
            (debian, "useradd -u 1000 u", "u", .failed, "UID 1000 is not unique", "The number is taken"),
            (debian, "useradd -g nosuch u", "u", .failed, "group 'nosuch' does not exist", "Create the group first"),
            (
                debian, "useradd -r -s /sbin/nologin u && usermod -o -u 0 u", "u", .failed,
                "is root: the user number is 0", ""
            ),
            (debian, "usermod -l captain node", "captain", .passed, "captain (uid 1000)", ""),
            (debian, "sudo useradd u", "u", .failed, "sudo: not found", "Leave `sudo` out"),
            (debian, "useradd u && USER u", "u", .failed, "USER: not found", "`USER` is an instruction of its own"),
            (trixie, tutorial, "appuser", .failed, "addgroup: not found", "use groupadd and useradd"),
            (trixie, "groupadd -r g && useradd -r -g g u", "u", .passed, "u (uid 999)", ""),
            (alpine, tutorial, "appuser", .passed, "appuser (uid 100)", ""),
            (
                alpine, "addgroup --system g && addgroup --system g", "g", .failed, "group 'g' in use",
                "The image has that name"
            ),
            (
                alpine, "adduser --system --ingroup NOGROUP u", "u", .failed, "unknown group NOGROUP",
                "Create the group first"
            ),
            (alpine, "addgroup -S g && adduser -S -G g -D u2", "u2", .passed, "u2 (uid 100)", ""),
            (alpine, "adduser -D plain", "plain", .passed, "plain (uid 1001)", ""),
            (alpine, "groupadd -r g2 && useradd -r -g g2 u2", "u2", .failed, "not found", "use addgroup and adduser"),
        ]
    private static let debian = "node:lts-slim"
    private static let trixie = "node:24-trixie-slim"
    private static let alpine = "node:24-alpine"
    private static let tutorial = "addgroup --system appgroup && adduser --system --ingroup appgroup appuser"

    @Test("follows every spelling of the account commands", arguments: accounts)
    func follows(base: String, run: String, user: String, state: CheckResult.State, message: String, fix: String) throws
    {
        let text = CheckFixture.classic("RUN \(run)\nUSER \(user)", from: base)
        let result = try CheckFixture.check("user-non-root", text)
        #expect(result.state == state, "\(result.message)")
        #expect(result.message.contains(message), "\(result.message)")
        #expect(fix.isEmpty || result.fix?.contains(fix) == true, "\(result.fix ?? "no fix")")
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
        CheckFixture.classic("USER NODE"), CheckFixture.classic("USER node # the user"),
        CheckFixture.classic("USER node:ghosts"), CheckFixture.classic("USER 2147483648"),
        CheckFixture.classic("RUN useradd -r appuser\nUSER appusr"), CheckFixture.classic("USER Root"),
        CheckFixture.classic("RUN groupadd app\nUSER app"), CheckFixture.classic("RUN useradd -r svc\nUSER app"),
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
