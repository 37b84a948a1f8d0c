// SPDX-License-Identifier: Apache-2.0

public import ImageFilesystem
public import OCISpec

/// An image that a build can start from: its configuration, its layers and its filesystem.
public struct BaseImage: Sendable {
    /// The reference that was asked for, with its tag.
    public let reference: ImageReference
    /// The digest of the manifest that stands in the store.
    public let manifestDigest: Digest
    /// The manifest.
    public let manifest: ImageManifest
    /// The configuration.
    public let configuration: ImageConfiguration
    /// The filesystem with all layers applied.
    public let tree: FileTree
    /// What the kit says of the model; nil for an image that was imported or built.
    public let model: Model?
    /// How much of it is known.
    public let knowledge: ImageKnowledge

    /// An image whose tree is that of its layers; without a model it is a real one.
    public init(
        reference: ImageReference,
        manifestDigest: Digest,
        manifest: ImageManifest,
        configuration: ImageConfiguration,
        tree: FileTree,
        model: Model?,
        knowledge: ImageKnowledge = .whole
    ) {
        self.reference = reference
        self.manifestDigest = manifestDigest
        self.manifest = manifest
        self.configuration = configuration
        self.tree = tree
        self.model = model
        self.knowledge = knowledge
    }

    /// The same image under the name that was asked for.
    func named(_ reference: ImageReference) -> BaseImage {
        BaseImage(
            reference: reference,
            manifestDigest: manifestDigest,
            manifest: manifest,
            configuration: configuration,
            tree: tree,
            model: model,
            knowledge: knowledge
        )
    }
}

extension BaseImage {
    /// What makes a kit image a model of a real one.
    public struct Model: Sendable, Hashable, Codable {
        /// The real image's reference, such as `docker.io/library/node:lts-slim`.
        public let of: String
        /// The day of the facts, `YYYY-MM-DD`.
        public let asOf: String
        /// The digest that the tag had at the origin on that day; nil when not recorded. The model itself has another one.
        public let recordedDigest: Digest?
        /// The compressed size of the real image in bytes; nil when not recorded.
        public let recordedSizeBytes: Int?
        /// Which image the size was recorded of, when that is only the nearest relative; nil when it is this very one.
        public let recordedSizeOf: String?

        /// A model whose recorded size, where it has one, is of this very image.
        public init(
            of: String,
            asOf: String,
            recordedDigest: Digest?,
            recordedSizeBytes: Int?,
            recordedSizeOf: String? = nil
        ) {
            self.of = of
            self.asOf = asOf
            self.recordedDigest = recordedDigest
            self.recordedSizeBytes = recordedSizeBytes
            self.recordedSizeOf = recordedSizeOf
        }
    }

    /// The labels by which an image built on a model can be told, wherever it goes.
    public enum ModelLabel {
        /// The real image's reference.
        public static let of = "dev.seaworthy.model.of"
        /// The day of the facts.
        public static let asOf = "dev.seaworthy.model.as-of"
        /// The recorded digest of the real image.
        public static let digest = "dev.seaworthy.model.digest"
        /// The recorded compressed size of the real image in bytes.
        public static let size = "dev.seaworthy.model.size-bytes"
        /// The image that the size was recorded of, when it is not the very same.
        public static let sizeOf = "dev.seaworthy.model.size-of"
    }
}

/// Finds the image behind a FROM line.
public protocol BaseImageProvider: Sendable {
    /// The image of that reference for that platform.
    ///
    /// An imported image of the same name wins over a model.
    /// - Returns: nil when nothing is known of the reference; the build then goes on with unknown facts.
    /// - Throws: a `Failure` when an image is there but cannot be read.
    func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage?

    /// Names near a reference of which nothing is known, of images that are known; at most three, the nearest first.
    func knownNear(_ reference: ImageReference) -> [ImageReference]
}

extension BaseImageProvider {
    /// None.
    public func knownNear(_ reference: ImageReference) -> [ImageReference] { [] }
}
