// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("npm")
struct NpmTests {
    private static let package = ["/w/package.json": #"{"name":"a","version":"1.0.0","dependencies":{"x":"^1.0.0"}}"#]
    private static let project = package.merging([
        "/w/package-lock.json":
            #"{"lockfileVersion":3,"packages":{"node_modules/x":{"version":"1.2.0","bin":"cli.js"},"node_modules/d":{"version":"1.0.0","dev":true},"../../evil":{"version":"1.0.0"},"node_modules/../../evil":{"version":"1.0.0"}}}"#
    ]) { $1 }
    private static let x = "{\n  \"name\": \"x\",\n  \"version\": \"1.2.0\",\n  \"bin\": \"cli.js\"\n}\n"
    private static let one = "\nadded 1 package, and audited 2 packages in 1s\n"
    private static let two = "\nadded 2 packages, and audited 3 packages in 1s\n"
    private static let noLock =
        "npm error code EUSAGE\nnpm error\nnpm error The `npm ci` command can only install with an existing package-lock.json or\n"
        + "npm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or\n"
        + "npm error later to generate a package-lock.json file, then try again.\n"

    static let rows: [ModelRow] = [
        ModelRow(
            "ci",
            "npm ci",
            out: two,
            given: project,
            after: [
                "/w/node_modules/x/package.json": x, "/w/node_modules/d/": "",
                "/evil": nil, "/w/evil": nil,
            ]
        ),
        ModelRow("ci without dev", "npm ci --omit=dev", out: one, given: project, after: ["/w/node_modules/d": nil]),
        ModelRow("ci, production", "npm ci --production", out: one, given: project, after: ["/w/node_modules/d": nil]),
        ModelRow(
            "ci by environment",
            "NODE_ENV=production npm ci",
            out: one,
            given: project,
            after: ["/w/node_modules/d": nil]
        ),
        ModelRow(
            "include wins over omit",
            "npm ci --omit=dev --include dev",
            out: two,
            given: project,
            after: ["/w/node_modules/d/": ""]
        ),
        ModelRow("ci, tried only", "npm ci --dry-run", given: project, after: ["/w/node_modules": nil]),
        ModelRow("ci without a lock file", "npm ci", exit: 1, err: noLock, given: package),
        ModelRow(
            "ci with another lock file",
            "npm ci",
            exit: 1,
            err:
                "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and "
                + "package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` "
                + "before continuing.\nnpm error\nnpm error Missing: x@^1.0.0 from lock file\nnpm error\n",
            given: package.merging(["/w/package-lock.json": #"{"lockfileVersion":3,"packages":{}}"#]) { $1 }
        ),
        ModelRow(
            "a package.json that is broken",
            "npm install",
            exit: 1,
            err:
                "npm error code EJSONPARSE\nnpm error path /w/package.json\nnpm error JSON.parse Failed to parse JSON data.\n"
                + "npm error JSON.parse Note: package.json must be actual JSON, not just JavaScript.\n",
            given: ["/w/package.json": "{"]
        ),
        ModelRow(
            "install without a lock file",
            "npm install",
            exit: nil,
            out: "\nadded packages\n",
            given: package,
            unknown: ["there is no lock file, so which versions npm install takes from the registry is not known"]
        ),
        ModelRow(
            "install that looks at no lock file",
            "npm install --no-package-lock",
            exit: nil,
            out: "\nadded packages\n",
            given: project,
            unknown: [
                "npm does not look at the lock file, so which versions npm install takes from the registry is not known"
            ]
        ),
        ModelRow(
            "the same by a setting",
            "npm_config_package_lock=false npm i",
            exit: nil,
            out: "\nadded packages\n",
            given: project,
            unknown: [
                "npm does not look at the lock file, so which versions npm install takes from the registry is not known"
            ]
        ),
        ModelRow("ci looks at it all the same", "npm ci --no-package-lock", out: two, given: project),
        ModelRow("a lock file that is asked for", "npm install --package-lock=true", out: two, given: project),
        ModelRow(
            "install by name",
            "npm install express",
            exit: nil,
            out: "\nadded packages\n",
            unknown: ["npm installs express from a registry; which versions come is not known"]
        ),
        ModelRow(
            "a user who may not write",
            "cd /app; npm install",
            exit: 243,
            err: """
                npm error code EACCES
                npm error syscall mkdir
                npm error path /app/node_modules
                npm error errno -13
                npm error Error: EACCES: permission denied, mkdir '/app/node_modules'

                """,
            given: ["/app/package.json": #"{"name":"a"}"#],
            user: 1000
        ),
        ModelRow(
            "run a script",
            "npm run build",
            exit: nil,
            given: ["/w/package.json": #"{"scripts":{"build":"x"}}"#],
            unknown: ["npm run build runs programs of packages, which is not followed"]
        ),
        ModelRow(
            "run what is not there",
            "npm run build",
            exit: 1,
            err:
                "npm error Missing script: \"build\"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n",
            given: package
        ),
        ModelRow("run if present", "npm run build --if-present", given: package),
        ModelRow(
            "prune",
            "npm ci >/dev/null; npm prune --omit=dev",
            out: "\nremoved 1 package, and audited 2 packages in 1s\n",
            given: project,
            after: ["/w/node_modules/d": nil]
        ),
        ModelRow(
            "cache",
            "npm cache clean --force",
            err: "npm warn using --force Recommended protections disabled.\n",
            given: ["/root/.npm/_cacache/x": "y"],
            after: ["/root/.npm/_cacache": nil]
        ),
        ModelRow("set", "npm config set fund false", given: ["/root/": ""], after: ["/root/.npmrc": "fund=false\n"]),
        ModelRow(
            "no such command",
            "npm frob",
            exit: 1,
            err: "Unknown command: \"frob\"\n\nTo see a list of supported npm commands, run:\n  npm help\n"
        ),
    ]

    @Test("installs, removes and says what it cannot know", arguments: rows)
    func row(row: ModelRow) { row.check() }
}
