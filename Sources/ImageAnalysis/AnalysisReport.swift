// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Diagnostics
public import ImagePolicies
public import OCISpec
public import Packages

/// All that the engine found out about an image: the one thing that reports and checks are made of.
public struct AnalysisReport: Sendable, Hashable, Codable {
    /// The image as it was asked for, such as `acme/memes-r-us:v1`.
    public let name: String
    /// The digest of the image's manifest.
    public let digest: Digest
    /// What the image runs on.
    public let platform: Platform
    /// When it was made, RFC 3339; nil when it does not say.
    public let created: String?
    /// The default user as the configuration has it; nil when not set.
    public let user: String?
    /// How large it is.
    public let size: ImageSize
    /// The distribution; nil when the image does not say.
    public let distribution: Distribution?
    /// Where the list of packages comes from and how many it has.
    public let sbom: SBOMSource
    /// All packages that the filesystem or the attested list shows, sorted; what policies look at.
    public let packages: [Package]
    /// What provenance says; nil when none is attached.
    public let provenance: ProvenanceSummary?
    /// What was attested, as policies see it.
    public let attestations: AttestationSummary
    /// What the image was built on.
    public let base: BaseImageUse
    /// How many vulnerabilities the base image's own packages have; nil when its layers cannot be told apart.
    public let baseCounts: SeverityCounts?
    /// How many of the image's layers came with the base image; nil when not known.
    public let baseLayerCount: Int?
    /// The vulnerabilities and the data they rest on.
    public let vulnerabilities: MatchReport
    /// The policies.
    public let policies: PolicyReport
    /// What does not fit together, such as an SBOM that leaves packages out.
    public let findings: [Finding]
    /// What the engine did not understand.
    public let unknowns: [Unknown]
    /// The day of the facts about base images, `YYYY-MM-DD`; nil when none were at hand.
    public let factsAsOf: String?
    /// The day for which the image was judged, `YYYY-MM-DD`.
    public let today: String
    /// The engine's version.
    public let engineVersion: String

    /// What the analysis found out; nil stands for what the image does not say.
    public init(
        name: String,
        digest: Digest,
        platform: Platform,
        created: String?,
        user: String?,
        size: ImageSize,
        distribution: Distribution?,
        sbom: SBOMSource,
        packages: [Package],
        provenance: ProvenanceSummary?,
        attestations: AttestationSummary,
        base: BaseImageUse,
        baseCounts: SeverityCounts?,
        baseLayerCount: Int? = nil,
        vulnerabilities: MatchReport,
        policies: PolicyReport,
        findings: [Finding],
        unknowns: [Unknown],
        factsAsOf: String?,
        today: String,
        engineVersion: String
    ) {
        self.name = name
        self.digest = digest
        self.platform = platform
        self.created = created
        self.user = user
        self.size = size
        self.distribution = distribution
        self.sbom = sbom
        self.packages = packages
        self.provenance = provenance
        self.attestations = attestations
        self.base = base
        self.baseCounts = baseCounts
        self.baseLayerCount = baseLayerCount
        self.vulnerabilities = vulnerabilities
        self.policies = policies
        self.findings = findings
        self.unknowns = unknowns
        self.factsAsOf = factsAsOf
        self.today = today
        self.engineVersion = engineVersion
    }

    /// How many packages there are, as the list says that is shown to people.
    public var packageCount: Int { sbom.packageCount }

    /// Why the list of packages may be incomplete, in one sentence; nil when it is whole.
    public var packageDoubt: String? { unknowns.first(where: \.mayHidePackages)?.reason }

    /// Why a count of vulnerabilities may be too small, in one sentence; nil when all packages are known and could be judged.
    public var vulnerabilityDoubt: String? {
        packageDoubt.map { "the packages are not wholly known: " + $0 } ?? vulnerabilities.doubt
    }

    /// How many packages the advisory data could judge, of how many: `93 of 120 packages could be judged`.
    public var judgedShare: String {
        let total = vulnerabilities.packageCount
        return "\(vulnerabilities.judgedCount) of \(total) package\(total == 1 ? "" : "s") could be judged"
    }
}

/// How large an image is.
public struct ImageSize: Sendable, Hashable, Codable {
    /// The compressed size in bytes: all layers.
    public let bytes: Int
    /// Whether a part is not measured but recorded of the real image that a model stands for.
    public let isRecorded: Bool
    /// The image that the recorded part was measured of, such as `docker.io/library/node:lts-slim`; nil when nothing is recorded.
    public let recordedOf: String?
    /// Whether that image is another one than the base: its nearest relative, where nothing is recorded of the base itself.
    public private(set) var isOfRelative = false

    private enum CodingKeys: String, CodingKey {
        case bytes, isRecorded, recordedOf
    }

    /// A size that was counted, unless it is said to be recorded.
    public init(bytes: Int, isRecorded: Bool = false, recordedOf: String? = nil, isOfRelative: Bool = false) {
        self.isOfRelative = isOfRelative
        self.bytes = bytes
        self.isRecorded = isRecorded
        self.recordedOf = recordedOf
    }

    /// As Scout prints it: whole MB of a million bytes, below that kB.
    public var text: String {
        if bytes >= 999_500 { return "\((bytes + 500_000) / 1_000_000) MB" }
        return bytes >= 1000 ? "\((bytes + 500) / 1000) kB" : "\(bytes) B"
    }
}

/// Where a list of packages comes from.
public struct SBOMSource: Sendable, Hashable, Codable {
    /// Who made the list.
    public let kind: Kind
    /// How many packages it has.
    public let packageCount: Int

    /// The maker of the list, and its length.
    public init(kind: Kind, packageCount: Int) {
        self.kind = kind
        self.packageCount = packageCount
    }

    /// Who made a list of packages.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is attached to the image.
        case attestation
        /// The engine read the image's files.
        case indexed
        /// It is all that there is: a document without an image.
        case document
    }
}

/// What provenance says about how an image was built.
public struct ProvenanceSummary: Sendable, Hashable, Codable {
    /// The predicate type, which tells the version of SLSA.
    public let predicateType: String
    /// How much it tells.
    public let mode: AttestationSummary.ProvenanceMode?
    /// The repository that it was built from; nil when it does not say.
    public let source: String?
    /// The commit; nil when it does not say.
    public let revision: String?

    /// What provenance does not say is nil.
    public init(predicateType: String, mode: AttestationSummary.ProvenanceMode?, source: String?, revision: String?) {
        self.predicateType = predicateType
        self.mode = mode
        self.source = source
        self.revision = revision
    }
}
