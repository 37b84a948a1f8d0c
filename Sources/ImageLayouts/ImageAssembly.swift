// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, manifest.md; BuildKit docs/attestations/attestation-storage.md, exporter/containerimage.

import Archives
import JSONValues
public import OCISpec

/// Puts an image together from a configuration, layers and attestations, as BuildKit's exporter does.
///
/// Without attestations the image is a manifest; with them it is an index that holds the manifest and one attestation manifest.
/// The same parts give the same bytes.
public struct ImageAssembly: Sendable {
    /// The configuration's bytes.
    public let configurationBytes: [UInt8]
    /// The manifest's bytes.
    public let manifestBytes: [UInt8]
    /// The manifest's descriptor, with the platform.
    public let manifest: Descriptor
    private let configuration: Descriptor
    private let layers: [LayerBlob]
    private var statements: [InTotoStatement] = []
    private var shape = Attestation.Shape.artifact
    /// The annotations of the index, where there is one.
    public var indexAnnotations: [String: String] = [:]

    /// Takes the configuration and the layers, the lowest first.
    ///
    /// The list of uncompressed layers in the configuration is replaced by the layers' own.
    public init(
        configuration: ImageConfiguration,
        layers: [LayerBlob],
        annotations: [String: String]? = nil
    ) throws {
        var configuration = configuration
        configuration.rootfs = RootFilesystem(diffIDs: layers.map(\.diffID))
        configurationBytes = try JSONWriter.bytes(of: configuration)
        let config = ImageBundle.Blob(configurationBytes, mediaType: MediaType.configuration)
        self.configuration = config.descriptor
        self.layers = layers
        manifestBytes = try JSONWriter.bytes(
            of:
                ImageManifest(config: config.descriptor, layers: layers.map(\.descriptor), annotations: annotations)
        )
        manifest = Descriptor(
            mediaType: MediaType.manifest,
            digest: .sha256(of: manifestBytes),
            size: manifestBytes.count,
            platform: configuration.platform
        )
    }

    /// The manifest's digest, which statements about the image name as their subject.
    public var manifestDigest: Digest { manifest.digest }

    /// Attaches statements, in this order; those attached before are replaced.
    public mutating func attach(_ statements: [InTotoStatement], shape: Attestation.Shape = .artifact) {
        self.statements = statements
        self.shape = shape
    }

    /// The image with all its blobs.
    public func bundle() throws -> ImageBundle {
        var blobs = layers.map { ImageBundle.Blob(descriptor: $0.descriptor, source: $0.source) }
        blobs.append(ImageBundle.Blob(configurationBytes, mediaType: MediaType.configuration))
        blobs.append(ImageBundle.Blob(manifestBytes, mediaType: MediaType.manifest))
        let image = ImageBundle.Image(
            manifest: manifest,
            configuration: configuration,
            layers: layers.map(\.descriptor)
        )
        guard !statements.isEmpty else {
            var root = manifest
            root.platform = nil
            return ImageBundle(root: root, blobs: blobs, images: [image])
        }
        let statementBlobs = statements.map { ImageBundle.Blob($0.encoded(), mediaType: MediaType.inToto) }
        let (config, attestationManifest) = try attestationManifest(statementBlobs)
        let attestation = ImageBundle.Blob(try JSONWriter.bytes(of: attestationManifest), mediaType: MediaType.manifest)
        var companion = attestation.descriptor
        companion.platform = .unknown
        companion.annotations = [
            Annotation.dockerReferenceType: "attestation-manifest",
            Annotation.dockerReferenceDigest: manifest.digest.description,
        ]
        let index = ImageBundle.Blob(
            try JSONWriter.bytes(
                of: ImageIndex(
                    manifests: [manifest, companion],
                    annotations: indexAnnotations.isEmpty ? nil : indexAnnotations
                )
            ),
            mediaType: MediaType.index
        )
        return ImageBundle(
            root: index.descriptor,
            blobs: blobs + statementBlobs + [config, attestation, index],
            images: [image]
        )
    }

    private func attestationManifest(_ blobs: [ImageBundle.Blob]) throws -> (ImageBundle.Blob, ImageManifest) {
        let layers = zip(blobs, statements).map { blob, statement in
            var descriptor = blob.descriptor
            descriptor.annotations = [Annotation.predicateType: statement.predicateType]
            return descriptor
        }
        switch shape {
        case .artifact:
            let config = ImageBundle.Blob(Array("{}".utf8), mediaType: MediaType.empty)
            var descriptor = config.descriptor
            descriptor.data = "e30="
            var subject = manifest
            subject.platform = nil
            return (
                config,
                ImageManifest(
                    artifactType: MediaType.attestationManifest,
                    config: descriptor,
                    layers: layers,
                    subject: subject
                )
            )
        case .image:
            let dummy = ImageConfiguration(
                platform: .unknown,
                rootfs: RootFilesystem(diffIDs: blobs.map(\.descriptor.digest))
            )
            let config = ImageBundle.Blob(try JSONWriter.bytes(of: dummy), mediaType: MediaType.configuration)
            return (config, ImageManifest(config: config.descriptor, layers: layers))
        }
    }
}
