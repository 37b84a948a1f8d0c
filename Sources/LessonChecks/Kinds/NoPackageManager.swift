// SPDX-License-Identifier: Apache-2.0

/// The final image has no package manager, of the distribution or of node.
enum NoPackageManager: CheckKind {
    static let name = "no-package-manager"
    static let claim = "The final image has no package manager, of the distribution or of node."
    static let needs: Set<CheckNeed> = [.work]
    static let programs = [
        "apk", "apt", "apt-get", "dpkg", "dnf", "yum", "rpm", "npm", "npx", "yarn", "pnpm", "corepack",
    ]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        try ProgramsAbsent.judge(programs, what: "package manager", input)
    }
}
