// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("a2enmod")
struct A2enmodTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "a module",
            "a2enmod rewrite; [ -e /etc/hostname2 ] || echo none",
            out: "none\n",
            unknown: ["a2enmod makes or takes away links in Apache's folders; which is not followed"]
        ),
        ModelRow(
            "its folder is open afterwards",
            "a2dissite 000-default; [ -e /etc/apache2/sites-enabled/x ]",
            exit: nil,
            unknown: ["a2dissite makes or takes away links in Apache's folders; which is not followed"]
        ),
        ModelRow(
            "by somebody else",
            "a2enconf x",
            exit: nil,
            unknown: ["whether a2enconf may write is not known"],
            user: 1000
        ),
    ]

    @Test("leaves everything but Apache's folders alone", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
