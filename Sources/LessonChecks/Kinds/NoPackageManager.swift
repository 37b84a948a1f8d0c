// SPDX-License-Identifier: Apache-2.0

/// The final image has no package manager, of the distribution or of node.
enum NoPackageManager: CheckKind {
    static let name = "no-package-manager"
    static let claim = "The final image has no package manager, of the distribution or of node."
    static let needs: Set<CheckNeed> = [.work]
    static let programs = [
        "apk", "apt", "apt-get", "dpkg", "dnf", "yum", "rpm", "npm", "npx", "yarn", "pnpm", "corepack",
    ]
    /// What node's package managers are behind their names: files that node runs from any folder.
    static let scripts = ["npm-cli.js", "npx-cli.js", "yarn.js", "pnpm.cjs", "corepack.js"]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        try ProgramsAbsent.judge(programs, scripts: scripts, what: "package manager", input)
    }
}
