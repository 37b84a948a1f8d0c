// SPDX-License-Identifier: Apache-2.0

import ShellMachine
import SystemFiles

/// Somebody else, as whom a program is run.
struct OtherUser {
    /// Who runs.
    let user: World.User
    /// The account of that name; nil for a number alone.
    let account: PasswdEntry?

    /// The account of a name; nil where there is none.
    init?(named name: String, _ files: AccountFiles) {
        guard let found = files.user(named: name) else { return nil }
        account = found
        user = World.User(
            uid: found.uid,
            gid: found.gid,
            name: name,
            groups: files.groups(of: name).map(\.gid)
        )
    }

    /// Who a container would run as.
    init(_ identity: RunAsUser.Identity) {
        account = identity.account
        user = World.User(
            uid: identity.uid,
            gid: identity.gid,
            name: account?.name ?? String(identity.uid),
            groups: identity.groups
        )
    }

    /// Runs something as that user, with changes to the environment.
    func run(
        _ words: [Text],
        setting variables: [String: String],
        _ call: inout Invocation
    ) -> Outcome {
        let kept = (call.world.user, call.environment)
        call.world.user = user
        for (name, value) in variables { call.environment[name] = Text(value) }
        let outcome = call.launch(words)
        call.world.flushAll()
        (call.world.user, call.environment) = kept
        return outcome
    }

    /// Runs something as that user, at home in the account's folder.
    func run(_ words: [Text], _ call: inout Invocation) -> Outcome {
        run(words, setting: account.map { ["HOME": $0.home] } ?? [:], &call)
    }
}
