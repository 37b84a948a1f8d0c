// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("tar")
struct TarTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "-x",
            "touch a.tar; tar xf a.tar",
            exit: nil,
            unknown: ["tar unpacks an archive below /w: what it holds is not known"]
        ),
        ModelRow(
            "-C",
            "touch a.tar; tar -xf a.tar -C /tmp",
            exit: nil,
            unknown: ["tar unpacks an archive below /tmp: what it holds is not known"]
        ),
        ModelRow("-t", "touch a; tar tf a", exit: nil, unknown: ["what an archive holds is not known"]),
        ModelRow("-c", "tar cf a.tar x", unknown: ["the archive a.tar that tar writes is not followed"]),
        ModelRow(
            "an archive that is missing",
            "tar xf a.tar",
            exit: 2,
            err: "tar: a.tar: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n"
        ),
        ModelRow(
            "a folder that is missing",
            "touch a; tar -xf a -C d",
            exit: 2,
            err: "tar: d: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n"
        ),
        ModelRow(
            "long words",
            "touch a; tar --extract --file=a --directory /tmp",
            exit: nil,
            unknown: ["tar unpacks an archive below /tmp: what it holds is not known"]
        ),
        ModelRow("nothing to do", "tar", exit: nil, unknown: ["this use of tar is not followed"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
