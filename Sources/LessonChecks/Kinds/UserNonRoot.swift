// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import OCISpec
import SymbolicBuild
import SystemFiles

/// The final image runs as a user that exists in it and is not root.
///
/// Only the configuration of the final stage counts: what an earlier stage or `docker run --user` says does not. Stricter than
/// Scout's public rule, which looks for the word `root` only: number 0 in every spelling is root.
enum UserNonRoot: CheckKind {
    static let name = "user-non-root"
    static let claim = "The final image runs as a user that exists in it and is not root."
    static let needs: Set<CheckNeed> = [.work]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        guard let target = work.finalState else { return work.noFinalStage }
        if let stopped = work.buildStopped { return stopped }
        if let unread = work.unreadUser {
            let error = work.outcome.errors.first { $0.range.start.line == unread.range.start.line }
            return Judgement(
                .failed,
                "The `USER` on line \(unread.startLine) cannot be read\(error.map { ": " + $0.message } ?? "").",
                found: unread.original,
                fix: "Write `USER` with one name or number.",
                evidence: [work.evidence(unread.range, unread.original)]
            )
        }
        if let absent = work.absentImage { return absent }
        let user = target.configuration.config.user ?? ""
        guard !user.isEmpty else { return noUser(target, work) }
        let evidence = Self.evidence(from: target, work, user)
        let accounts = target.accounts
        let answer = RunAsUser(user, in: accounts)
        if answer.isRoot { return root(user, target, work, evidence) }
        switch answer {
        case .user(let identity):
            if let account = identity.account { return passed("\(account.name) (uid \(identity.uid))", evidence) }
            if target.isDoubted(.accounts) || accounts.users.isEmpty {
                return passed("\(user) (a number that needs no account)", evidence)
            }
            return passed("uid \(identity.uid), which needs no account", evidence)
        case .noSuchUser(let name): return missing(.user, name, nil, target, work, evidence)
        case .noSuchGroup(let name, _): return missing(.group, name, nil, target, work, evidence)
        case .invalid(let part, let number): return missing(part, number, nil, target, work, evidence)
        case .unknown(let part, let name, let reason, _): return missing(part, name, reason, target, work, evidence)
        }
    }

    private static func passed(_ who: String, _ evidence: [Evidence]) -> Judgement {
        Judgement(.passed, "The image runs as \(who).", found: "User \(who)", evidence: evidence)
    }

    /// Nothing says who the container runs as: root, unless the base image is not known.
    private static func noUser(_ target: StageState, _ work: WorkEvidence) -> Judgement {
        let stage = work.stageName(target)
        var evidence = [Evidence(kind: .image, detail: "config.User is not set")]
        evidence.insert(work.evidence(target.range, "the final stage begins here and has no USER"), at: 0)
        if case .unknown = target.base, target.userInstruction == nil {
            return Judgement(
                .unknown,
                "No `USER` is set in \(stage), and nothing is known of its base image \(target.baseReference): it may set one.",
                fix: "Set `USER` in the last stage, or start from an image that the kit knows.",
                evidence: evidence
            )
        }
        let suggestion = UserSuggestion(target, work)
        func failed(_ message: String, found: String, fix: String) -> Judgement {
            Judgement(.failed, message, found: found, fix: fix, diff: suggestion.diff, evidence: evidence)
        }
        if let empty = target.userInstruction {
            let line = empty.range.start.line
            return Judgement(
                .failed,
                "The `USER` on line \(line) is empty once its variables are replaced, so the image runs as root.",
                found: "An empty USER on line \(line)",
                fix: "Give the variable a value with `ARG NAME=value`, or name the user on line \(line).",
                diff: suggestion.diff,
                evidence: [work.evidence(empty.range, "USER without a name")]
            )
        }
        if let earlier = work.earlierUser(than: target) {
            let line = earlier.range.start.line
            evidence.append(work.evidence(earlier.range, "USER \(earlier.text) in an earlier stage"))
            return failed(
                "No `USER` is set in \(stage), the final stage, so the image runs as root. The `USER \(earlier.text)` on line "
                    + "\(line) belongs to \(earlier.stage): each FROM starts afresh.",
                found: "USER in \(earlier.stage) only (line \(line))",
                fix: "Set `USER` in the last stage too, and make sure that the account exists there."
            )
        }
        if let made = work.createdAccounts(target).first {
            return failed(
                "No `USER` is set in \(stage), so the image runs as root. The account \(made) is created there but never used.",
                found: "The account \(made) without a USER line",
                fix: "Add `USER \(made)` behind the line that creates it."
            )
        }
        return failed(
            "No `USER` is set in \(stage), so the image runs as root.",
            found: "No USER in \(stage)",
            fix: suggestion.sentence
        )
    }

    private static func root(_ user: String, _ target: StageState, _ work: WorkEvidence, _ evidence: [Evidence])
        -> Judgement
    {
        let suggestion = UserSuggestion(target, work)
        if let line = target.userInstruction?.range.start.line {
            return Judgement(
                .failed,
                "`USER \(user)` on line \(line) is root: "
                    + (user.hasPrefix(":") ? "nothing stands in front of the colon." : "the user number is 0."),
                found: "USER \(user)",
                fix: "Name a user that is not root on line \(line).",
                diff: suggestion.diff,
                evidence: evidence
            )
        }
        return Judgement(
            .failed,
            "The base image \(target.baseReference) runs as \(user), and \(work.stageName(target)) does not change that.",
            found: "User \(user), inherited from \(target.baseReference)",
            fix: work.isHardenedBuildVariant(target)
                ? "Start the last stage from the image whose tag has no `-dev`; it runs as an ordinary user."
                : suggestion.sentence,
            diff: work.isHardenedBuildVariant(target) ? nil : suggestion.diff,
            evidence: evidence
        )
    }

    /// - Parameter doubt: why the image may have it all the same; nil when it cannot.
    private static func missing(
        _ part: RunAsUser.Part,
        _ name: String,
        _ doubt: String?,
        _ target: StageState,
        _ work: WorkEvidence,
        _ evidence: [Evidence]
    ) -> Judgement {
        let user = target.configuration.config.user ?? name
        let what = part.rawValue
        let slip = UserSlip(part, name, target, work)
        if let doubt, slip?.isCertain != true {
            let why = target.unknowns.first { $0.touches(.accounts) }
            return Judgement(
                .unknown,
                "The \(what) \(name) is not in the image as far as it is known, and something may have created it: "
                    + doubt + ".",
                found: "\(what) \(name)",
                fix: "Create it with adduser or useradd in a line of its own, or use a number, such as `USER 10001`.",
                evidence: evidence + (why.map { [work.evidence($0)] } ?? [])
            )
        }
        var message = "The \(what) \(name) does not exist in the final image, so a container would not start."
        var fix = "Create \(name) in the last stage before `USER`."
        if let slip {
            message = slip.replacesMessage ? slip.message : message + " " + slip.message
            fix = slip.fix
        } else if let other = work.stages(where: { state in
            guard state.index != target.index else { return false }
            let accounts = state.accounts
            return part == .user ? accounts.user(named: name) != nil : accounts.group(named: name) != nil
        }).first {
            message += " It is created in \(work.stageName(other)), which is another stage."
            fix = "Create \(name) in the last stage: accounts of another stage do not come over."
        } else if let account = UserSuggestion.existingAccount(target) {
            fix += " This base image already has the account `\(account)`."
        }
        return Judgement(
            .failed,
            message,
            found: "USER \(user) without such a \(what)",
            fix: fix,
            diff: UserSuggestion(target, work, account: slip?.meant).diff,
            evidence: evidence
        )
    }

    private static func evidence(from target: StageState, _ work: WorkEvidence, _ user: String) -> [Evidence] {
        var result: [Evidence] = []
        if let instruction = target.userInstruction {
            result.append(work.evidence(instruction.range, "USER \(instruction.text)"))
        } else {
            result.append(work.evidence(target.range, "the user comes from the base image \(target.baseReference)"))
        }
        result.append(Evidence(kind: .image, detail: "config.User is \"\(user)\""))
        return result
    }
}
