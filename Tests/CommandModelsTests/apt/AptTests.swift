// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("apt")
struct AptTests {
    private static let warning =
        "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n"

    static let rows: [ModelRow] = [
        ModelRow("update", "apt update", out: "Reading package lists...\n", err: warning),
        ModelRow("no words", "apt"),
        ModelRow("list", "apt list", exit: nil, err: warning, unknown: ["what apt list prints is not known"]),
        ModelRow("no such command", "apt frob", exit: 100, err: warning + "E: Invalid operation frob\n"),
        ModelRow(
            "no such option",
            "apt --nosuch",
            exit: 100,
            err: "E: Command line option --nosuch is not understood in combination with the other options\n"
        ),
        ModelRow(
            "not root",
            "apt install x",
            exit: 100,
            err: warning
                + "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
            user: 1000
        ),
    ]

    @Test("warns of scripts and does what apt-get does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
