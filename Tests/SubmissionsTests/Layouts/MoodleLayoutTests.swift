// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@Suite("Downloads of Moodle")
struct MoodleLayoutTests {
    private static let mended = HandedIn.mended

    static let downloads: [(files: [String: String], lines: [String])] = [
        (
            [
                "Ada Lovelace_123_assignsubmission_file_/Dockerfile": mended,
                "Ada Lovelace_123_assignsubmission_onlinetext_/onlinetext.html": "<p>hi</p>",
                "Bob B_124_assignsubmission_file_/project/HW_Dockerfile": mended,
            ],
            [
                "Ada Lovelace_123: Dockerfile | "
                    + "Ada Lovelace_123_assignsubmission_onlinetext_ is a text or a link, for a person to read.",
                "Bob B_124: project/HW_Dockerfile",
            ]
        ),
        (
            [
                "Ada Lovelace_123_assignsubmission_file_Dockerfile": mended,
                "Ada Lovelace_123_assignsubmission_file_notes.pdf": "x",
                "Bob_124_assignsubmission_onlinetext_onlinetext.html": "<p>",
            ],
            ["Ada Lovelace_123: Dockerfile", "Bob_124: only a text or a link was handed in"]
        ),
        (
            [
                "Participant_7_assignsubmission_file/Dockerfile": mended,
                "Team Blue_8_assignsubmission_file_/work.zip": "", "Änne Öz_9_assignsubmission_file_/x.docx": "x",
            ],
            [
                "Participant_7: Dockerfile", "Team Blue_8: this is neither a Dockerfile nor an archive",
                "Änne Öz_9: ungradable",
            ]
        ),
        // One person alone in a download is still one, by name.
        (["Ada_1_assignsubmission_file_/Dockerfile": mended], ["Ada_1: Dockerfile"]),
    ]

    @Test("have a row a person, texts beside the work", arguments: rows(downloads))
    func read(row: NumberedRow<(files: [String: String], lines: [String])>) throws {
        #expect(try described(row.value.files) == row.value.lines)
    }
}
