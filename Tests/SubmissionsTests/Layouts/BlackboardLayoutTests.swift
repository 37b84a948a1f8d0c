// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@Suite("Downloads of Blackboard")
struct BlackboardLayoutTests {
    private static let mended = HandedIn.mended

    static let downloads: [(files: [String: String], lines: [String])] = [
        (
            [
                "HW3_ada1_attempt_2026-09-01-10-00-00.txt": "Name: Ada Lovelace (ada1)\nAssignment: HW3\n",
                "HW3_ada1_attempt_2026-09-01-10-00-00_Dockerfile": mended,
                "HW3_bob2_attempt_2026-09-01-11-00-00.txt": "Name: Bob B (bob2)\r\nThere is no student submission text",
                "HW3_bob2_attempt_2026-09-01-11-00-00_my_Dockerfile.txt": mended,
            ],
            ["ada1 #1: Dockerfile", "bob2 #1: my_Dockerfile.txt"]
        ),
        (
            [
                "HW3_ada1_attempt_2026-09-01-10-00-00_Dockerfile": HandedIn.other,
                "HW3_ada1_attempt_2026-09-01-10-00-00.txt": "Name: Ada (ada1)",
                "HW3_ada1_attempt_2026-09-03-10-00-00_Dockerfile": mended,
                "HW3_ada1_attempt_2026-09-03-10-00-00.txt": "Name: Ada (ada1)",
            ],
            [
                "ada1 #2: Dockerfile | An earlier attempt was not judged: HW3_ada1_attempt_2026-09-01-10-00-00_Dockerfile."
            ]
        ),
        (
            [
                "My_HW_ada_l_attempt_2026-09-01-10-00-00_Dockerfile": mended,
                "My_HW_ada_l_attempt_2026-09-01-10-00-00.txt": "Name: Ada (ada_l)",
                "My_HW_bob_attempt_2026-09-01-10-00-00.txt": "Name: Bob (bob)\nI could not finish.",
            ],
            ["ada_l #1: Dockerfile", "bob: only a text or a link was handed in"]
        ),
    ]

    @Test("have a row a person, with the latest attempt", arguments: rows(downloads))
    func read(row: NumberedRow<(files: [String: String], lines: [String])>) throws {
        #expect(try described(row.value.files) == row.value.lines)
    }
}
