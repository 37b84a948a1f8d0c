// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations/attestation-storage.md.

import Diagnostics
import OCISpec

/// Finds the attestations that belong to an image manifest.
enum AttestationManifests {
    /// How large one attestation may be, as BuildKit caps them.
    static let statementBytes = 40 << 20

    /// Whether a descriptor of an index is, or may be, an attestation manifest and not an image.
    static func isCandidate(_ descriptor: Descriptor) -> Bool {
        if descriptor.annotations?[Annotation.dockerReferenceType] != nil { return true }
        return descriptor.artifactType == MediaType.attestationManifest || descriptor.platform == .unknown
    }

    /// Reads the statements about `image` from the manifests beside it.
    static func attestations(
        about image: Descriptor,
        among siblings: [Descriptor],
        in container: any LayoutContainer,
        limits: Limits,
        findings: inout [Finding]
    ) throws -> [Attestation] {
        var result: [Attestation] = []
        var seen: Set<Digest> = []
        for descriptor in siblings where isCandidate(descriptor) && seen.insert(descriptor.digest).inserted {
            let type = descriptor.annotations?[Annotation.dockerReferenceType]
            guard type == nil || type == "attestation-manifest" else { continue }
            let annotated = descriptor.annotations?[Annotation.dockerReferenceDigest]
            if let annotated, annotated != image.digest.description { continue }
            guard let bytes = try container.verifiedBytes(descriptor, limits: limits) else {
                if annotated != nil { findings.append(absent(descriptor.digest, container)) }
                continue
            }
            let manifest = try decodeJSON(
                ImageManifest.self,
                from: bytes,
                what: "an attestation manifest",
                place: container.place
            )
            if annotated == nil, manifest.subject?.digest != image.digest { continue }
            if let subject = manifest.subject, subject.digest != image.digest {
                findings.append(
                    Finding(
                        rule: "AttestationSubjectMismatch",
                        severity: .warning,
                        message: "The attestation manifest \(descriptor.digest.short) is attached to "
                            + "\(image.digest.short), but its subject is \(subject.digest.short).",
                        file: container.place
                    )
                )
            }
            let shape: Attestation.Shape = manifest.artifactType == nil && manifest.subject == nil ? .image : .artifact
            for layer in manifest.layers where isStatement(layer) {
                guard layer.size <= statementBytes else {
                    throw Failure(
                        .overLimit,
                        "an attestation is too large",
                        at: container.place,
                        why: "\(layer.size) bytes, at most \(statementBytes) are taken"
                    )
                }
                guard let blob = try container.verifiedBytes(layer, limits: limits, most: statementBytes) else {
                    findings.append(absent(layer.digest, container))
                    continue
                }
                do {
                    let (statement, isEnveloped) = try InTotoStatement.parse(blob)
                    let names = statement.subjects.contains {
                        $0.digest[image.digest.algorithm.rawValue] == image.digest.hex
                    }
                    if !names {
                        findings.append(
                            Finding(
                                rule: "AttestationSubjectMismatch",
                                severity: .warning,
                                message: "The attestation \(statement.predicateType) does not name the image "
                                    + "\(image.digest.short) as its subject.",
                                file: container.place
                            )
                        )
                    }
                    result.append(
                        Attestation(
                            statement: statement,
                            blobDigest: layer.digest,
                            manifestDigest: descriptor.digest,
                            shape: shape,
                            isEnveloped: isEnveloped,
                            namesTheImage: names
                        )
                    )
                } catch {
                    findings.append(
                        Finding(
                            rule: "AttestationUnreadable",
                            severity: .warning,
                            message: "The attestation \(layer.digest.short) cannot be read: \(error).",
                            file: container.place
                        )
                    )
                }
            }
        }
        return result
    }

    private static func isStatement(_ layer: Descriptor) -> Bool {
        layer.mediaType == MediaType.inToto || layer.mediaType == "application/vnd.dsse.envelope.v1+json"
    }

    private static func absent(_ digest: Digest, _ container: any LayoutContainer) -> Finding {
        Finding(
            rule: "AttestationAbsent",
            severity: .info,
            message: "The attestation \(digest.short) is listed, but not in the archive.",
            file: container.place
        )
    }
}
