// SPDX-License-Identifier: Apache-2.0
//
// Source: gosu 1.16, which asks moby/sys/user; su-exec 0.2, which finds the same.

import Diagnostics
import ShellMachine
import SystemFiles

/// What `gosu` and `su-exec` have in common: a program as another user, and nothing else. Who that is, is for `RunAsUser` to say.
protocol StepDown: CommandModel {}

extension StepDown {
    static var scope: Unknown.Scope { .filesystem }
    static var options: OptionTable? { nil }

    static func run(_ call: inout Invocation) -> Outcome {
        var words = Array(call.words.dropFirst())
        guard let target = words.first?.string, words.count > 1 else { return call.missingOperand() }
        words.removeFirst()
        switch RunAsUser(target, in: accounts(call.world)) {
        case .user(let identity):
            return OtherUser(identity).run(words, setting: ["HOME": identity.account?.home ?? "/"], &call)
        case .noSuchUser(let name):
            return refuse(
                "unable to find user \(name): no matching entries in passwd file",
                .userMissing(name),
                target,
                &call
            )
        case .noSuchGroup(let name, _):
            return refuse(
                "unable to find group \(name): no matching entries in group file",
                .groupMissing(name),
                target,
                &call
            )
        case .invalid: return refuse("uids and gids must be in range 0-2147483647", nil, target, &call)
        case .unknown(_, let name, _, _):
            return call.unknown("whether the account \(name) is there is not known", .filesystem)
        }
    }

    /// The accounts, with whether something that was not understood may have changed them.
    private static func accounts(_ world: World) -> Accounts {
        let isDoubtful = [AccountFile.Name.passwd, .group].contains { world.isUncertain($0.path) }
        return Accounts(world.tree, doubt: isDoubtful ? "something that was not understood may have changed them" : nil)
    }

    private static func refuse(
        _ why: String,
        _ reason: CommandFailure?,
        _ target: String,
        _ call: inout Invocation
    ) -> Outcome {
        call.fail("error: failed switching to \"\(target)\": \(why)", reason: reason)
    }
}
