// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import SystemFiles

/// A container of the image does not run as root unless somebody asks for it.
///
/// Only `User` of the image's configuration counts. Stricter than Docker Scout, which knows only a missing `User` and `root`:
/// uid 0 in every spelling is root, an account whose number is 0 is root, and a name that the image does not have starts no
/// container at all. Who a `User` is, is for `RunAsUser` to say.
struct DefaultNonRootUser: ImagePolicy {
    static let id = "default-non-root-user"
    static let needs: Set<Facet> = [.configuration]
    // A number is somebody without an account.
    static let consults: Set<Facet> = [.accounts]

    let title = "Default non-root user"
    var failingTitle = "No default non-root user found"
    let weight = 5

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let user = input.configuration.config.user
        let shown = user.map { "\"" + $0.harmless + "\"" } ?? "not set"
        let evidence = [Evidence(kind: .image, detail: "the configuration's User is \(shown)")]
        let answer = RunAsUser(user ?? "", in: input.accounts)
        if answer.isRoot { return root(user ?? "", shown, evidence, input) }
        switch answer {
        case .user(let identity):
            let (uid, name) = (identity.uid, identity.account?.name)
            guard let name, Self.name(in: user ?? "").utf8.elementsEqual(name.utf8) else {
                return .met(.empty, evidence: evidence + [Evidence(kind: .image, detail: "uid \(uid) is not root")])
            }
            let entry = Evidence(kind: .imageFile, file: "/etc/passwd", detail: "\(name.harmless) has uid \(uid)")
            return .met(.empty, evidence: evidence + [entry])
        case .noSuchUser(let name):
            return notMet(
                evidence,
                subject: name.harmless,
                "the image has no account \(name.harmless), so a container of it does not start",
                "create the account \(name.harmless) before USER, or use a number"
            )
        case .noSuchGroup(let name, _):
            return notMet(
                evidence,
                subject: name.harmless,
                "the image has no group \(name.harmless), so a container of it does not start",
                "create the group \(name.harmless) before USER, or leave it out of USER"
            )
        case .invalid(let part, let number):
            return notMet(
                evidence,
                subject: number,
                "\(number) is no \(part.rawValue) number: they go from 0 to 2147483647, so a container of it does not start",
                "choose a number from 1 to 2147483647"
            )
        case .unknown(.user, _, let reason, _):
            return .noData(
                "whose account \(shown) is cannot be said: " + reason,
                evidence: evidence,
                remediation: "Use the account's number with USER, or a plain useradd or adduser line."
            )
        case .unknown(.group, let name, let reason, _):
            return .noData(
                "whether the image has the group \(name.harmless) cannot be said: " + reason,
                evidence: evidence,
                remediation: "Use the group's number with USER, or a plain groupadd or addgroup line."
            )
        }
    }

    /// The text in front of the colon.
    private static func name(in user: String) -> Substring { user.prefix { $0 != ":" } }

    private func root(_ user: String, _ shown: String, _ evidence: [Evidence], _ input: PolicyInput) -> PolicyOutcome {
        let name = Self.name(in: user)
        if name.isEmpty {
            if user.isEmpty, let unknown = input.unknowns.first(where: { $0.touches(.configuration) }) {
                return .noData(
                    "no USER is set, and the user of the base image is not known: " + unknown.reason,
                    evidence: evidence,
                    remediation: "Set the user yourself: add USER with an account of the image to the final stage."
                )
            }
            return notMet(
                evidence,
                subject: "root (implicit)",
                "no USER is set, so the container runs as root",
                "Create an account and name it with USER in the final stage."
            )
        }
        if name == "root" || Accounts.number(String(name)) != nil {
            return notMet(
                evidence,
                subject: "root (explicit)",
                "USER \(shown) is root",
                "Name an account other than root with USER."
            )
        }
        let account = String(name).harmless
        return notMet(
            evidence,
            subject: "\(account) (uid 0)",
            "the account \(account) has uid 0, which is root",
            "Name an account with another number with USER."
        )
    }

    private func notMet(_ evidence: [Evidence], subject: String, _ detail: String, _ fix: String) -> PolicyOutcome {
        .notMet(
            .empty,
            deviations: [PolicyDeviation(subject: subject, detail: detail)],
            evidence: evidence,
            remediation: fix
        )
    }
}
