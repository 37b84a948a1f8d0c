// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("no-package-manager")
struct NoPackageManagerTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "no package manager"),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "package manager: /"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "no-package-manager") }
}
