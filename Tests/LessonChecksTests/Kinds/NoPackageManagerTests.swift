// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("no-package-manager")
struct NoPackageManagerTests {
    static let rows = [
        CheckRow("FROM \(CheckFixture.runtime)\n", .passed, "no package manager"),
        CheckRow("FROM \(CheckFixture.runtime)-dev\n", .failed, "package manager: /"),
        copied("/sbin/apk /opt/install", .failed, "/opt/install"),
        copied("/opt/nodejs/node-v24.19.0/lib/node_modules/npm /opt/npm", .failed, "/opt/npm/bin/npm-cli.js"),
        copied("/usr/local/bin/npx /opt/x", .failed, "/opt/x"),
        copied("--chmod=644 /opt/yarn /opt/yarn", .failed, "/opt/yarn/bin/yarn.js"),
        copied("/opt/nodejs/node-v24.19.0/bin/node /opt/npm", .passed, "no package manager"),
        copied("/usr/bin/git /usr/local/bin/apt", .passed, "no package manager"),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --chmod=755 package.json /usr/local/bin/npm\n",
            .passed,
            "no package manager"
        ),
        CheckRow(
            "FROM \(CheckFixture.runtime)\nCOPY --from=example.org/x /uv /usr/local/bin/uv\n",
            .unknown,
            "nobody here knows"
        ),
    ]

    /// A last stage that copies something of the -dev image.
    private static func copied(_ words: String, _ state: CheckResult.State, _ message: String) -> CheckRow {
        let runtime = CheckFixture.runtime
        return CheckRow("FROM \(runtime)-dev AS a\nFROM \(runtime)\nCOPY --from=a \(words)\n", state, message)
    }

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "no-package-manager") }
}
