// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("realpath")
struct RealpathTests {
    static let rows: [ModelRow] = [
        ModelRow("without links", "mkdir d; ln -s d l; realpath l/../d/./x", out: "/w/d/x\n"),
        ModelRow("--relative-to", "mkdir -p a/b; realpath --relative-to=a/b .", out: "../..\n"),
        ModelRow("-e needs the file", "realpath -e x", exit: 1, err: "realpath: x: No such file or directory\n"),
        ModelRow("-q is silent", "realpath -qe x", exit: 1),
        ModelRow("-m needs nothing", "realpath -m x/y", out: "/w/x/y\n"),
        ModelRow("no operand", "realpath", exit: 1, err: "realpath: missing operand\n" + ModelRow.tryHelp("realpath")),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
