// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
public import SystemFiles

extension StageState {
    /// The accounts of the stage so far, with why there may be others.
    public var accounts: Accounts { Accounts(tree, doubt: accountDoubt) }

    private var accountDoubt: String? {
        if let unknown = unknowns.first(where: { [.filesystem, .baseImage].contains($0.scope) }) {
            return unknown.reason
        }
        let files = [AccountFile.Name.passwd.path, AccountFile.Name.group.path]
        return uncertainPaths.first { folder in files.contains { $0.isInside(folder) } }
            .map { "something that was not understood may have changed \($0)" }
    }
}
