// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing

@Suite("copy-from-stage")
struct CopyFromStageTests {
    /// Lines of the last stage, the state and words of the message.
    static let rows = [
        lines("COPY --from=b /usr/local/app/node_modules ./node_modules", .passed, "node_modules comes from stage b."),
        lines("COPY --from=0 /usr/local/app/node_modules/ ./node_modules/", .passed, "from stage b"),
        lines("COPY --from=B /usr/local/app/node_modules* ./node_modules", .passed, "from stage b"),
        lines("COPY --from=b /usr/local/app/node_modules /usr/local/app/node_modules", .passed, "from stage b"),
        lines("COPY --from=b /usr/local/app/node_module[s] ./node_modules", .passed, "from stage b"),
        lines("COPY --from=b /usr/local/app/n?de_modules ./node_modules", .passed, "from stage b"),
        lines("COPY --from=b --parents /usr/local/app/node_modules /", .passed, "from stage b"),
        lines(
            "COPY --from=b --chown=node:node [\"/usr/local/app/node_modules\", \"./node_modules\"]",
            .passed,
            "stage b"
        ),
        lines(
            "COPY --from=b /usr/local/app/node_modules/* ./node_modules/",
            .failed,
            "pours the packages into one another"
        ),
        lines("COPY --from=b /usr/local/app/node_modules ./", .failed, "It lands in /app, where node does not look"),
        lines("COPY --from=b /usr/local/app/node_modules .", .failed, "COPY takes a folder's content"),
        lines(
            "COPY --from=b /usr/local/app/node_modules/views ./node_modules/views",
            .failed,
            "assets and 2 more are missing in the final image"
        ),
        lines(
            "COPY --from=b /srv/node_modules ./node_modules",
            .failed,
            "stage b, which does not have it at that path"
        ),
        lines("COPY --from=1 /usr/local/app/node_modules ./node_modules", .failed, "only a stage above its own"),
        lines("COPY --from=2 /usr/local/app/node_modules ./node_modules", .failed, "is no stage of this Dockerfile"),
        lines("ARG D=/usr/local/app/node_modules\nCOPY --from=b $D ./node_modules", .passed, "from stage b"),
        lines("COPY --from=b /usr/local/app ./", .passed, "within /usr/local/app"),
        lines("COPY --from=b /usr/local/app/package.json ./node_modules/", .failed, "the lesson's message"),
        lines("COPY node_modules ./node_modules", .failed, "Line 5 copies node_modules from the build context"),
        lines(
            "COPY --from=bulider /usr/local/app/node_modules ./node_modules",
            .failed,
            "from bulider, which is no stage"
        ),
        lines("COPY src ./src", .failed, "the lesson's message"),
    ]

    @Test("looks at what comes from where, and gives a diff that mends it", arguments: rows)
    func judges(row: CheckRow) throws {
        let parameters: [String: LessonParameter.Value] = ["path": .string("node_modules")]
        try row.holds(for: "copy-from-stage", parameters)
        guard row.state == .failed else { return }
        try CheckFixture.mends("copy-from-stage", row.text, parameters)
    }

    /// Lines of the build stage, and what the packages of the lock file say to the folder that comes from it.
    static let packageRows: [(lines: String, state: CheckResult.State, message: String)] = [
        ("COPY package*.json ./\nRUN npm ci --production", .passed, "node_modules comes from stage b."),
        ("RUN mkdir node_modules", .failed, "without the packages of package-lock.json: accepts and"),
        ("RUN mkdir node_modules && touch node_modules/.package-lock.json", .failed, "without the packages"),
        ("COPY package.json ./node_modules/express/", .failed, "without the packages"),
        (
            "COPY package*.json ./\nRUN npm ci --production && rm -r node_modules/express", .failed,
            "express is not in it"
        ),
        (
            "COPY package*.json ./\nRUN wget -qO- https://example.org/install | sh", .unknown,
            "it is not known what is in it"
        ),
    ]

    @Test("asks for the packages of the lock file where it is told to", arguments: packageRows.indices)
    func asksForPackages(index: Int) throws {
        let row = Self.packageRows[index]
        let text =
            "FROM \(CheckFixture.runtime)-dev AS b\nWORKDIR /usr/local/app\n\(row.lines)\nFROM \(CheckFixture.runtime)\n"
            + "COPY --from=b /usr/local/app/node_modules ./node_modules\n"
        let result = try CheckFixture.check(
            "copy-from-stage",
            text,
            ["path": .string("node_modules"), "lock": .string("package-lock.json")]
        )
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }

    @Test("takes a folder of NODE_PATH for the packages' folder, and only that")
    func nodePath() throws {
        for (folder, state) in [("/opt/modules", CheckResult.State.passed), ("/opt/others", .failed)] {
            let result = try CheckFixture.check(
                "copy-from-stage",
                "FROM \(CheckFixture.runtime)-dev AS b\nWORKDIR /w\nCOPY package*.json ./\nRUN npm ci --production\n"
                    + "FROM \(CheckFixture.runtime)\nENV NODE_PATH=/nowhere:/opt/modules\n"
                    + "COPY --from=b /w/node_modules \(folder)\n",
                ["path": .string("node_modules"), "lock": .string("package-lock.json")]
            )
            #expect(result.state == state, "\(result.message)")
        }
    }

    private static func lines(_ lines: String, _ state: CheckResult.State, _ message: String) -> CheckRow {
        let runtime = CheckFixture.runtime
        return CheckRow(
            "FROM \(runtime)-dev AS b\nWORKDIR /usr/local/app\nCOPY src ./node_modules\nFROM \(runtime)\n\(lines)\n",
            state,
            message
        )
    }
}
