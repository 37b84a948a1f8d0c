// SPDX-License-Identifier: Apache-2.0

// Source: distribution specification 1.1, "Pull"; BuildKit docs/attestations/attestation-storage.md.

import Archives
import Diagnostics
import ImageLayouts
import OCISpec

/// One image on its way in.
struct ImageDownload {
    private let session: RegistrySession
    private let staging: RegistryClient.Staging
    private let report: (PullEvent) -> Void
    private var blobs: [Digest: ImageBundle.Blob] = [:]
    private var bytes = 0

    private var place: Place { session.place }
    private var limits: TransferLimits { session.limits }
    private var repository: String { "/v2/\(session.reference.path)" }

    init(_ session: RegistrySession, staging: RegistryClient.Staging, report: @escaping (PullEvent) -> Void) {
        self.session = session
        self.staging = staging
        self.report = report
    }

    mutating func run(_ platform: Platform?) throws -> FetchedImage {
        let reference = session.reference
        let root = try document(
            reference.digest.map { .digest($0, size: nil) } ?? .tag(reference.effectiveTag ?? "latest")
        )
        report(.resolved(root.descriptor))
        let chosen = try choose(root, platform)
        guard case .manifest(let manifest) = chosen.document.content else {
            throw Failure(.internalFault, "the choice is no image", at: place)
        }
        try requireImage(manifest)
        for part in [manifest.config] + manifest.layers { try fetch(part) }
        for attestation in chosen.attestations.prefix(limits.attestations) { try fetch(attestation: attestation) }
        let bundle = ImageBundle(
            root: root.descriptor,
            blobs: Array(blobs.values),
            images: [
                .init(
                    manifest: chosen.document.descriptor,
                    configuration: manifest.config,
                    layers: manifest.layers
                )
            ]
        )
        let name =
            reference.digest.map {
                ImageReference(domain: reference.domain, path: reference.path, tag: nil, digest: $0)
            } ?? reference.withDefaultTag
        let archive = try bundle.opened(as: name, at: place, limits: limits.image)
        let image = try archive.image(reference: name.description, platform: platform)
        return FetchedImage(name: name, bundle: bundle, image: image)
    }

    // MARK: Documents

    private enum Wanted {
        case tag(String)
        case digest(Digest, size: Int?)

        var text: String {
            switch self {
            case .tag(let tag): tag
            case .digest(let digest, _): digest.description
            }
        }
    }

    /// Fetches a manifest or an index and keeps its bytes among the blobs.
    ///
    /// - Parameter isPromised: whether an index names it, so that its absence is the registry's fault.
    private mutating func document(_ wanted: Wanted, isPromised: Bool = false) throws -> ManifestDocument {
        let absent =
            isPromised
            ? Failure(.malformedInput, "the registry lacks a manifest that its index names", why: wanted.text)
            : Failure(
                .noSuchImage,
                "the registry has no such image",
                fix: "look at the name and the tag, \(session.reference.familiar)"
            )
        var kept: BoundedSink?
        let head = try session.get(
            .init(
                path: "\(repository)/manifests/\(wanted.text)",
                accept: ManifestDocument.accepted,
                seconds: limits.documentSeconds,
                absent: absent
            )
        ) { [limits] _ in
            let fresh = BoundedSink("the manifest", most: limits.manifestBytes)
            kept = fresh
            return fresh
        }
        let bytes = kept?.bytes ?? []
        let digest = try verify(bytes, wanted, head)
        let document = try ManifestDocument(
            bytes,
            digest: digest,
            type: head.mediaType,
            place: place,
            limits: limits
        )
        blobs[digest] = .init(descriptor: document.descriptor, source: .bytes(bytes))
        return document
    }

    /// Holds the bytes against the digest that was asked for, and the one that the head says.
    private func verify(_ bytes: [UInt8], _ wanted: Wanted, _ head: HTTPResponse) throws -> Digest {
        var digest = Digest.sha256(of: bytes)
        if case .digest(let asked, let size) = wanted {
            digest = .digest(of: bytes, asked.algorithm)
            guard digest == asked, size == nil || size == bytes.count else {
                throw Failure(
                    .malformedInput,
                    "a manifest is not what its digest says",
                    at: place,
                    why: "\(asked)\(size.map { " with \($0) bytes" } ?? "") was asked for, "
                        + "\(digest) with \(bytes.count) bytes came"
                )
            }
        }
        // The field may be left out; where it is there it must be right.
        if let said = head.value("Docker-Content-Digest") {
            guard let parsed = try? Digest(parsing: said), parsed == .digest(of: bytes, parsed.algorithm) else {
                throw Failure(
                    .malformedInput,
                    "a manifest is not what the registry says of it",
                    at: place,
                    why: "Docker-Content-Digest is \(said), the bytes have \(digest)"
                )
            }
        }
        return digest
    }

    // MARK: Platforms

    private struct Choice {
        let document: ManifestDocument
        let attestations: [Descriptor]
    }

    /// Follows indexes down to the manifest of a platform.
    private mutating func choose(_ root: ManifestDocument, _ platform: Platform?) throws -> Choice {
        var document = root
        var companions: [Descriptor] = []
        for _ in 0...limits.indexDepth {
            guard case .index(let index) = document.content else {
                return Choice(
                    document: document,
                    attestations: companions.filter {
                        $0.annotations?[Annotation.dockerReferenceDigest] == document.descriptor.digest.description
                    }
                )
            }
            companions += index.manifests.filter(AttestationManifests.isCandidate)
            let images = index.manifests.filter { !AttestationManifests.isCandidate($0) && $0.artifactType == nil }
            let next = try image(among: images, platform)
            document = try self.document(.digest(next.digest, size: next.size), isPromised: true)
        }
        throw Failure(
            .overLimit,
            "indexes are nested too deep",
            at: place,
            why: "more than \(limits.indexDepth) levels"
        )
    }

    private func image(among images: [Descriptor], _ platform: Platform?) throws -> Descriptor {
        let wanted = platform ?? ImageArchive.hostPlatform
        if let match = images.first(where: { $0.platform == wanted }) { return match }
        // An index within an index, or one for whatever runs anywhere, says no platform.
        if let open = images.first(where: { $0.platform == nil || $0.platform?.os.isEmpty == true }) { return open }
        let offered = images.compactMap { $0.platform?.description }
        throw Failure(
            .noSuchImage,
            "there is no image for \(wanted)",
            at: place,
            why: offered.isEmpty
                ? "its index names none" : "it is there for " + offered.prefix(20).joined(separator: ", "),
            fix: offered.first.map { "choose one with --platform, such as --platform \($0)" }
        )
    }

    /// Refuses charts, signatures and other artifacts before anything large is fetched.
    private func requireImage(_ manifest: ImageManifest) throws {
        func refuse(_ why: String) -> Failure {
            Failure(.malformedInput, "this is an artifact and no image", at: place, why: why)
        }
        let types = ["", MediaType.configuration, MediaType.dockerConfiguration, "application/octet-stream"]
        guard types.contains(manifest.config.mediaType) else {
            throw refuse("its configuration is \(manifest.config.mediaType)")
        }
        let prefixes = ["application/vnd.oci.image.layer.", "application/vnd.docker.image.rootfs."]
        if let layer = manifest.layers.first(where: { layer in
            !layer.mediaType.isEmpty && !prefixes.contains { layer.mediaType.hasPrefix($0) }
        }) {
            throw refuse("it has a part of the type \(layer.mediaType)")
        }
    }

    // MARK: Blobs

    private mutating func fetch(_ descriptor: Descriptor) throws {
        if let known = blobs[descriptor.digest] {
            guard known.descriptor.size == descriptor.size else {
                throw Failure(
                    .malformedInput,
                    "the manifest gives a blob two sizes",
                    at: place,
                    why: "\(descriptor.digest): \(known.descriptor.size) and \(descriptor.size)"
                )
            }
            return
        }
        let (sum, isOver) = bytes.addingReportingOverflow(descriptor.size)
        guard !isOver, sum <= limits.image.expandedBytes else {
            throw Failure(
                .overLimit,
                "the image is too large",
                at: place,
                why: "its manifest promises more than \(limits.image.expandedBytes) bytes"
            )
        }
        bytes = sum
        if let source = try staging.held(descriptor) {
            report(.held(descriptor))
            blobs[descriptor.digest] = .init(descriptor: descriptor, source: source)
            return
        }
        blobs[descriptor.digest] = .init(descriptor: descriptor, source: try download(descriptor))
        report(.received(descriptor))
    }

    private func download(_ descriptor: Descriptor) throws -> ByteSource {
        var sink: BlobSink?
        let (report, place, folder) = (report, place, staging.folder)
        _ = try session.get(
            .init(
                path: "\(repository)/blobs/\(descriptor.digest)",
                absent: Failure(
                    .malformedInput,
                    "the registry lacks a blob that the manifest names",
                    why: descriptor.digest.description
                )
            )
        ) { head in
            if let length = head.value("Content-Length"), Int(length) != descriptor.size {
                throw Failure(
                    .malformedInput,
                    "a blob has the wrong size",
                    at: place,
                    why: "\(descriptor.digest) should have \(descriptor.size) bytes, the registry announces \(length)"
                )
            }
            let fresh = try BlobSink(descriptor, in: folder, place: place) {
                report(.receiving(descriptor, bytes: $0))
            }
            sink = fresh
            return fresh
        }
        guard let sink else { throw Failure(.internalFault, "a blob was never asked for", at: place) }
        return try sink.finish()
    }

    /// An attestation manifest with its statements; one that the registry does not have is left out, as copies of images leave it.
    private mutating func fetch(attestation: Descriptor) throws {
        let document: ManifestDocument
        do {
            document = try self.document(.digest(attestation.digest, size: attestation.size))
        } catch let failure as Failure where failure.reason == .noSuchImage {
            return report(.attestationAbsent(attestation.digest))
        }
        guard case .manifest(let manifest) = document.content else { return }
        for part in [manifest.config] + manifest.layers { try fetch(part) }
    }
}
