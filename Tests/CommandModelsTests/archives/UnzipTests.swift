// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("unzip")
struct UnzipTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "here",
            "unzip a.zip",
            exit: nil,
            unknown: ["unzip unpacks an archive below /w: what it holds is not known"]
        ),
        ModelRow(
            "-d",
            "unzip a.zip -d /opt/x",
            exit: nil,
            unknown: ["unzip unpacks an archive below /opt/x: what it holds is not known"]
        ),
        ModelRow(
            "-d without a folder",
            "unzip a.zip -d",
            exit: nil,
            unknown: ["unzip unpacks an archive below /w: what it holds is not known"]
        ),
        ModelRow(
            "no words",
            "unzip",
            exit: nil,
            unknown: ["unzip unpacks an archive below /w: what it holds is not known"]
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
