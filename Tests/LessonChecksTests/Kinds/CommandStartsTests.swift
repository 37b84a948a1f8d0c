// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("command-starts")
struct CommandStartsTests {
    /// Base, command lines, state and words of the message; the table of the hardened images' trap.
    static let rows = [
        trap("node:lts-slim", "CMD [\"node\",\"src/index.js\"]", .passed, "starts"),
        trap("node:lts-slim", "CMD [\"src/index.js\"]", .passed, "node in front"),
        trap("node:lts-slim", "CMD [\"npm\",\"start\"]", .passed, "npm"),
        trap("node:lts-slim", "CMD node src/index.js", .passed, "starts"),
        trap("node:lts-slim", "CMD [\"--version\"]", .passed, "node in front"),
        trap("node:lts-slim", "CMD [\"src/none.js\"]", .failed, "/usr/local/app/src/none.js"),
        trap("node:lts-slim", "CMD [\"node\",\"none.js\"]", .failed, "/usr/local/app/none.js"),
        trap("node:lts-slim", "CMD [\"node\",\"src/index\"]", .passed, "starts"),
        trap(CheckFixture.runtime, "CMD [\"node\",\"src/index.js\"]", .passed, "starts node"),
        trap(CheckFixture.runtime, "CMD [\"src/index.js\"]", .failed, "it has no execute permission"),
        trap(CheckFixture.runtime, "CMD [\"npm\",\"start\"]", .failed, "has no npm"),
        trap(CheckFixture.runtime, "CMD node src/index.js", .failed, "shell form"),
        trap(CheckFixture.runtime, "CMD [\"--version\"]", .failed, "has no --version"),
        trap(CheckFixture.runtime, "ENTRYPOINT [\"node\"]\nCMD [\"src/index.js\"]", .passed, "starts node"),
        trap(
            CheckFixture.runtime,
            "ENTRYPOINT [\"node\"]\nCMD [\"node\",\"src/index.js\"]",
            .failed,
            "/usr/local/app/node"
        ),
        trap(CheckFixture.runtime, "CMD [\"/usr/local/bin/node\",\"/usr/local/app/src/index.js\"]", .passed, "starts"),
        trap(CheckFixture.runtime, "", .passed, "starts node"),
        trap(CheckFixture.runtime + "-dev", "CMD [\"src/index.js\"]", .failed, "execute src/index.js itself"),
        trap(CheckFixture.runtime + "-dev", "CMD [\"npm\",\"start\"]", .passed, "starts npm"),
        trap(CheckFixture.runtime + "-dev", "CMD node src/index.js", .passed, "starts /bin/sh"),
        trap("example.org/x", "CMD [\"src/index.js\"]", .unknown, "it may have an entrypoint"),
        trap("example.org/x", "ENTRYPOINT [\"serve\"]", .unknown, "not fully known"),
        trap(CheckFixture.runtime, "CMD [\"node\",\"--check\",\"src/index.js\"]", .failed, "With `--check` node"),
        trap(CheckFixture.runtime, "CMD [\"node\",\"--trace-warnings\",\"src/index.js\"]", .passed, "starts node"),
        trap(
            CheckFixture.runtime,
            "COPY --chmod=600 src ./s\nCMD [\"node\",\"s/index.js\"]",
            .failed,
            "who may not read"
        ),
        trap(CheckFixture.runtime, "ENV A=src/index.js\nCMD [\"node\",\"$A\"]", .failed, "/usr/local/app/$A"),
        trap(CheckFixture.runtime, "CMD [\"node\",\"src/index.js\"]\nUSER", .failed, "There is no image to judge"),
        trap("scratch", "", .failed, "neither ENTRYPOINT nor CMD"),
        trap("scratch", "CMD [\"/server\"]", .failed, "has no /server"),
    ]

    @Test("follows the table of the trap", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "command-starts") }

    private static func trap(_ base: String, _ lines: String, _ state: CheckResult.State, _ message: String) -> CheckRow
    {
        CheckRow("FROM \(base)\nWORKDIR /usr/local/app\nCOPY src/ ./src/\n\(lines)\n", state, message)
    }

    static let mendable = [
        "FROM \(CheckFixture.runtime)\nCOPY src ./src\nCMD [\"src/index.js\"]\n",
        "FROM \(CheckFixture.runtime)\nCOPY src ./src\nCMD node src/index.js",
        "FROM \(CheckFixture.runtime)\nCOPY src ./src\nCMD ['node', 'src/index.js']\nUSER node\n",
        "FROM \(CheckFixture.runtime)\nCOPY src ./src\nCMD [\"npm\", \"start\"]\n",
        "FROM \(CheckFixture.runtime)\nCOPY src ./src\nENTRYPOINT [\"sh\", \"-c\", \"node src/index.js\"]\n",
    ]

    @Test("gives a diff that patch takes and that mends the file", arguments: mendable.indices)
    func mends(index: Int) throws { try CheckFixture.mends("command-starts", Self.mendable[index]) }
}
