// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations/attestation-storage.md.

import Diagnostics
package import OCISpec

/// Finds the attestations that belong to an image manifest.
package enum AttestationManifests {
    /// How large one attestation may be, as BuildKit caps them.
    static let statementBytes = 40 << 20

    /// Whether a descriptor of an index is, or may be, an attestation manifest and not an image.
    package static func isCandidate(_ descriptor: Descriptor) -> Bool {
        if descriptor.annotations?[Annotation.dockerReferenceType] != nil { return true }
        return descriptor.artifactType == MediaType.attestationManifest || descriptor.platform == .unknown
    }

    /// Reads the statements about `image` from the manifests beside it.
    ///
    /// Where none is about the image, those come along that are about no image of the index at all: a copy that compresses layers
    /// anew leaves them behind like that. They never name the image, and a finding says why they do not count.
    static func attestations(
        about image: Descriptor,
        among siblings: [Descriptor],
        in container: any LayoutContainer,
        limits: Limits,
        findings: inout [Finding]
    ) throws -> [Attestation] {
        let images = Set(siblings.filter { !isCandidate($0) }.map(\.digest.description) + [image.digest.description])
        var seen: Set<Digest> = []
        var own: [Descriptor] = []
        var orphaned: [(descriptor: Descriptor, of: String)] = []
        for descriptor in siblings where isCandidate(descriptor) && seen.insert(descriptor.digest).inserted {
            let type = descriptor.annotations?[Annotation.dockerReferenceType]
            guard type == nil || type == "attestation-manifest" else { continue }
            let annotated = descriptor.annotations?[Annotation.dockerReferenceDigest]
            if annotated == nil || annotated == image.digest.description {
                own.append(descriptor)
            } else if let annotated, !images.contains(annotated) {
                orphaned.append((descriptor, annotated))
            }
        }
        let result = try statements(about: image, in: own, isOwn: true, container, limits, &findings)
        guard result.isEmpty else { return result }
        let strangers = try statements(
            about: image,
            in: orphaned.map(\.descriptor),
            isOwn: false,
            container,
            limits,
            &findings
        )
        if !strangers.isEmpty {
            let types = Set(strangers.map(\.statement.predicateType)).sorted().joined(separator: ", ")
            let subjects = Set(orphaned.map { shortened($0.of) }).sorted().joined(separator: ", ")
            findings.append(
                Finding(
                    rule: "AttestationSubjectMismatch",
                    severity: .warning,
                    message:
                        "Attestations are there (\(types)), but they are attached to \(subjects) and this image is "
                        + "\(image.digest.short): it was compressed anew or changed after it was built, so they do not count.",
                    file: container.place.description,
                    fix:
                        "copy the image with its digests kept (skopeo copy --all --preserve-digests), or build it again"
                )
            )
        }
        return strangers
    }

    /// The beginning of a digest; of a text that is none, at most as many characters.
    private static func shortened(_ text: String) -> String {
        (try? Digest(parsing: text))?.short ?? String(text.prefix(12))
    }

    /// Reads the statements of attestation manifests.
    ///
    /// - Parameter isOwn: whether the index says that they are about the image.
    private static func statements(
        about image: Descriptor,
        in descriptors: [Descriptor],
        isOwn: Bool,
        _ container: any LayoutContainer,
        _ limits: Limits,
        _ findings: inout [Finding]
    ) throws -> [Attestation] {
        var result: [Attestation] = []
        for descriptor in descriptors {
            let annotated = descriptor.annotations?[Annotation.dockerReferenceDigest]
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
            if isOwn, let subject = manifest.subject, subject.digest != image.digest {
                let why =
                    "The attestation manifest \(descriptor.digest.short) is attached to \(image.digest.short), "
                    + "but its subject is \(subject.digest.short)."
                findings.append(mismatch(why, container))
            }
            let shape: Attestation.Shape = manifest.artifactType == nil && manifest.subject == nil ? .image : .artifact
            for layer in manifest.layers where isStatement(layer) {
                guard let blob = try statementBytes(layer, container, limits) else {
                    findings.append(absent(layer.digest, container))
                    continue
                }
                do {
                    let (statement, isEnveloped) = try InTotoStatement.parse(blob)
                    let names = isOwn && Self.names(image, statement)
                    if isOwn, !names {
                        let why =
                            "The attestation \(statement.predicateType) does not name the image "
                            + "\(image.digest.short) as its subject."
                        findings.append(mismatch(why, container))
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
                    findings.append(unreadable(layer.digest, error, container))
                }
            }
        }
        return result
    }

    /// The bytes of a statement; nil when they are not there.
    private static func statementBytes(
        _ layer: Descriptor,
        _ container: any LayoutContainer,
        _ limits: Limits
    ) throws -> [UInt8]? {
        guard layer.size <= statementBytes else {
            throw Failure(
                .overLimit,
                "an attestation is too large",
                at: container.place,
                why: "\(layer.size) bytes, at most \(statementBytes) are taken"
            )
        }
        return try container.verifiedBytes(layer, limits: limits, most: statementBytes)
    }

    /// Whether a statement has an image among its subjects.
    private static func names(_ image: Descriptor, _ statement: InTotoStatement) -> Bool {
        statement.subjects.contains { $0.digest[image.digest.algorithm.rawValue] == image.digest.hex }
    }

    private static func isStatement(_ layer: Descriptor) -> Bool {
        layer.mediaType == MediaType.inToto || layer.mediaType == "application/vnd.dsse.envelope.v1+json"
    }

    private static func mismatch(_ why: String, _ container: any LayoutContainer) -> Finding {
        Finding(
            rule: "AttestationSubjectMismatch",
            severity: .warning,
            message: why,
            file: container.place.description
        )
    }

    private static func unreadable(_ digest: Digest, _ error: any Error, _ container: any LayoutContainer) -> Finding {
        Finding(
            rule: "AttestationUnreadable",
            severity: .warning,
            message: "The attestation \(digest.short) cannot be read: \(error).",
            file: container.place.description
        )
    }

    private static func absent(_ digest: Digest, _ container: any LayoutContainer) -> Finding {
        Finding(
            rule: "AttestationAbsent",
            severity: .info,
            message: "The attestation \(digest.short) is listed, but not in the archive.",
            file: container.place.description
        )
    }
}
