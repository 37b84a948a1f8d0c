// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import OCISpec

/// A container of the image does not run as root unless somebody asks for it.
///
/// Only `User` of the image's configuration counts. Stricter than Docker Scout, which knows only a missing `User` and `root`:
/// uid 0 in every spelling is root, an account whose number is 0 is root, and a name that the image does not have starts no
/// container at all.
struct DefaultNonRootUser: ImagePolicy {
    let id = "default-non-root-user"
    let title = "Default non-root user"
    let failingTitle: String
    let weight = 5

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let user = input.configuration.config.user
        let shown = user.map { "\"" + $0.harmless + "\"" } ?? "not set"
        let evidence = [Evidence(kind: .image, detail: "the configuration's User is \(shown)")]
        switch input.accounts.resolve(user) {
        case .uid(let uid):
            return .met(.empty, evidence: evidence + [Evidence(kind: .image, detail: "uid \(uid) is not root")])
        case .named(let name, let uid):
            let entry = Evidence(kind: .imageFile, file: "/etc/passwd", detail: "\(name.harmless) has uid \(uid)")
            return .met(.empty, evidence: evidence + [entry])
        case .implicitRoot:
            if user == nil || user?.isEmpty == true,
                let unknown = input.unknowns.first(where: { $0.scope == .baseImage })
            {
                return .noData(
                    "no USER is set, and the user of the base image is not known: " + unknown.reason,
                    evidence: evidence,
                    remediation: "set the user yourself: add USER with an account of the image to the final stage"
                )
            }
            return notMet(
                evidence,
                subject: "root (implicit)",
                "no USER is set, so the container runs as root",
                "create an account and name it with USER in the final stage"
            )
        case .explicitRoot:
            return notMet(
                evidence,
                subject: "root (explicit)",
                "USER \(shown) is root",
                "name an account other than root with USER"
            )
        case .rootByAnotherName(let name):
            return notMet(
                evidence,
                subject: "\(name.harmless) (uid 0)",
                "the account \(name.harmless) has uid 0, which is root",
                "name an account with another number with USER"
            )
        case .missing(let name):
            return notMet(
                evidence,
                subject: name.harmless,
                "the image has no account \(name.harmless), so a container of it does not start",
                "create the account \(name.harmless) before USER, or use a number"
            )
        case .undecided(let reason):
            return .noData(
                "whose account \(shown) is cannot be said: " + reason,
                evidence: evidence,
                remediation: "use the account's number with USER, or a plain useradd or adduser line"
            )
        }
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
