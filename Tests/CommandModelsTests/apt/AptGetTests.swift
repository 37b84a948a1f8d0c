// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("apt-get")
struct AptGetTests {
    private static let reading = "Reading package lists...\nBuilding dependency tree...\nReading state information...\n"
    private static let status = [
        "/var/lib/dpkg/status":
            "Package: base-files\nStatus: install ok installed\nEssential: yes\nVersion: 1\n\nPackage: lib\nStatus: install ok installed\nVersion: 1\n\n"
            + "Package: tool\nStatus: install ok installed\nVersion: 2\nDepends: base-files, lib (>= 1)\n\n",
        "/var/lib/dpkg/info/tool.list": "/.\n/usr\n/usr/bin\n/usr/bin/tool\n", "/usr/bin/tool": "x",
    ]

    static let rows: [ModelRow] = [
        ModelRow("update", "apt-get update", out: "Reading package lists...\n"),
        ModelRow("clean", "apt-get clean"),
        ModelRow("no words", "apt-get"),
        ModelRow(
            "no list",
            "apt-get install -y curl",
            exit: 100,
            out: reading,
            err: "E: Unable to locate package curl\n",
            given: status
        ),
        ModelRow(
            "already there",
            "apt-get install -y base-files",
            out: reading + "base-files is already the newest version.\n",
            given: status
        ),
        ModelRow(
            "nobody knows it",
            "apt-get update >/dev/null; apt-get install -y curl",
            exit: nil,
            out: reading,
            given: status,
            unknown: ["apt-get installs curl, of which nothing is known here"]
        ),
        ModelRow(
            "from a file",
            "apt-get install ./x.deb",
            exit: nil,
            given: status,
            unknown: ["apt-get installs a package from a file that is not known"]
        ),
        ModelRow(
            "remove, without yes",
            "apt-get remove tool",
            exit: 1,
            out: "Do you want to continue? [Y/n] Abort.\n",
            given: status
        ),
        ModelRow(
            "remove, with what needs it",
            "apt-get remove -y lib",
            out: "Removing lib ...\nRemoving tool ...\n",
            given: status,
            after: [
                "/usr/bin/tool": nil,
                "/var/lib/dpkg/status":
                    "Package: base-files\nStatus: install ok installed\nEssential: yes\nVersion: 1\n\n",
            ]
        ),
        ModelRow(
            "remove what all need",
            "apt-get remove -y base-files",
            exit: 100,
            err: "E: Essential packages were removed and -y was used without --allow-remove-essential.\n",
            given: status
        ),
        ModelRow(
            "no such option",
            "apt-get --nosuch update",
            exit: 100,
            err: "E: Command line option --nosuch is not understood in combination with the other options\n"
        ),
        ModelRow(
            "no such letter",
            "apt-get -z update",
            exit: 100,
            err: "E: Command line option 'z' [from -z] is not understood in combination with the other options.\n"
        ),
        ModelRow("no such command", "apt-get frob", exit: 100, err: "E: Invalid operation frob\n"),
        ModelRow(
            "not root",
            "apt-get update",
            exit: 100,
            err:
                "E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\nE: Unable to lock directory /var/lib/apt/lists/\n",
            user: 1000
        ),
    ]

    @Test("installs and removes packages", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
