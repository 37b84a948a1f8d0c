// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// How much is known of a base image, facet by facet.
///
/// What is not said here is known. A model whose files and packages are recorded, and an image that was imported, are known whole.
public struct ImageKnowledge: Sendable, Hashable {
    /// Of each facet that is not known in full, how much is, and why not more.
    public let gaps: [Facet: Gap]
    /// Names of programs that the image is recorded not to have, whatever else of its files is not known.
    public let absentPrograms: Set<String>
    /// Whether it is recorded to be no distribution's, and so to have no `os-release`.
    public let hasNoDistribution: Bool

    /// Nothing is left to be known.
    public static let whole = ImageKnowledge()

    /// Makes the knowledge of an image from what is missing in it.
    public init(gaps: [Facet: Gap] = [:], absentPrograms: Set<String> = [], hasNoDistribution: Bool = false) {
        self.gaps = gaps
        self.hasNoDistribution = hasNoDistribution
        self.absentPrograms = absentPrograms
    }

    /// How much is known of a facet.
    public func extent(of facet: Facet) -> Extent { gaps[facet]?.extent ?? .known }

    /// Whether every facet is known in full.
    public var isWhole: Bool { gaps.isEmpty }
}

extension ImageKnowledge {
    /// How much of a facet is known.
    public enum Extent: String, Sendable, Hashable, Codable, CaseIterable {
        case known
        case inPart = "in part"
        case unknown
    }

    /// What is missing of a facet.
    public struct Gap: Sendable, Hashable, Codable {
        /// In part, or nothing at all.
        public let extent: Extent
        /// Why not more is known, in words that go on from "of its packages …".
        public let reason: String

        /// Makes a gap from its parts.
        public init(_ extent: Extent, _ reason: String) {
            self.extent = extent
            self.reason = reason
        }
    }

    /// What whoever stands on the image does not know of it, in words that go on from "it is not fully known: …"; empty where nothing
    /// that matters to a build is missing.
    public var unknowns: [Unknown] {
        var result: [Unknown] = []
        if let gap = gaps[.accounts] {
            result.append(
                Unknown(reason: "its accounts are known \(gap.extent.words): \(gap.reason)", scope: .accounts)
            )
        }
        if let gap = gaps[.packages] ?? gaps[.files] {
            let reason = "its packages and files are known \(gap.extent.words): \(gap.reason)"
            let absent = hasNoDistribution ? ["/etc/os-release", "/usr/lib/os-release"] : []
            result.append(Unknown(reason: reason, scope: .packages, spared: absent))
        }
        if let gap = gaps[.configuration] {
            let reason = "its configuration is known \(gap.extent.words): \(gap.reason)"
            result.append(Unknown(reason: reason, scope: gap.extent == .unknown ? .baseImage : .output))
        }
        return result
    }

    /// Where the programs would be that the image is recorded not to have.
    public var absentPaths: [ImagePath] {
        absentPrograms.sorted().flatMap { name in
            ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"].map {
                ImagePath($0).appending(name)
            }
        }
    }
}

extension ImageReference {
    /// A name in full as people write it.
    static func familiar(_ text: String) -> String { (try? ImageReference(parsing: text))?.familiar ?? text }
}

extension ImageKnowledge.Extent {
    /// In a sentence, behind "is known".
    public var words: String {
        switch self {
        case .known: "in full"
        case .inPart: "in part"
        case .unknown: "not at all"
        }
    }
}
