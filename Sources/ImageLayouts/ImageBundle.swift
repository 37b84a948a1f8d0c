// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, image-layout.md.

public import Archives
import Diagnostics
import JSONValues
public import OCISpec

/// An image as it goes from one place to another: its front descriptor and every blob that is at hand.
public struct ImageBundle: Sendable {
    /// The image's index or manifest.
    public let root: Descriptor
    /// The blobs, each once, sorted by digest; the root's own among them. Verified when they are written.
    public let blobs: [Blob]
    /// The image manifests with configuration and layers, for writers of Docker's `manifest.json`; attestations are not among
    /// them.
    public let images: [Image]

    /// A blob and where its bytes are.
    public struct Blob: Sendable {
        /// Digest and size, and the media type it is known by.
        public let descriptor: Descriptor
        /// The bytes.
        public let source: ByteSource

        /// A blob whose source has the bytes that the descriptor promises.
        public init(descriptor: Descriptor, source: ByteSource) {
            self.descriptor = descriptor
            self.source = source
        }

        /// A blob in memory; digest and size follow from the bytes.
        public init(_ bytes: [UInt8], mediaType: String) {
            descriptor = Descriptor(mediaType: mediaType, digest: .sha256(of: bytes), size: bytes.count)
            source = .bytes(bytes)
        }
    }

    /// One image manifest of the bundle.
    public struct Image: Sendable, Hashable {
        /// The manifest.
        public let manifest: Descriptor
        /// The configuration.
        public let configuration: Descriptor
        /// The layers, the lowest first.
        public let layers: [Descriptor]

        package init(manifest: Descriptor, configuration: Descriptor, layers: [Descriptor]) {
            self.manifest = manifest
            self.configuration = configuration
            self.layers = layers
        }
    }

    /// Blobs given twice are kept once.
    public init(root: Descriptor, blobs: [Blob], images: [Image]) {
        self.root = root
        var seen: Set<Digest> = []
        self.blobs = blobs.filter { seen.insert($0.descriptor.digest).inserted }
            .sorted { $0.descriptor.digest < $1.descriptor.digest }
        self.images = images
    }
}

extension ImageArchive {
    /// Everything of an image that is in the archive: all platforms whose blobs are there, attestations included.
    ///
    /// - Parameter reference: as `entry(_:)` takes it.
    /// - Throws: a `Failure`, as `image(reference:platform:)` does. Layers are verified when they are written, not here.
    public func bundle(reference: String? = nil) throws -> ImageBundle {
        let entry = try entry(reference)
        let image = try image(reference: reference)
        if image.manifestIsReconstructed || entry.roots.isEmpty { return try reconstructed(image) }
        var collector = BundleCollector(container: container, limits: limits)
        if let root = entry.roots.first, entry.roots.count == 1 {
            var root = root
            // What the front page says about the image is for whoever writes the next front page.
            root.annotations = nil
            if root.mediaType.isEmpty { root.mediaType = image.manifest.mediaType ?? MediaType.manifest }
            try collector.collect(root, isRequired: true, depth: 0)
            let companions = entry.siblings.filter {
                $0.annotations?[Annotation.dockerReferenceDigest] == image.manifestDigest.description
            }
            guard !MediaType.isIndex(root.mediaType), !companions.isEmpty else { return collector.bundle(root: root) }
            root.platform = image.platform
            return try collector.wrapped([root] + companions)
        }
        return try collector.wrapped(
            entry.roots.map {
                var root = $0
                root.annotations = nil
                return root
            } + entry.siblings
        )
    }

    private func reconstructed(_ image: LoadedImage) throws -> ImageBundle {
        let manifest = ImageManifest(config: image.manifest.config, layers: image.layers.map(\.descriptor))
        let bytes = try JSONWriter.bytes(of: manifest)
        let blob = ImageBundle.Blob(bytes, mediaType: MediaType.manifest)
        let configuration = ImageBundle.Blob(
            descriptor: image.manifest.config,
            source: .bytes(image.configurationBytes)
        )
        return ImageBundle(
            root: blob.descriptor,
            blobs: [blob, configuration] + image.layers.map { .init(descriptor: $0.descriptor, source: $0.source) },
            images: [
                .init(manifest: blob.descriptor, configuration: manifest.config, layers: manifest.layers)
            ]
        )
    }
}

/// Follows an index down and keeps what is there.
private struct BundleCollector {
    let container: any LayoutContainer
    let limits: Limits
    private var blobs: [ImageBundle.Blob] = []
    private var images: [ImageBundle.Image] = []

    init(container: any LayoutContainer, limits: Limits) {
        self.container = container
        self.limits = limits
    }

    func bundle(root: Descriptor) -> ImageBundle { ImageBundle(root: root, blobs: blobs, images: images) }

    /// Puts an index of our own over several manifests that stood on the front page.
    mutating func wrapped(_ manifests: [Descriptor]) throws -> ImageBundle {
        for manifest in manifests { try collect(manifest, isRequired: false, depth: 1) }
        let blob = ImageBundle.Blob(
            try JSONWriter.bytes(of: ImageIndex(manifests: manifests)),
            mediaType: MediaType.index
        )
        blobs.append(blob)
        return bundle(root: blob.descriptor)
    }

    mutating func collect(_ descriptor: Descriptor, isRequired: Bool, depth: Int) throws {
        guard depth <= 8 else { throw Failure(.overLimit, "indexes are nested too deep", at: container.place) }
        guard let bytes = try container.verifiedBytes(descriptor, limits: limits) else {
            if isRequired { throw container.absent(descriptor.digest, "the image") }
            return
        }
        if MediaType.isIndex(descriptor.mediaType) {
            let index = try decodeJSON(ImageIndex.self, from: bytes, what: "an index", place: container.place)
            for manifest in index.manifests { try collect(manifest, isRequired: false, depth: depth + 1) }
        } else {
            let manifest = try decodeJSON(ImageManifest.self, from: bytes, what: "a manifest", place: container.place)
            var parts: [ImageBundle.Blob] = []
            for part in [manifest.config] + manifest.layers {
                guard let source = try container.blob(part.digest) else {
                    // Without all of its layers another platform's manifest is of no use.
                    if isRequired || depth == 0 { throw container.absent(part.digest, "a part of the image") }
                    return
                }
                try container.check(part, against: source)
                parts.append(.init(descriptor: part, source: source))
            }
            blobs += parts
            if !AttestationManifests.isCandidate(descriptor), manifest.artifactType == nil {
                images.append(.init(manifest: descriptor, configuration: manifest.config, layers: manifest.layers))
            }
        }
        blobs.append(.init(descriptor: descriptor, source: .bytes(bytes)))
    }
}
