// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("node")
struct NodeTests {
    private static let prints = "what a program of Node.js prints is not known"
    private static let any = "a program of Node.js is not followed"

    static let rows: [ModelRow] = [
        ModelRow("version by environment", "NODE_VERSION=24.1.0-x node -v", out: "v24.1.0\n"),
        ModelRow("version that is not known", "node --version", out: "v0.0.0\n"),
        ModelRow("a script", "node x.js", exit: nil, unknown: ["node runs x.js, which is not followed"]),
        ModelRow(
            "by its other name",
            "nodejs",
            exit: nil,
            unknown: ["node runs standard input, which is not followed"]
        ),
        ModelRow("a value on the line", "node -e 1", exit: nil, unknown: [prints]),
        ModelRow("a value that is printed", "node -p 'process.versions.v8'", exit: nil, unknown: [prints]),
        ModelRow(
            "a field of package.json",
            "node -pe \"require('./package.json').version\"",
            exit: nil,
            unknown: [prints]
        ),
        ModelRow(
            "a secret of random bytes",
            "node -e 'console.log(require(\"crypto\").randomBytes(8).toString(\"hex\"))'",
            exit: nil,
            unknown: [prints]
        ),
        ModelRow(
            "a name of its own",
            "node -e 'const v = process.version; console.log(v)'",
            exit: nil,
            unknown: [prints]
        ),
        ModelRow("by its long name", "node --eval='console.log(1)'", exit: nil, unknown: [prints]),
        ModelRow(
            "what writes a file",
            "node -e 'require(\"fs\").writeFileSync(\"/x\", \"\")'",
            exit: nil,
            unknown: [any]
        ),
        ModelRow(
            "what starts a program",
            "node -e 'require(\"child_process\").execSync(\"x\")'",
            exit: nil,
            unknown: [any]
        ),
        ModelRow("a module of a package", "node -e 'require(\"./x.js\")'", exit: nil, unknown: [any]),
        ModelRow("a module that is brought in", "node -e 'import(\"fs\")'", exit: nil, unknown: [any]),
        ModelRow("a member by a computed name", "node -e 'process[\"ex\" + \"it\"](1)'", exit: nil, unknown: [any]),
        ModelRow("a member by a text that is called", "node -e 'process[\"abort\"]()'", exit: nil, unknown: [any]),
        ModelRow("a name that hides another", "node -e 'const log = eval; log(1)'", exit: nil, unknown: [any]),
        ModelRow(
            "a function of its own that is called",
            "node -e 'const f = process.exit; f(1)'",
            exit: nil,
            unknown: [any]
        ),
        ModelRow("a template", "node -e 'console.log(`${x()}`)'", exit: nil, unknown: [any]),
        ModelRow(
            "with a module in front",
            "node -r ./x.js -e 1",
            exit: nil,
            unknown: ["node runs a program that is not followed"]
        ),
        ModelRow(
            "a file that is only checked",
            "node --check x.js; node -c y",
            exit: nil,
            given: ["/w/x.js": "a", "/w/y.js": "b"],
            unknown: [
                "whether node finds a mistake in x.js is not known", "whether node finds a mistake in y is not known",
            ]
        ),
        ModelRow("an empty one", "node --check x.js", given: ["/w/x.js": ""]),
        ModelRow(
            "one that is not there",
            "node --check x.js",
            exit: 1,
            err: "node:internal/modules/cjs/loader\n\nError: Cannot find module '/w/x.js'\n"
        ),
        ModelRow(
            "a script's own words",
            "node x.js --version",
            exit: nil,
            unknown: ["node runs x.js, which is not followed"]
        ),
    ]

    @Test("tells its version and follows no program", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
