// SPDX-License-Identifier: Apache-2.0

import Advisories
public import ImageAnalysis
public import ImagePolicies
import Packages

/// What to do about an image's base: the base itself, whether its tag has moved on, and other tags of its repository.
public struct BaseImageAdvice: Sendable {
    /// The image that asks.
    public let image: String
    /// The base image as people write it.
    public let name: String
    /// The base image; nil when it is not at hand.
    public let base: AnalysisReport?
    /// Other names of the base image's tag that are supported.
    public let otherTags: [String]
    /// Whether the tag still points to what was used; nil when the policy was not judged.
    public let freshness: PolicyResult?
    /// Whether tag and distribution are still supported; nil when the policy was not judged.
    public let approval: PolicyResult?
    /// Other tags, the best first.
    public let choices: [Choice]

    /// Another tag of the repository.
    public struct Choice: Sendable {
        /// The tag to show.
        public let tag: String
        /// Its other names.
        public let otherTags: [String]
        /// The day on which it was recorded, `YYYY-MM-DD`; nil when not known.
        public let recorded: String?
        /// The image.
        public let report: AnalysisReport

        /// A tag with the analysis of what it points at.
        public init(tag: String, otherTags: [String], recorded: String?, report: AnalysisReport) {
            self.tag = tag
            self.otherTags = otherTags
            self.recorded = recorded
            self.report = report
        }
    }

    /// Makes advice; choices are put in order: fewer vulnerabilities, the worst counted first, then smaller ones.
    public init(
        image: String,
        name: String,
        base: AnalysisReport?,
        otherTags: [String],
        freshness: PolicyResult?,
        approval: PolicyResult?,
        choices: [Choice]
    ) {
        self.image = image
        self.name = name
        self.base = base
        self.otherTags = otherTags
        self.freshness = freshness
        self.approval = approval
        self.choices = choices.sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
    }

    private static func key(_ choice: Choice) -> [Int] {
        let counts = choice.report.vulnerabilities.counts
        // What nobody could judge is no better than the worst that was judged.
        let doubt = choice.report.vulnerabilityDoubt == nil ? 0 : 1
        return [
            doubt, counts.critical, counts.high, counts.medium, counts.low, counts.unspecified,
            choice.report.size.bytes,
        ]
    }

    /// What speaks for a choice, one line each.
    func benefits(of choice: Choice) -> [String] {
        guard let base else { return [] }
        var lines: [String] = []
        let megabytes = Int((Double(base.size.bytes - choice.report.size.bytes) / 1_000_000).rounded())
        if megabytes > 0 { lines.append("Image is smaller by \(megabytes) MB") }
        if megabytes == 0 { lines.append("Image has similar size") }
        let packages = base.packageCount - choice.report.packageCount
        if packages > 0 { lines.append("Image contains \(packages) fewer packages") }
        let (old, new) = (base.vulnerabilities.counts, choice.report.vulnerabilities.counts)
        let removed = old.total - new.total
        let introduced = VulnerabilityKinds.all.contains { new[$0] > old[$0] }
        let isComparable = base.vulnerabilityDoubt == nil && choice.report.vulnerabilityDoubt == nil
        if !isComparable {
            // Said by "No data" in the column of the counts.
        } else if removed > 0, !introduced {
            lines.append("Image introduces no new vulnerability but removes \(removed)")
        } else if removed == 0, !introduced {
            lines.append("Image has same number of vulnerabilities")
        }
        if choice.tag.hasSuffix("slim") || choice.tag.contains("-slim-") { lines.append("Tag is using slim variant") }
        if let runtime = choice.report.runtime, let used = base.runtime,
            runtime.split(separator: ".").first != used.split(separator: ".").first
        {
            lines.append("Major runtime version update")
        }
        return lines
    }
}

extension AnalysisReport {
    /// The version of the Node.js in the image; nil when it has none.
    var runtime: String? { packages.first { $0.type == .generic && $0.name == "node" }?.version }
}
