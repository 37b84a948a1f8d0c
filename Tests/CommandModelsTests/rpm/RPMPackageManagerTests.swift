// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("package managers of other distributions")
struct RPMPackageManagerTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "dnf",
            "dnf -y install httpd",
            exit: nil,
            unknown: ["dnf install changes packages in a way that is not followed"]
        ),
        ModelRow(
            "no words",
            "microdnf",
            exit: nil,
            unknown: ["microdnf  changes packages in a way that is not followed"]
        ),
        ModelRow("a version", "yum --version", exit: nil, unknown: ["the version of yum is not known"]),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
