// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// `pushd`: the stack of folders is not followed.
enum PushdBuiltin: ShellBuiltin {
    static let names = ["pushd"]
    static let dialects: Set<ShellDialect> = [.bash]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        FolderStack.leave("pushd", in: machine)
    }
}
