// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("dpkg")
struct DpkgTests {
    static let rows: [ModelRow] = [
        ModelRow("the architecture", "dpkg --print-architecture", out: "amd64\n"),
        ModelRow("-l", "dpkg -l", exit: nil, unknown: ["the output of dpkg is not known"]),
        ModelRow(
            "-i",
            "dpkg -i a.deb",
            exit: nil,
            unknown: ["dpkg installs or changes packages from files that are not known"]
        ),
        ModelRow(
            "without rights",
            "dpkg -i a.deb",
            exit: 2,
            err: "dpkg: error: requested operation requires superuser privilege\n",
            user: 7
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
