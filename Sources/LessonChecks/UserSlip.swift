// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import OCISpec
import SymbolicBuild
import SystemFiles

/// The slip of the pen behind a `USER` that the image does not have, where it can be told.
struct UserSlip {
    /// What happened, in a sentence.
    let message: String
    /// Whether the sentence says all, instead of being added to "does not exist".
    let replacesMessage: Bool
    /// Whether it is wrong whatever else is in the image.
    let isCertain: Bool
    /// What to write instead.
    let fix: String
    /// The user that was meant; nil when it cannot be told.
    let meant: String?

    /// Looks at the user or group that a name should have been; nil when nothing is known about it.
    ///
    /// - Parameter part: whether it stands before the colon or behind it.
    init?(_ part: RunAsUser.Part, _ name: String, _ target: StageState, _ work: WorkEvidence) {
        let accounts = target.accounts
        let written = target.configuration.config.user ?? ""
        let line = target.userInstruction.map { " on line \($0.range.start.line)" } ?? ""
        let slip: UserSlip?
        if name.contains(where: \.isWhitespace) {
            slip = Self.severalWords(name, part, accounts, line)
        } else if case .invalid = RunAsUser(written, in: accounts) {
            slip = UserSlip(
                "`\(name)` is no \(part.rawValue) number: they go from 0 to 2147483647. A container would not start.",
                isWhole: true,
                fix: "Choose a smaller number that is not 0, such as `USER 10001`.",
                meant: nil
            )
        } else if part == .group {
            let user = written.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
            slip = Self.group(name, of: user, accounts, line)
        } else {
            slip = Self.user(name, target, work, line)
        }
        guard let slip else { return nil }
        self = slip
    }

    /// - Parameter isWhole: whether the sentence says all, and is true whatever else is in the image.
    private init(_ message: String, isWhole: Bool = false, fix: String, meant: String?) {
        self.message = message
        replacesMessage = isWhole
        isCertain = isWhole
        self.fix = fix
        self.meant = meant
    }

    private static func severalWords(
        _ name: String,
        _ part: RunAsUser.Part,
        _ accounts: Accounts,
        _ line: String
    ) -> UserSlip {
        let words = name.split(whereSeparator: \.isWhitespace)
        let first = words.first.map(String.init) ?? name
        let isComment = words.dropFirst().first?.hasPrefix("#") == true
        let known = accounts.user(named: first).flatMap { $0.uid == 0 ? nil : $0.name }
        return UserSlip(
            "`USER`\(line) takes one word, and all of `\(name)` would be the name of the \(part.rawValue)"
                + (isComment ? ": a comment needs a line of its own." : "."),
            isWhole: true,
            fix: "Write `USER \(known ?? first)`\(line)\(isComment ? ", and the comment above it" : "").",
            meant: known
        )
    }

    private static func group(_ name: String, of user: String, _ accounts: Accounts, _ line: String) -> UserSlip? {
        if let near = nearest(to: name, among: accounts.groups.map(\.name)) {
            return UserSlip(
                "There is a group \(near).",
                fix: "Write `USER \(user):\(near)`\(line).",
                meant: "\(user):\(near)"
            )
        }
        guard let account = accounts.user(named: user), account.uid != 0 else { return nil }
        let own = accounts.groups.first { $0.gid == account.gid }?.name
        return UserSlip(
            "The user \(user) does.",
            fix: "Leave `:\(name)` out\(line): the user's own group\(own.map { ", `\($0)`," } ?? "") is taken then. "
                + "Or create the group before `USER`.",
            meant: user
        )
    }

    private static func user(_ name: String, _ target: StageState, _ work: WorkEvidence, _ line: String) -> UserSlip? {
        let accounts = target.accounts
        if let account = accounts.users.first(where: { $0.name.lowercased() == name.lowercased() }) {
            if account.uid == 0 {
                return UserSlip(
                    "Names are told apart by capitals, and `\(account.name)` would be root.",
                    fix: "Name a user that is not root\(line).",
                    meant: nil
                )
            }
            return UserSlip(
                "Names are told apart by capitals: there is `\(account.name)`, not `\(name)`.",
                fix: "Write `USER \(account.name)`\(line).",
                meant: account.name
            )
        }
        let made = work.createdAccounts(target)
        let usual = made + [UserSuggestion.existingAccount(target)].compactMap { $0 }
        if let near = nearest(to: name, among: usual) {
            return UserSlip(
                "There is an account `\(near)`.",
                fix: "Write `USER \(near)`\(line).",
                meant: near
            )
        }
        if accounts.group(named: name) != nil {
            return UserSlip(
                "`\(name)` is a group here, not a user.",
                fix: made.last.map { "Write `USER \($0)`\(line)." }
                    ?? "Create a user too, such as with `adduser --system --ingroup \(name) appuser`, and name it with `USER`.",
                meant: made.last
            )
        }
        return made.last.map { only in
            UserSlip(
                "The account that is created there is `\(only)`.",
                fix: "Write `USER \(only)`\(line), or create `\(name)` as well.",
                meant: only
            )
        }
    }

    /// The name that differs in a letter or two, of those longer than that.
    private static func nearest(to name: String, among names: [String]) -> String? {
        Suggestion.nearest(to: name, among: names.filter { $0.utf8.count > 3 })
    }
}
