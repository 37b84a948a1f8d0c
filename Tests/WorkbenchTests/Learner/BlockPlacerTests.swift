// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons
import Testing

@testable import Workbench

@Suite("Lines of a lesson in a Dockerfile")
struct BlockPlacerTests {
    struct Row: Sendable {
        let what: String
        let anchor: LessonCodeBlock.Placement.Anchor
        let before: String
        /// Nil when the lines are there already.
        let after: String?
    }

    static let block = "RUN make\nUSER app\n"

    static let rows: [Row] = [
        Row(
            what: "in front",
            anchor: .before("EXPOSE"),
            before: "FROM a\nEXPOSE 1\nCMD x\n",
            after: "FROM a\nRUN make\nUSER app\nEXPOSE 1\nCMD x\n"
        ),
        Row(
            what: "any case",
            anchor: .before("expose"),
            before: "from a\nexpose 1\n",
            after: "from a\nRUN make\nUSER app\nexpose 1\n"
        ),
        Row(
            what: "first of several",
            anchor: .before("EXPOSE"),
            before: "FROM a\nEXPOSE 1\nEXPOSE 2",
            after: "FROM a\nRUN make\nUSER app\nEXPOSE 1\nEXPOSE 2"
        ),
        Row(
            what: "the last stage",
            anchor: .before("EXPOSE"),
            before: "FROM a\nEXPOSE 1\nFROM b\nEXPOSE 2\n",
            after: "FROM a\nEXPOSE 1\nFROM b\nRUN make\nUSER app\nEXPOSE 2\n"
        ),
        Row(
            what: "behind the last, at an end without a line feed",
            anchor: .after("COPY"),
            before: "FROM a\nCOPY a b\nCOPY c d",
            after: "FROM a\nCOPY a b\nCOPY c d\nRUN make\nUSER app\n"
        ),
        Row(
            what: "behind a continued line",
            anchor: .after("RUN"),
            before: "FROM a\nRUN x \\\n  y\nCMD z\n",
            after: "FROM a\nRUN x \\\n  y\nRUN make\nUSER app\nCMD z\n"
        ),
        Row(
            what: "in place",
            anchor: .replacing("CMD"),
            before: "FROM a\nCMD [\"x\", \\\n \"y\"]\n# end\n",
            after: "FROM a\nRUN make\nUSER app\n# end\n"
        ),
        Row(
            what: "Windows lines",
            anchor: .before("EXPOSE"),
            before: "FROM a\r\nEXPOSE 1\r\n",
            after: "FROM a\r\nRUN make\r\nUSER app\r\nEXPOSE 1\r\n"
        ),
        Row(
            what: "not in a comment or a heredoc",
            anchor: .before("EXPOSE"),
            before: "FROM a\n# EXPOSE 0\nRUN <<E\nEXPOSE 1\nE\nEXPOSE 2\n",
            after: "FROM a\n# EXPOSE 0\nRUN <<E\nEXPOSE 1\nE\nRUN make\nUSER app\nEXPOSE 2\n"
        ),
        Row(
            what: "there already",
            anchor: .before("EXPOSE"),
            before: "FROM a\nRUN make  \nUSER app\nEXPOSE 1\n",
            after: nil
        ),
        Row(
            what: "there already, without the instruction",
            anchor: .before("EXPOSE"),
            before: "FROM a\nRUN make\nUSER app",
            after: nil
        ),
        Row(
            what: "there in an earlier stage only",
            anchor: .before("EXPOSE"),
            before: "FROM a\nRUN make\nUSER app\nFROM b\nEXPOSE 1\n",
            after: "FROM a\nRUN make\nUSER app\nFROM b\nRUN make\nUSER app\nEXPOSE 1\n"
        ),
    ]

    @Test("go to their place, and every other byte stays", arguments: rows.indices)
    func places(index: Int) throws {
        let row = Self.rows[index]
        let placer = BlockPlacer(Self.block, at: .init(file: "Dockerfile", anchor: row.anchor))
        let placed = try placer.placed(in: Array(row.before.utf8), of: "Dockerfile")
        #expect(placed.map { String(decoding: $0, as: UTF8.self) } == row.after, "\(row.what)")
        guard let placed else { return }
        #expect(try placer.placed(in: placed, of: "Dockerfile") == nil, "once: \(row.what)")
    }

    @Test(
        "are refused where they have no place",
        arguments: ["FROM a\nCMD x\n", "", "FROM a\nEXPOSE 1\nFROM b\n", "\u{FEFF}# only\n"]
    )
    func refuses(text: String) {
        let placer = BlockPlacer(Self.block, at: .init(file: "Dockerfile", anchor: .before("EXPOSE")))
        #expect(throws: Failure.self) { try placer.placed(in: Array(text.utf8), of: "Dockerfile") }
        #expect(throws: Failure.self) {
            try placer.placed(in: [0xFF, 0xFE, 0x46, 0, 0x52, 0], of: "Dockerfile")
        }
    }

    @Test("a part of a Dockerfile names no base image")
    func parts() {
        for part in ["RUN x\nUSER y\n", "CMD [\"x\"]", "# note\nENV a=b\n"] {
            #expect(BlockPlacer.isPart(Array(part.utf8)))
        }
        for whole in ["FROM a\nRUN x\n", "ARG v=1\nFROM a:$v\n", "", "# nothing\n"] {
            #expect(!BlockPlacer.isPart(Array(whole.utf8)), "\(whole)")
        }
    }
}
