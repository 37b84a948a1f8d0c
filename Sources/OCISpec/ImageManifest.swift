// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, manifest.md; Docker image manifest version 2, schema 2.

/// One image for one platform: its configuration and its layers, the lowest first.
public struct ImageManifest: Sendable, Hashable, Codable {
    /// Always 2.
    public var schemaVersion: Int
    /// The manifest's own media type; OCI allows to leave it out.
    public var mediaType: String?
    /// The type of an artifact that is no image; nil for an image.
    public var artifactType: String?
    /// The configuration.
    public var config: Descriptor
    /// The layers, the lowest first; for an attestation manifest one blob for each statement.
    public var layers: [Descriptor]
    /// The manifest that this one says something about; nil for an image.
    public var subject: Descriptor?
    /// Arbitrary remarks.
    public var annotations: [String: String]?

    /// A manifest of schema version 2.
    public init(
        mediaType: String? = MediaType.manifest,
        artifactType: String? = nil,
        config: Descriptor,
        layers: [Descriptor],
        subject: Descriptor? = nil,
        annotations: [String: String]? = nil
    ) {
        self.schemaVersion = 2
        self.mediaType = mediaType
        self.artifactType = artifactType
        self.config = config
        self.layers = layers
        self.subject = subject
        self.annotations = annotations
    }
}
