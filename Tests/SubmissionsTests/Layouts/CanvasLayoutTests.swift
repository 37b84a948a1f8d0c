// SPDX-License-Identifier: Apache-2.0

import SeaworthyTestSupport
import Testing

@Suite("Downloads of Canvas")
struct CanvasLayoutTests {
    private static let mended = HandedIn.mended

    static let downloads: [(files: [String: String], lines: [String])] = [
        (
            [
                "leeann_1001_2001_Dockerfile": mended, "kimbo_1002_2002_Dockerfile copy": mended,
                "adak_1003_2003_Dockerfile_ada": mended, "zoe_1004_2004_Dockerfile-zoe.txt": mended,
            ],
            [
                "adak_1003 #1: Dockerfile_ada", "kimbo_1002 #1: Dockerfile copy", "leeann_1001 #1: Dockerfile",
                "zoe_1004 #1: Dockerfile-zoe.txt",
            ]
        ),
        (
            [
                "lee_1001_2001_Dockerfile": mended, "lee_1001_2002_notes.docx": "x",
                "lee_1001_2003_screen_shot_1.png": "x",
            ],
            ["lee_1001 #1: Dockerfile"]
        ),
        (
            [
                "kim_LATE_1002_2003_Dockerfile": HandedIn.other, "kim_LATE_1002_2004_Dockerfile-1": mended,
                "bob_LATE_1003_2009_Dockerfile": mended, "ann_1004_2010_work-2.zip": "",
            ],
            [
                "ann_1004 #3: this is neither a Dockerfile nor an archive", "bob_1003 #1 late: Dockerfile",
                "kim_1002 #2 late: Dockerfile | An earlier attempt was not judged: kim_LATE_1002_2003_Dockerfile.",
            ]
        ),
        (
            ["lee_1001_2001_Dockerfile": mended, "kim_1002_text.html": "<p>", "bob_LATE_1003_2003_link.html": "<a>"],
            [
                "bob_1003 late: only a text or a link was handed in", "kim_1002: only a text or a link was handed in",
                "lee_1001 #1: Dockerfile",
            ]
        ),
        (
            ["lee_1001_2001_Dockerfile": mended, "lee_1001_text.html": "<p>"],
            ["lee_1001 #1: Dockerfile | lee_1001_text.html is a text or a link, for a person to read."]
        ),
        (
            ["anon_17_2001_Dockerfile": mended, "anon_18_2002_essay.pdf": "x", "a_b_1_2_Dockerfile": mended],
            ["a_b_1 #1: Dockerfile", "anon_17 #1: Dockerfile", "anon_18 #1: ungradable"]
        ),
        (
            ["lee_1001_2001_Dockerfile": HandedIn.starter, "lee_1001_2002_Dockerfile.fixed": mended],
            ["lee_1001 #1: Dockerfile.fixed"]
        ),
        (
            ["lee_1001_2001_Dockerfile": HandedIn.other, "lee_1001_2005_Dockerfile": mended],
            ["lee_1001 #1: Dockerfile | An earlier attempt was not judged: lee_1001_2001_Dockerfile."]
        ),
    ]

    @Test("have a row a person, with the latest attempt", arguments: rows(downloads))
    func read(row: NumberedRow<(files: [String: String], lines: [String])>) throws {
        #expect(try described(row.value.files) == row.value.lines)
    }
}
