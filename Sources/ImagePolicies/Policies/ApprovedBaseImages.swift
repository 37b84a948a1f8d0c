// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import OCISpec
import Packages
import SystemFiles

/// The base image comes from an allowed source, under a tag that its publisher still supports, on a distribution that still gets
/// fixes.
///
/// The end of a distribution is the end of its longest free support (Debian LTS), not of its first.
struct ApprovedBaseImages: ImagePolicy {
    static let id = "approved-base-images"
    static let aliases = ["Approved Base Images"]
    static let needs: Set<Facet> = [.history]
    // The distribution is told by a file.
    static let consults: Set<Facet> = [.files]
    static let parameters: [PolicyParameter<Self>] = [
        .texts(
            "sources",
            "where base images may come from: patterns of image references",
            \.patterns,
            in: Self(),
            read: { $0.map(ReferencePattern.init) },
            write: { $0.map(\.text) }
        ),
        .flag("supported-tags", "whether the publisher must still support the tag", \.onlySupportedTags, in: Self()),
        .flag(
            "supported-distributions",
            "whether the distribution must still get fixes",
            \.onlySupportedDistributions,
            in: Self()
        ),
    ]

    let title = "No unapproved base images"
    let failingTitle = "Unapproved base images found"
    let weight = 15
    /// Where base images may come from.
    var patterns = [ReferencePattern("*")]
    /// Whether the tag must be on the publisher's list.
    var onlySupportedTags = true
    /// Whether the distribution must still be supported.
    var onlySupportedDistributions = true

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        let found: FoundBaseImage
        switch input.base {
        case .scratch: return .met(.count(0, unit: "deviation"), evidence: input.baseEvidence)
        case .unknown(let reason): return .baseUnknown(reason)
        case .image(let image): found = image
        }
        guard let facts = input.facts else {
            return .noData(
                "no list of supported tags and releases is at hand",
                evidence: input.baseEvidence,
                remediation: "Look at the publisher's list of supported tags."
            )
        }
        var deviations: [PolicyDeviation] = []
        var doubts: [String] = []
        judgeNames(BaseImageKnowledge(base: found, facts: facts).references, facts, &deviations, &doubts)
        if onlySupportedDistributions { judgeDistribution(input, facts, found, &deviations, &doubts) }
        let asOf = Evidence(
            kind: .policy,
            detail: "supported tags and releases as of \(facts.asOf), judged for \(input.today)"
        )
        let evidence =
            input.baseEvidence + [asOf] + deviations.map { Evidence(kind: .image, file: $0.subject, detail: $0.detail) }
        guard deviations.isEmpty else {
            return .notMet(
                .count(deviations.count, unit: "deviation"),
                deviations: deviations,
                evidence: evidence,
                remediation: "Build on an image and tag that is approved and still supported.",
                remarks: doubts
            )
        }
        if let doubt = doubts.first {
            return .noData(
                doubt,
                evidence: evidence,
                remediation: "Look at the publisher's list of supported tags.",
                remarks: Array(doubts.dropFirst())
            )
        }
        return .met(.count(0, unit: "deviation"), evidence: evidence)
    }

    private func judgeNames(
        _ references: [ImageReference],
        _ facts: any BaseImageFacts,
        _ deviations: inout [PolicyDeviation],
        _ doubts: inout [String]
    ) {
        guard !references.isEmpty else {
            if !patterns.contains(ReferencePattern("*")) || onlySupportedTags {
                doubts.append("the name of the base image is not known")
            }
            return
        }
        // Of several names that the digest may have had, one that is approved is enough to leave it open.
        var found: [[PolicyDeviation]] = []
        for reference in references {
            let name = reference.familiarName + (reference.tag.map { ":" + $0 } ?? "")
            let isListed = reference.name.hasPrefix("docker.io/library/") || facts.hardenedImage(reference) != nil
            var own: [PolicyDeviation] = []
            if !patterns.contains(where: { $0.matches(reference) }) {
                let allowed = patterns.map(\.text).joined(separator: ", ")
                own.append(
                    PolicyDeviation(subject: name, detail: "it does not come from an allowed source (\(allowed))")
                )
            }
            if onlySupportedTags {
                switch facts.isSupported(reference) {
                case false?:
                    own.append(
                        PolicyDeviation(subject: name, detail: "the publisher does not support this tag any more")
                    )
                case nil where reference.tag == nil && isListed:
                    doubts.append("which tag of \(name) has or had the digest that was used is not recorded")
                case nil where isListed:
                    doubts.append(
                        "whether the tag \(name) is supported is not recorded: it is not on the list of supported tags at hand, and may be newer than the list"
                    )
                default: break
                }
            }
            found.append(own)
        }
        if found.allSatisfy({ !$0.isEmpty }) {
            deviations += found.first ?? []
        } else if found.contains(where: { !$0.isEmpty }) {
            doubts.append(
                "the digest carries several tags, and not all of them are approved: which one was used is not known"
            )
        }
    }

    private func judgeDistribution(
        _ input: PolicyInput,
        _ facts: any BaseImageFacts,
        _ found: FoundBaseImage,
        _ deviations: inout [PolicyDeviation],
        _ doubts: inout [String]
    ) {
        guard let distribution = input.distribution else {
            // An image that has no os-release for certain is no distribution's, so none ends that it stands on.
            let places = OSRelease.paths.map(\.description)
            if let unknown = input.unknowns.first(where: { places.contains(where: $0.mayTouch) }) {
                doubts.append("the distribution of the base image is not known: " + unknown.reason)
            } else if let package = input.packages.first(where: { [.apk, .deb, .rpm].contains($0.type) }) {
                doubts.append("the distribution that \(package.name) belongs to is not known: no os-release tells it")
            }
            return
        }
        let name =
            distribution.prettyName
            ?? [distribution.id, distribution.versionID].compactMap(\.self).joined(separator: " ")
        guard let end = facts.endOfLife(of: distribution) else {
            doubts.append("when \(name.harmless) ends is not recorded")
            return
        }
        let last = [end.date, end.extendedDate].compactMap(\.self).max()
        if let last, last < input.today {
            deviations.append(
                PolicyDeviation(subject: name.harmless, detail: "the release has had no fixes since \(last)")
            )
        } else if last == nil, end.hasEnded {
            deviations.append(PolicyDeviation(subject: name.harmless, detail: "the release gets no fixes any more"))
        }
    }
}
