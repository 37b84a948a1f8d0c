// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
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
        let what = part.rawValue
        let line = target.userInstruction.map { " on line \($0.range.start.line)" } ?? ""
        let parts = (target.configuration.config.user ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        let user = parts.first ?? ""
        if name.contains(where: \.isWhitespace) {
            let first = name.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? name
            let isComment = name.split(whereSeparator: \.isWhitespace).dropFirst().first?.hasPrefix("#") == true
            message =
                "`USER`\(line) takes one word, and all of `\(name)` would be the name of the \(what)"
                + (isComment ? ": a comment needs a line of its own." : ".")
            replacesMessage = true
            isCertain = true
            let known = accounts.user(named: first).flatMap { $0.uid == 0 ? nil : $0.name }
            meant = known
            fix = "Write `USER \(known ?? first)`\(line)\(isComment ? ", and the comment above it" : "")."
            return
        }
        if case .invalid = RunAsUser(target.configuration.config.user ?? "", in: accounts) {
            message =
                "`\(name)` is no \(what) number: they go from 0 to 2147483647. A container would not start."
            replacesMessage = true
            isCertain = true
            meant = nil
            fix = "Choose a smaller number that is not 0, such as `USER 10001`."
            return
        }
        isCertain = false
        replacesMessage = false
        if part == .group {
            let near = Self.nearest(to: name, among: accounts.groups.map(\.name))
            guard let near else {
                let own = accounts.user(named: user).flatMap { account in
                    accounts.groups.first { $0.gid == account.gid }?.name
                }
                message = "The user \(user) does."
                fix =
                    "Leave `:\(name)` out\(line): the user's own group\(own.map { ", `\($0)`," } ?? "") is taken then. Or create "
                    + "the group before `USER`."
                guard accounts.user(named: user).map({ $0.uid != 0 }) == true else { return nil }
                meant = user
                return
            }
            message = "There is a group \(near)."
            fix = "Write `USER \(user):\(near)`\(line)."
            meant = "\(user):\(near)"
            return
        }
        if let account = accounts.users.first(where: { $0.name.lowercased() == name.lowercased() }) {
            message =
                account.uid == 0
                ? "Names are told apart by capitals, and `\(account.name)` would be root."
                : "Names are told apart by capitals: there is `\(account.name)`, not `\(name)`."
            if account.uid == 0 {
                meant = nil
                fix = "Name a user that is not root\(line)."
            } else {
                meant = account.name
                fix = "Write `USER \(account.name)`\(line)."
            }
            return
        }
        let made = work.createdAccounts(target)
        let usual = made + [UserSuggestion.existingAccount(target)].compactMap { $0 }
        if let near = Self.nearest(to: name, among: usual) {
            message = "There is an account `\(near)`."
            meant = near
            fix = "Write `USER \(near)`\(line)."
            return
        }
        if accounts.group(named: name) != nil {
            message = "`\(name)` is a group here, not a user."
            meant = made.last
            fix =
                made.last.map { "Write `USER \($0)`\(line)." }
                ?? "Create a user too, such as with `adduser --system --ingroup \(name) appuser`, and name it with `USER`."
            return
        }
        if let only = made.last {
            message = "The account that is created there is `\(only)`."
            meant = only
            fix = "Write `USER \(only)`\(line), or create `\(name)` as well."
            return
        }
        return nil
    }

    /// The name that differs in a letter or two, of those longer than that.
    private static func nearest(to name: String, among names: [String]) -> String? {
        Suggestion.nearest(to: name, among: names.filter { $0.utf8.count > 3 })
    }
}
