// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageAnalysis
import ImagePolicies
import Lessons

/// The policies of the profile are met: all of them, or as many as the lesson says.
enum Policies: CheckKind {
    static let name = "policies"
    static let claim = "The policies of the profile are met: all of them, or so many."
    static let needs: Set<CheckNeed> = [.work, .image]
    static let example = "met: all"

    struct Parameters: CheckParameters {
        private static let metKey = CheckParameter<Wanted>(
            key: "met",
            form: "`all` or a whole number from 1",
            meaning: "How many policies have to be met; `all` when left out."
        ) { value in
            switch value {
            case .string("all"): .all
            case .numeric(let number, _): Int(exactly: number).flatMap { $0 >= 1 ? .atLeast($0) : nil }
            case .string, .strings, .boolean: nil
            }
        }
        static let documentation = [metKey.optional]

        let met: Placed<Wanted>

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            met = try reader.value(Self.metKey, default: .all)
        }
    }

    /// How many policies have to be met.
    enum Wanted: Sendable {
        case all
        case atLeast(Int)

        /// How many of a profile's policies that is.
        func count(of total: Int) -> Int {
            switch self {
            case .all: total
            case .atLeast(let count): count
            }
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let analysis = input.analysis else {
            return input.work.map { $0.buildStopped ?? $0.notBuilt } ?? input.noDockerfile
        }
        let policies = analysis.policies
        let failed = policies.results.filter { $0.state == .failed }
        let unknown = policies.results.filter { $0.state == .unknown }
        let evidence = (failed + unknown).flatMap { result in
            [Evidence(kind: .policy, detail: "\(result.title)\(result.cell.text.map { ": " + $0 } ?? "")")]
                + result.evidence.prefix(3)
        }
        let summary = "\(policies.met)/\(policies.total) policies met"
        let wanted = parameters.met.value.count(of: policies.total)
        guard wanted <= policies.total else {
            throw Failure(
                .malformedInput,
                "the lesson asks for \(wanted) policies, and there are \(policies.total)",
                at: parameters.met.place,
                fix: "Write `met: all`, or a smaller number."
            )
        }
        if policies.met < wanted, policies.met + unknown.count < wanted, let first = failed.first {
            let names = failed.map(\.title).joined(separator: "; ")
            return Judgement(
                .failed,
                "\(summary): \(names).",
                expected: "\(wanted)/\(policies.total) policies met",
                found: summary,
                fix: first.remediation,
                diff: input.work.flatMap { diff(for: first, $0) },
                evidence: evidence,
                remaining: failed.count + unknown.count
            )
        }
        if policies.met < wanted, let first = unknown.first {
            let names = unknown.map(\.passingTitle).joined(separator: "; ")
            return Judgement(
                .unknown,
                "\(summary), no data for: \(names).\(first.noDataReason.map { " " + $0 } ?? "")",
                found: summary,
                fix: first.remediation,
                evidence: evidence
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
