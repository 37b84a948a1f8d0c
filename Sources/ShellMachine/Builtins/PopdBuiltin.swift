// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `popd`: the stack of folders is not followed.
enum PopdBuiltin: ShellBuiltin {
    static let names = ["popd"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        FolderStack.leave("popd", in: machine)
    }
}
