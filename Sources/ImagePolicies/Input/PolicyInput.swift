// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import BaseImages
public import Diagnostics
public import OCISpec
public import Packages
public import SystemFiles

/// Everything that policies look at: an image and what is known of it, with what is not known said as such.
public struct PolicyInput: Sendable {
    /// The image's name; nil when it has none.
    public let reference: ImageReference?
    /// The digest of the image's manifest.
    public let digest: Digest
    /// The image's configuration.
    public let configuration: ImageConfiguration
    /// The accounts of the image.
    public let accounts: Accounts
    /// The distribution; nil when the image has no `os-release`.
    public let distribution: Distribution?
    /// The packages that are really there.
    public let packages: [Package]
    /// What the advisory data say about them.
    public let vulnerabilities: MatchReport
    /// What was attested about the image.
    public let attestations: AttestationSummary
    /// What the image was built on.
    public let base: BaseImageUse
    /// What is known of tags and ends of life; nil when no such data are at hand.
    public let facts: (any BaseImageFacts)?
    /// The day of the judgement, `YYYY-MM-DD`.
    public let today: String
    /// How many of the lowest layers are the base image's; nil when that is not known.
    public let baseLayerCount: Int?
    /// What the engine did not understand of the image.
    public let unknowns: [Unknown]
    /// The facets of which nothing is known, each with why, in one sentence.
    public let missing: [Facet: String]

    /// Everything is known of the image, unless something is said to be missing.
    public init(
        reference: ImageReference?,
        digest: Digest,
        configuration: ImageConfiguration,
        accounts: Accounts,
        distribution: Distribution?,
        packages: [Package],
        vulnerabilities: MatchReport,
        attestations: AttestationSummary,
        base: BaseImageUse,
        facts: (any BaseImageFacts)?,
        today: String,
        baseLayerCount: Int? = nil,
        unknowns: [Unknown] = [],
        missing: [Facet: String] = [:]
    ) {
        self.reference = reference
        self.digest = digest
        self.configuration = configuration
        self.accounts = accounts
        self.distribution = distribution
        self.packages = packages
        self.vulnerabilities = vulnerabilities
        self.attestations = attestations
        self.base = base
        self.facts = facts
        self.today = today
        self.baseLayerCount = baseLayerCount
        self.unknowns = unknowns
        self.missing = missing
    }

    /// Why the list of packages may be incomplete; empty when it is whole.
    public var packageUnknowns: [Unknown] {
        unknowns.filter(\.mayHidePackages)
    }
}

extension Unknown {
    /// Whether packages may be in the image, or missing from it, that nobody can see because of this.
    public var mayHidePackages: Bool { touches(.packages) }
}
