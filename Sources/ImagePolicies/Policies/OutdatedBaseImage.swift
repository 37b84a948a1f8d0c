// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import OCISpec

/// The tag of the base image still points to the digest that was used.
///
/// Judged by the digest where it is known: the recorded history of the tag says where the tag points now. Else by time: an image
/// that was made before the tag's last rebuild was built on an older one. What neither can tell is no data.
struct OutdatedBaseImage: ImagePolicy {
    static let id = "no-stale-base-images"
    static let aliases = ["Up-to-Date Base Images"]
    static let needs: Set<Facet> = [.history]
    // The time at which the image was made decides where no digest does.
    static let consults: Set<Facet> = [.configuration]

    let title = "No outdated base images"
    let failingTitle = "Outdated base images found"
    let weight = 10

    private static let remedy = "Rebuild on the newest digest of the tag, and pin it by digest."

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let found: FoundBaseImage
        switch input.base {
        case .scratch: return .met(.empty, evidence: input.baseEvidence)
        case .unknown(let reason): return .baseUnknown(reason)
        case .image(let image): found = image
        }
        guard let facts = input.facts else {
            return .noData(
                "no record of tags and their digests is at hand",
                evidence: input.baseEvidence,
                remediation: "Compare the digest with the tag's by yourself."
            )
        }
        let knowledge = BaseImageKnowledge(base: found, facts: facts)
        let references = knowledge.references
        guard !references.isEmpty else {
            return .noData(
                "the tag of the base image is not known",
                evidence: input.baseEvidence,
                remediation: "Build with --provenance=mode=max, so that the image tells its base."
            )
        }
        let findings = references.map { finding(on: $0, knowledge: knowledge, input: input) }
        let stale = findings.compactMap { if case .stale(let deviation) = $0 { deviation } else { nil } }
        let doubts = findings.compactMap { if case .doubt(let reason) = $0 { reason } else { nil } }
        let asOf = Evidence(kind: .policy, detail: "tags and digests as of \(facts.asOf)")
        if stale.count == findings.count {
            return .notMet(
                .count(stale.count, unit: "deviation"),
                deviations: stale,
                evidence: input.baseEvidence + [asOf],
                remediation: Self.remedy
            )
        }
        if let doubt = doubts.first {
            return .noData(doubt, evidence: input.baseEvidence + [asOf], remediation: Self.remedy)
        }
        guard stale.isEmpty else {
            return .noData(
                "the digest carries several tags, and not all of them have moved on: which one was used is not known",
                evidence: input.baseEvidence + [asOf],
                remediation: "Build with --provenance=mode=max."
            )
        }
        return .met(.empty, evidence: input.baseEvidence + [asOf])
    }

    private enum Finding {
        case current
        case stale(PolicyDeviation)
        case doubt(String)
    }

    private func finding(on reference: ImageReference, knowledge: BaseImageKnowledge, input: PolicyInput) -> Finding {
        let name = reference.familiarName + (reference.tag.map { ":" + $0 } ?? "")
        guard reference.tag != nil else {
            return .doubt(
                "the base image \(reference.familiar) was used without a tag, so there is nothing to compare with"
            )
        }
        let records = knowledge.records(of: reference)
        guard !records.isEmpty else { return .doubt("nothing is recorded of the tag \(name)") }
        if let used = records.last(where: knowledge.isUsed) {
            func isCurrent(_ record: TagRecord) -> Bool { knowledge.isCurrent(record, among: records) }
            if records.contains(where: { knowledge.isUsed($0) && isCurrent($0) }) { return .current }
            // Models and real images have digests of their own: each is compared with its like where there is one.
            let like = records.filter { $0.isModel == used.isModel }
            guard let newest = like.last(where: isCurrent) ?? records.last(where: isCurrent) ?? like.last else {
                return .current
            }
            // A tag that is gone stays where it pointed last.
            if !isCurrent(newest), knowledge.isUsed(newest) { return .current }
            let digest = (newest.indexDigest ?? newest.manifestDigest ?? newest.configDigest)?.short
            let detail =
                "the digest of \(used.asOf) was used; since \(newest.asOf) the tag points to "
                + (digest ?? "another digest")
            return .stale(PolicyDeviation(subject: name, detail: detail))
        }
        return byTime(name: name, records: records, input: input, knowledge: knowledge)
    }

    private func byTime(
        name: String,
        records: [TagRecord],
        input: PolicyInput,
        knowledge: BaseImageKnowledge
    ) -> Finding {
        let rebuilt =
            records.filter { !$0.isModel && $0.isCurrent }.map(\.asOf).max()
            ?? records.filter { !$0.isModel }.map(\.asOf).max()
        if let created = Self.day(input.configuration.created), let rebuilt, created < rebuilt {
            return .stale(
                PolicyDeviation(
                    subject: name,
                    detail: "the image was made on \(created), before the tag was rebuilt on \(rebuilt)"
                )
            )
        }
        let what = knowledge.base.digest.map { "the digest \($0.short)" } ?? "the digest that was used"
        let why = knowledge.base.digest == nil ? "is not known" : "is not among the recorded ones of \(name)"
        return .doubt("\(what) \(why); the records reach to \(knowledge.facts.asOf)")
    }

    /// The day of a time stamp; nil for one that says nothing, as builds with a fixed date have.
    private static func day(_ created: String?) -> String? {
        guard let created, created.utf8.count >= 10 else { return nil }
        let day = String(decoding: Array(created.utf8.prefix(10)), as: UTF8.self)
        // No container image is older than the first of them.
        return day > "2013-03-01" && day < "2100" ? day : nil
    }
}
