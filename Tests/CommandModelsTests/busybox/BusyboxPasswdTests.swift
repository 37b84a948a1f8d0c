// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("BusyBox: passwd")
struct BusyboxPasswdTests {
    static let rows: [ModelRow] = [
        .account(
            "lock",
            "passwd -l node; tail -n 1 /etc/shadow",
            out: "passwd: password for node changed by root\nnode:!:1:0:99999:7:::\n",
            programs: .busybox
        ),
        .account(
            "delete",
            "passwd -d node; tail -n 1 /etc/shadow",
            out: "passwd: password for node changed by root\nnode::1:0:99999:7:::\n",
            programs: .busybox
        ),
        .account("missing", "passwd -l nosuch", exit: 1, err: "passwd: unknown user nosuch\n", programs: .busybox),
        .account(
            "status",
            "passwd -S node",
            exit: nil,
            unknown: ["what passwd tells of an account is not known"],
            programs: .busybox
        ),
        .account(
            "no such option",
            "passwd -z",
            exit: 1,
            err: "passwd: unrecognized option: z\n" + ModelRow.busyboxUsage("passwd"),
            programs: .busybox
        ),
    ]

    @Test("sets and locks passwords as Alpine does", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
