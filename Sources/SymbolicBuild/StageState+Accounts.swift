// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellMachine
public import SystemFiles

extension StageState {
    /// The accounts of the stage so far, with why there may be others.
    public var accounts: Accounts { Accounts(tree, doubt: accountDoubt) }

    private var accountDoubt: String? {
        if let unknown = unknowns.first(where: { $0.touches(.accounts) }) { return unknown.reason }
        return [AccountFile.Name.passwd.path, AccountFile.Name.group.path].first { uncertain.contains($0) }
            .map { "something that was not understood may have changed \($0)" }
    }
}
