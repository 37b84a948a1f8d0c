// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Judgements
import Lessons
import Testing

@Suite("user-non-root and the policy of the same question")
struct UserAgreementTests {
    /// What stands before EXPOSE on `node:lts-slim`, and what both say.
    static let table: [(extra: String, state: CheckResult.State)] = [
        ("", .failed), ("USER root", .failed), ("USER 0", .failed), ("USER -0:1", .failed), ("USER :node", .failed),
        ("USER root:ghosts", .failed), ("USER node", .passed), ("USER node:node", .passed), ("USER 10001", .passed),
        ("USER 01000", .passed), ("USER ghost", .failed), ("USER node:ghosts", .failed), ("USER 1000:ghosts", .failed),
        ("USER node:nogroup", .passed), ("USER 10001:4711", .passed), ("USER 2147483648", .failed),
        ("USER 99999999999999999999", .failed), ("USER -1", .failed), ("USER node:2147483648", .failed),
        ("USER Root", .failed), ("USER toor", .failed),
        ("RUN echo 'words:x:many:1::/:' >> /etc/passwd\nUSER words", .failed),
        ("RUN echo 'short' >> /etc/passwd\nUSER short", .failed),
        ("RUN echo 'wide:x:4294967296:1::/:' >> /etc/passwd\nUSER wide", .failed),
        ("RUN echo ' blank:x:7:7::/:' >> /etc/passwd\nUSER blank", .passed),
        ("RUN printf 'dos:x:7:7::/:\\r\\n' >> /etc/passwd\nUSER dos", .passed),
        ("RUN sed -i '/^nogroup/d' /etc/group\nUSER node:nogroup", .failed),
        ("RUN rm /etc/passwd\nUSER node", .failed), ("RUN rm /etc/passwd\nUSER 1000", .passed),
        ("RUN rm /etc/passwd\nUSER root", .failed),
        ("RUN node make-user.js\nUSER app", .unknown), ("RUN node make-user.js\nUSER 1000:app", .unknown),
        ("RUN node make-user.js\nUSER 1000", .passed), ("RUN node make-user.js\nUSER root", .failed),
    ]

    @Test("say the same", arguments: table)
    func agree(extra: String, state: CheckResult.State) throws {
        func check(_ kind: String) -> LessonCheck {
            LessonCheck(
                id: "x." + kind,
                title: kind,
                points: 1,
                kind: kind,
                message: "m",
                place: .file("lesson.yaml", line: 1, column: 1)
            )
        }
        let checks = [check("user-non-root"), check("policies")]
        let results = try CheckFixture.report(checks, CheckFixture.classic(extra)).checks
        #expect(results[0].state == state, "\(results[0].message)")
        let message = results[1].message
        let parts = message.split(separator: "no data for:", maxSplits: 1, omittingEmptySubsequences: false)
        let policy: CheckResult.State =
            message.contains("No default non-root user found")
            ? .failed : parts.count == 2 && parts[1].contains("Default non-root user") ? .unknown : .passed
        // Of a failed policy only the failed ones are named, so a doubt beside it cannot be read off.
        if results[1].state != .failed || policy == .failed || state == .failed {
            #expect(policy == state, "\(message)")
        }
    }
}
