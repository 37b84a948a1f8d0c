// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import ImagePolicies
import Lessons

/// Every policy of the profile is met.
enum Policies: CheckKind {
    static let name = "policies"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let work = context.work else { return context.noDockerfile }
        guard let analysis = context.analysis else { return work.buildStopped ?? work.notBuilt }
        let policies = analysis.policies
        let failed = policies.results.filter { $0.state == .failed }
        let unknown = policies.results.filter { $0.state == .unknown }
        let proof = (failed + unknown).flatMap { result in
            [Evidence(kind: .policy, detail: "\(result.title)\(result.cell.text.map { ": " + $0 } ?? "")")]
                + result.evidence.prefix(3)
        }
        let summary = "\(policies.met)/\(policies.total) policies met"
        if let first = failed.first {
            let names = failed.map(\.title).joined(separator: "; ")
            return Judgement(
                .failed,
                "\(summary): \(names).",
                expected: "\(policies.total)/\(policies.total) policies met",
                found: summary,
                fix: first.remediation?.sentence,
                diff: diff(for: first, work),
                evidence: proof
            )
        }
        if let first = unknown.first {
            let names = unknown.map(\.passingTitle).joined(separator: "; ")
            return Judgement(
                .unknown,
                "\(summary), no data for: \(names).\(first.noDataReason.map { " " + $0 } ?? "")",
                found: summary,
                fix: first.remediation,
                evidence: proof
            )
        }
        return Judgement(
            .passed,
            "\(summary).",
            found: summary,
            evidence: policies.results.map { Evidence(kind: .policy, detail: $0.title) }
        )
    }

    /// The change that mends a policy about the Dockerfile's own words.
    private static func diff(for result: PolicyResult, _ work: WorkEvidence) -> String? {
        guard result.id == "default-non-root-user", let target = work.finalState, !work.isHardenedBuildVariant(target)
        else { return nil }
        return UserSuggestion(target, work).diff
    }
}
