// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("update-ca-certificates")
struct UpdateCaCertificatesTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "is said",
            "update-ca-certificates",
            unknown: ["the certificate bundle that update-ca-certificates writes is not modelled"]
        ),
        ModelRow(
            "--fresh",
            "update-ca-certificates --fresh",
            unknown: ["the certificate bundle that update-ca-certificates writes is not modelled"]
        ),
        ModelRow(
            "goes on",
            "update-ca-certificates && echo a",
            out: "a\n",
            unknown: ["the certificate bundle that update-ca-certificates writes is not modelled"]
        ),
        ModelRow(
            "not for everybody on the way",
            "PATH=/bin update-ca-certificates",
            exit: 127,
            err: "sh: 1: update-ca-certificates: not found\n"
        ),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
