// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import BaseImages
import BillOfMaterials
public import Diagnostics
import ImageFilesystem
public import ImageLayouts
public import ImagePolicies
import OCISpec
import PackageCatalogers
import Packages
import SystemFiles

/// Finds out everything about an image: packages, vulnerabilities, base image, attestations, policies.
public struct ImageAnalyzer: Sendable {
    let advisories: AdvisoryDatabase
    let facts: (any BaseImageFacts)?
    let today: String
    let engineVersion: String
    let limits: Limits
    /// Whose word on vulnerabilities counts.
    public var vex = VEXRules()

    /// Makes an analyzer.
    ///
    /// - Parameters:
    ///   - facts: what is known of tags and ends of life; nil makes the base-image policies answer "no data".
    ///   - today: the day for which ends of life are judged, `YYYY-MM-DD`.
    ///   - engineVersion: what reports name as the engine's version.
    public init(
        advisories: AdvisoryDatabase,
        facts: (any BaseImageFacts)?,
        today: String,
        engineVersion: String,
        limits: Limits
    ) {
        self.advisories = advisories
        self.facts = facts
        self.today = today
        self.engineVersion = engineVersion
        self.limits = limits
    }

    /// Analyses an image of an archive, a layout or the local store.
    ///
    /// - Throws: a `Failure` when a layer or the advisory data cannot be read.
    public func analyze(
        _ image: LoadedImage,
        name: String,
        profile: PolicyProfile = .classic
    ) throws -> AnalysisReport {
        try analyze(AnalysisSubject(image, name: name, limits: limits), profile: profile)
    }

    /// Analyses an image whose filesystem is at hand.
    ///
    /// - Throws: a `Failure` when the advisory data cannot be read.
    public func analyze(_ subject: AnalysisSubject, profile: PolicyProfile = .classic) throws -> AnalysisReport {
        let configuration = subject.configuration
        let catalog = Catalogers.catalog(
            FileTreeResolver(
                tree: subject.tree,
                layers: subject.layers.map(\.diffID),
                programs: subject.programs
            ),
            configuration: CatalogConfiguration(environmentLines: configuration.config.env ?? [], limits: limits)
        )
        let attested = AttestedFacts(subject, found: catalog.packages, limits: limits)
        let unknowns = Self.unknowns(of: subject, catalog: catalog, attested: attested)
        let base = BaseImageFinder(facts: facts).find(subject, attested: attested, distribution: catalog.distribution)
        let found = placed(catalog.packages, of: subject, baseLayerCount: base.layerCount)
        let comparison = PackageComparison(attested: attested.packages, found: found)
        let (vulnerabilities, vexFindings) = VEXJudgement(
            documents: VEXDocuments(subject, vex, limits: limits),
            rules: vex,
            products: VEXProducts(subject),
            today: today
        ).apply(to: try advisories.match(comparison.union))
        let input = PolicyInput(
            reference: subject.reference,
            digest: subject.digest,
            configuration: configuration,
            accounts: Accounts(
                subject.tree,
                doubt: unknowns.first { $0.touches(.accounts) }?.reason
            ),
            distribution: catalog.distribution,
            packages: comparison.union,
            vulnerabilities: vulnerabilities,
            attestations: attested.summary,
            base: base.use,
            facts: facts,
            today: today,
            baseLayerCount: base.layerCount,
            unknowns: unknowns
        )
        return AnalysisReport(
            name: subject.name,
            digest: subject.digest,
            platform: configuration.platform,
            created: configuration.created,
            user: configuration.config.user,
            size: Self.size(of: subject, baseLayerCount: base.layerCount),
            distribution: catalog.distribution,
            sbom: SBOMSource(
                kind: attested.packages == nil ? .indexed : .attestation,
                packageCount: attested.packages?.count ?? catalog.packages.count
            ),
            packages: comparison.union,
            provenance: Self.provenance(attested),
            attestations: attested.summary,
            base: base.use,
            baseCounts: Self.baseCounts(vulnerabilities, base: base),
            baseLayerCount: base.layerCount,
            vulnerabilities: vulnerabilities,
            policies: profile.judge(input),
            findings: subject.findings + attested.findings + comparison.findings + base.findings + vexFindings,
            unknowns: unknowns,
            factsAsOf: facts?.asOf,
            today: today,
            engineVersion: engineVersion
        )
    }
}

extension ImageAnalyzer {
    /// What the caller, the image's own label and the catalogers do not know, each once.
    private static func unknowns(
        of subject: AnalysisSubject,
        catalog: Catalog,
        attested: AttestedFacts
    ) -> [Unknown] {
        let label = subject.configuration.config.labels?[UnknownLabel.name].map(UnknownLabel.unknowns) ?? []
        var seen: Set<String> = []
        let programs = attested.packages == nil ? unexplained(subject.tree, catalog: catalog) : []
        return (subject.unknowns + label + catalog.unknowns + programs).filter {
            seen.insert($0.scope.rawValue + $0.reason).inserted
        }
    }

    private static func provenance(_ attested: AttestedFacts) -> ProvenanceSummary? {
        attested.provenance.map {
            ProvenanceSummary(
                predicateType: attested.provenanceType,
                mode: $0.mode == .max ? .max : .min,
                source: $0.versionControl["source"],
                revision: $0.versionControl["revision"]
            )
        }
    }

    /// Programs in an image of which no package is known: they are made of something, and nobody says of what.
    private static func unexplained(_ tree: FileTree, catalog: Catalog) -> [Unknown] {
        guard catalog.packages.isEmpty else { return [] }
        var first: ImagePath?
        tree.walk { path, node in
            if first == nil, case .file = node.kind, node.mode & 0o111 != 0 { first = path }
            return first == nil
        }
        guard let first else { return [] }
        let reason = "no package is known in the image and there are programs in it, such as \(first)"
        return [Unknown(reason: reason, scope: .packages)]
    }

    /// The size of all layers; where the image stands on a model, the recorded size of the real base and the own layers.
    private static func size(of subject: AnalysisSubject, baseLayerCount: Int?) -> ImageSize {
        func sum(_ layers: some Sequence<AnalysisSubject.Layer>) -> Int {
            layers.reduce(0) { total, layer in
                let (result, overflow) = total.addingReportingOverflow(max(0, layer.sizeBytes ?? 0))
                return overflow ? Int.max : result
            }
        }
        let labels = subject.configuration.config.labels ?? [:]
        guard let recorded = labels[BaseImage.ModelLabel.size].flatMap(Int.init), recorded >= 0, recorded < 1 << 50
        else {
            return ImageSize(bytes: sum(subject.layers))
        }
        let own = min(sum(subject.layers.dropFirst(baseLayerCount ?? subject.layers.count)), 1 << 50)
        return ImageSize(
            bytes: recorded + own,
            isRecorded: true,
            recordedOf: labels[BaseImage.ModelLabel.sizeOf] ?? labels[BaseImage.ModelLabel.of],
            isOfRelative: labels[BaseImage.ModelLabel.sizeOf] != nil
        )
    }

    /// The packages with the layers that brought them; without a layer where nobody can tell.
    private func placed(
        _ packages: [Package],
        of subject: AnalysisSubject,
        baseLayerCount: Int?
    ) -> [Package] {
        let diffIDs = subject.layers.map(\.diffID)
        if subject.layerStates.count == diffIDs.count {
            let origins = PackageOrigins(
                states: subject.layerStates,
                configuration: CatalogConfiguration(
                    environmentLines: subject.configuration.config.env ?? [],
                    limits: limits
                )
            )
            return packages.map { origins.placed($0, diffIDs: diffIDs) }
        }
        // Only the last state is at hand: of a database that was written again above the base, nobody can say what is new.
        return packages.map { $0.withoutLayer(from: baseLayerCount ?? 0) }
    }

    /// The vulnerabilities of packages that the base image's layers brought; nil where a package's layer is not known.
    private static func baseCounts(_ report: MatchReport, base: BaseImageFinder.Result) -> SeverityCounts? {
        guard let count = base.layerCount, case .image = base.use else { return nil }
        var found: [VulnerabilityMatch] = []
        for match in report.matches {
            let layers = match.packages.map(\.layers)
            guard layers.allSatisfy({ !$0.isEmpty }) else { return nil }
            if layers.joined().contains(where: { $0 < count }) { found.append(match) }
        }
        return SeverityCounts(of: found)
    }
}
