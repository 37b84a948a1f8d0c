// SPDX-License-Identifier: Apache-2.0

import BillOfMaterials
import Diagnostics
import ImagePolicies
import OCISpec
import Packages

/// What the statements attached to an image say; what speaks of another image does not count.
struct AttestedFacts {
    /// The packages of the attached SBOM; nil when there is none that can be read and says something.
    let packages: [Package]?
    /// The provenance, the most telling first; nil when there is none that can be read.
    let provenance: Provenance?
    /// The provenance's predicate type.
    let provenanceType: String
    /// What policies ask for.
    let summary: AttestationSummary
    /// What could not be read, or does not fit together.
    let findings: [Finding]

    /// Reads the statements.
    ///
    /// - Parameter found: the packages that the image's files show, for an SBOM that names none of them says nothing of the image.
    init(_ subject: AnalysisSubject, found: [Package], limits: Limits) {
        let reading = AttestationReading(subject.statements, limits: limits)
        let documents = reading.documents.filter { !$0.name.hasPrefix("/run/src/extras") }
        let own = documents.isEmpty ? reading.documents : documents
        let listed = Self.packages(of: own)
        let says = Self.isAbout(listed, found)
        packages = own.isEmpty || !says ? nil : listed
        provenance = reading.provenance?.provenance
        provenanceType = reading.provenance?.type ?? ""
        findings =
            reading.findings
            + own.flatMap(\.remarks).prefix(3).map {
                Finding(rule: "sbom-remark", severity: .info, message: "the attached SBOM: " + $0.harmless)
            }
        summary = reading.summary(sbomSaysNothing: !says)
    }

    /// What provenance says of the base image; nil when it does not say.
    var base: BaseImageUse? {
        switch provenance?.baseImage {
        case .image(let reference, let digest)?:
            let isBare = reference.tag == nil && reference.digest != nil
            return .image(
                FoundBaseImage(
                    reference: isBare ? reference : reference.withDefaultTag,
                    digest: digest,
                    source: .provenance
                )
            )
        case .scratch?: return .scratch
        case .unknown?, nil: return nil
        }
    }

    /// How many layers the base image brought, as the provenance's steps tell; nil when they do not.
    func baseLayerCount(of layers: [Digest?]) -> Int? {
        guard let provenance else { return nil }
        let digests = layers.compactMap(\.self)
        guard digests.count == layers.count else { return nil }
        let sources = provenance.steps.compactMap { step -> String? in
            guard case .source(let identifier, _) = step.operation, identifier.hasPrefix("docker-image://") else {
                return nil
            }
            return step.id
        }
        let chains = provenance.layers.filter { output, _ in
            sources.contains(output.split(separator: ":").first.map(String.init) ?? output)
        }.values.joined().map { $0.map(\.digest) }
        return chains.filter { !$0.isEmpty && digests.starts(with: $0) }.map(\.count).max()
    }

    /// The packages of the image itself, each once: build stages and contexts that were scanned as well are not in it.
    private static func packages(of documents: [SBOMDocument]) -> [Package] {
        var seen: Set<[String]> = []
        return documents.flatMap(\.packages)
            .filter { seen.insert([$0.type.rawValue, $0.name, $0.version, $0.architecture ?? ""]).inserted }
    }

    private static func isAbout(_ listed: [Package], _ found: [Package]) -> Bool {
        guard !found.isEmpty else { return true }
        func name(_ package: Package) -> [String] {
            [package.type.rawValue, package.type.comparableName(package.name)]
        }
        let own = Set(found.map(name))
        return listed.contains { own.contains(name($0)) }
    }
}
