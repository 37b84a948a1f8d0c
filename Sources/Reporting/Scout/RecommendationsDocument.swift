// SPDX-License-Identifier: Apache-2.0

public import Advisories
import Diagnostics
import ImageAnalysis
import ImagePolicies

/// `recommendations --format json`.
public struct RecommendationsDocument: Sendable, Encodable {
    /// The image that asks.
    public let image: String
    /// The base image as people write it.
    public let base: String
    /// Other supported names of the same tag.
    public let otherTags: [String]
    /// `current`, `outdated` or `noData`.
    public let freshness: String
    /// Why there are no data about the freshness, or what deviates.
    public let freshnessDetail: String?
    /// Other tags, the best first.
    public let choices: [Choice]

    /// Another tag of the repository.
    public struct Choice: Sendable, Encodable {
        /// The tag.
        public let tag: String
        /// Its other names.
        public let otherTags: [String]
        /// The vulnerabilities.
        public let vulnerabilities: SeverityCounts
        /// Why there may be more of them, in one sentence; nil when these are all.
        public let doubt: String?
        /// The compressed size.
        public let sizeBytes: Int
        /// How many packages it has.
        public let packages: Int
        /// What speaks for it.
        public let benefits: [String]
    }

    /// Makes the document of advice.
    public init(_ advice: BaseImageAdvice) {
        image = advice.image
        base = advice.name
        otherTags = advice.otherTags
        switch advice.freshness?.state {
        case .passed: freshness = "current"
        case .failed: freshness = "outdated"
        case .unknown, nil: freshness = "noData"
        }
        freshnessDetail = advice.freshness?.noDataReason ?? advice.freshness?.deviations.first?.detail
        choices = advice.choices.map {
            Choice(
                tag: $0.tag,
                otherTags: $0.otherTags,
                vulnerabilities: $0.report.vulnerabilities.counts,
                doubt: $0.report.vulnerabilityDoubt,
                sizeBytes: $0.report.size.bytes,
                packages: $0.report.packageCount,
                benefits: advice.benefits(of: $0)
            )
        }
    }
}
