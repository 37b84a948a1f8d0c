// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Diagnostics
public import ImageAnalysis
public import ImagePolicies
import OCISpec
import Packages

/// The head of every JSON document about an image: what was looked at, with what.
public struct ScoutDocumentTarget: Sendable, Codable {
    /// The image as it was asked for.
    public let name: String
    /// The manifest's digest in full.
    public let digest: String
    /// `os/architecture`.
    public let platform: String
    /// The size, with what is recorded and not measured.
    public let size: ImageSize
    /// How many packages there are.
    public let packages: Int
    /// Whether those are all, and all could be judged; if not, counts of zero say nothing.
    public let packagesAreKnown: Bool
    /// How many packages the advisory data could judge.
    public let judgedPackages: Int
    /// Why a count of zero says nothing, in one sentence; nil when it says something.
    public let doubt: String?
    /// The distribution's name for people; nil when not known.
    public let distribution: String?
    /// Who made the list of packages.
    public let sbom: SBOMSource
    /// What provenance says; nil when there is none.
    public let provenance: ProvenanceSummary?
    /// The base image.
    public let base: Base

    /// The base image, as far as it is known.
    public struct Base: Sendable, Codable {
        /// `image`, `scratch` or `unknown`.
        public let kind: String
        /// The name with its tag.
        public let reference: String?
        /// The digest in full.
        public let digest: String?
        /// What told it: `provenance`, `labels`, `dockerfile`, `layers`.
        public let source: String?
        /// Why it is not known.
        public let reason: String?
        /// The vulnerabilities of its own packages.
        public let vulnerabilities: SeverityCounts?
    }

    init(_ report: AnalysisReport) {
        name = report.name
        digest = report.digest.description
        platform = report.platform.description
        size = report.size
        packages = report.packageCount
        packagesAreKnown = report.vulnerabilityDoubt == nil
        judgedPackages = report.vulnerabilities.judgedCount
        doubt = report.vulnerabilityDoubt
        distribution = report.distribution.map {
            $0.prettyName ?? ([$0.id, $0.versionID].compactMap(\.self).joined(separator: " "))
        }
        sbom = report.sbom
        provenance = report.provenance
        switch report.base {
        case .image(let image):
            base = Base(
                kind: "image",
                reference: image.familiarName,
                digest: image.digest?.description,
                source: image.source.rawValue,
                reason: nil,
                vulnerabilities: report.baseCounts
            )
        case .scratch:
            base = Base(kind: "scratch", reference: nil, digest: nil, source: nil, reason: nil, vulnerabilities: nil)
        case .unknown(let reason):
            base = Base(kind: "unknown", reference: nil, digest: nil, source: nil, reason: reason, vulnerabilities: nil)
        }
    }
}

/// What a judgement rests on.
public struct ScoutDocumentBasis: Sendable, Codable {
    /// The engine's version.
    public let engine: String
    /// The advisory data.
    public let advisories: DataSetIdentity
    /// The day of the facts about base images; nil when none were at hand.
    public let baseImageFacts: String?
    /// The day for which ends of life were judged.
    public let today: String

    init(_ report: AnalysisReport) {
        engine = report.engineVersion
        advisories = report.vulnerabilities.dataSet
        baseImageFacts = report.factsAsOf
        today = report.today
    }
}

/// The policies in a JSON document.
public struct ScoutDocumentPolicies: Sendable, Codable {
    /// The profile's name.
    public let profile: String
    /// `SUCCESS`, `FAILED` or `UNKNOWN`.
    public let status: String
    /// How many are met.
    public let met: Int
    /// How many there are.
    public let total: Int
    /// How many have no data.
    public let missing: Int
    /// The health score; nil when there are no points to have.
    public let healthScore: Score?
    /// Why there is none for this image; nil when there may be one.
    public let healthScoreNotApplicable: String?
    /// The policies in the order in which they are shown.
    public let results: [Result]

    /// The health score.
    public struct Score: Sendable, Codable {
        /// A to F.
        public let grade: String
        /// Whole percent.
        public let percent: Int
        /// The points.
        public let awarded: Int
        /// All points.
        public let total: Int
    }

    /// One policy.
    public struct Result: Sendable, Codable {
        /// The stable id.
        public let id: String
        /// The title as shown.
        public let title: String
        /// `met`, `notMet` or `noData`.
        public let state: String
        /// The counts of a policy about vulnerabilities.
        public let vulnerabilities: SeverityCounts?
        /// The text of the results column where it is text.
        public let result: String?
        /// What deviates.
        public let deviations: [PolicyDeviation]
        /// Why there is no data.
        public let reason: String?
        /// Things to know.
        public let remarks: [String]
        /// What to do.
        public let remediation: String?
        /// What it rests on.
        public let evidence: [Evidence]
    }

    init(_ report: PolicyReport) {
        profile = report.profile
        status = report.statusWord
        met = report.met
        total = report.total
        missing = report.missing
        healthScore = report.healthScore.map {
            Score(grade: $0.grade, percent: $0.percent, awarded: $0.awarded, total: $0.total)
        }
        healthScoreNotApplicable = report.healthScoreNotApplicable
        results = report.results.map { result in
            var counts: SeverityCounts?
            if case .counts(let found) = result.cell { counts = found }
            let state =
                switch result.state {
                case .passed: "met"
                case .failed: "notMet"
                case .unknown: "noData"
                }
            return Result(
                id: result.id,
                title: result.title,
                state: state,
                vulnerabilities: counts,
                result: result.cell.text,
                deviations: result.deviations,
                reason: result.noDataReason,
                remarks: result.remarks,
                remediation: result.remediation,
                evidence: result.evidence
            )
        }
    }
}

/// `quickview --format json` and `policy --format json`.
public struct QuickviewDocument: Sendable, Codable {
    /// The image.
    public let target: ScoutDocumentTarget
    /// How many vulnerabilities it has.
    public let vulnerabilities: SeverityCounts
    /// The policies.
    public let policies: ScoutDocumentPolicies
    /// What does not fit together.
    public let findings: [Finding]
    /// What is not known.
    public let unknowns: [Unknown]
    /// What the judgement rests on.
    public let basis: ScoutDocumentBasis

    /// Makes the document of an analysis.
    public init(_ report: AnalysisReport) {
        target = ScoutDocumentTarget(report)
        vulnerabilities = report.vulnerabilities.counts
        policies = ScoutDocumentPolicies(report.policies)
        findings = report.findings
        unknowns = report.unknowns + report.vulnerabilities.unknowns
        basis = ScoutDocumentBasis(report)
    }
}

/// `cves --format json`.
public struct VulnerabilitiesDocument: Sendable, Codable {
    /// The image.
    public let target: ScoutDocumentTarget
    /// How many vulnerabilities are shown.
    public let counts: SeverityCounts
    /// The vulnerabilities, the worst first.
    public let vulnerabilities: [Entry]
    /// What does not fit together, VEX statements that do not count among it.
    public let findings: [Finding]
    /// What hides packages, packages that the data do not speak of, and records that could not be evaluated.
    public let unknowns: [Unknown]
    /// What the judgement rests on.
    public let basis: ScoutDocumentBasis

    /// One vulnerability of one package.
    public struct Entry: Sendable, Codable {
        /// The id.
        public let id: String
        /// Other names.
        public let aliases: [String]
        /// The package's name.
        public let package: String
        /// All installed packages that are meant.
        public let packages: [String]
        /// The package's version.
        public let version: String
        /// Its type.
        public let type: String
        /// Its purl.
        public let purl: String
        /// One line about the flaw.
        public let title: String
        /// The severity's word.
        public let severity: String
        /// Who says so.
        public let severitySource: String
        /// The CVSS score.
        public let score: Double?
        /// The CVSS vector.
        public let vector: String?
        /// The first version with the fix.
        public let fixedVersion: String?
        /// The affected versions.
        public let affectedRange: String
        /// Whether it is known to be exploited.
        public let knownExploited: Bool
        /// Whether it is a high-profile one.
        public let highProfile: Bool
        /// The day of publication.
        public let published: String?
        /// Where the package was found.
        public let locations: [String]
        /// The layers that brought it, by their places; empty when they are not known.
        public let layers: [Int]
        /// Who is trusted to say that it does not matter here, and why; such an entry is not counted.
        public let vex: VEXMark?
    }

    /// Makes the document of an analysis.
    public init(_ report: AnalysisReport, filter: VulnerabilityFilter = VulnerabilityFilter()) {
        let matches = report.vulnerabilities.matches.filter(filter.shows)
        target = ScoutDocumentTarget(report)
        counts = SeverityCounts(of: matches)
        vulnerabilities = matches.map { match in
            Entry(
                id: match.id,
                aliases: match.aliases,
                package: match.package.name,
                packages: match.packageNames,
                version: match.package.version,
                type: match.package.type.rawValue,
                purl: match.package.purl.description,
                title: match.title,
                severity: match.severity.rawValue,
                severitySource: match.severitySource,
                score: match.score,
                vector: match.vector,
                fixedVersion: match.fixedVersion,
                affectedRange: match.affectedRange,
                knownExploited: match.isKEV,
                highProfile: match.isHighProfile,
                published: match.published,
                locations: match.package.locations.map(\.path),
                layers: Set(match.packages.flatMap(\.layers)).sorted(),
                vex: match.mark
            )
        }
        findings = report.findings
        unknowns = report.unknowns.filter(\.mayHidePackages) + report.vulnerabilities.unknowns
        basis = ScoutDocumentBasis(report)
    }
}
