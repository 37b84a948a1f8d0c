// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, media-types.md; Docker image manifest version 2, schema 2; BuildKit attestation storage.

/// The media types that Seaworthy reads or writes.
public enum MediaType {
    /// An OCI image index.
    public static let index = "application/vnd.oci.image.index.v1+json"
    /// An OCI image manifest.
    public static let manifest = "application/vnd.oci.image.manifest.v1+json"
    /// An OCI image configuration.
    public static let configuration = "application/vnd.oci.image.config.v1+json"
    /// An uncompressed layer.
    public static let layer = "application/vnd.oci.image.layer.v1.tar"
    /// A gzip-compressed layer.
    public static let layerGzip = "application/vnd.oci.image.layer.v1.tar+gzip"
    /// A zstd-compressed layer.
    public static let layerZstd = "application/vnd.oci.image.layer.v1.tar+zstd"
    /// The empty configuration of an OCI artifact: `{}`.
    public static let empty = "application/vnd.oci.empty.v1+json"
    /// An in-toto statement.
    public static let inToto = "application/vnd.in-toto+json"
    /// The artifact type of BuildKit's attestation manifests since 0.32.
    public static let attestationManifest = "application/vnd.docker.attestation.manifest.v1+json"
    /// Docker's manifest list.
    public static let dockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json"
    /// Docker's image manifest.
    public static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
    /// Docker's image configuration.
    public static let dockerConfiguration = "application/vnd.docker.container.image.v1+json"
    /// Docker's gzip-compressed layer.
    public static let dockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip"
    /// Docker's uncompressed layer.
    public static let dockerLayer = "application/vnd.docker.image.rootfs.diff.tar"

    /// Whether a descriptor of this type points at a list of manifests.
    public static func isIndex(_ type: String) -> Bool { type == index || type == dockerManifestList }

    /// Whether a descriptor of this type points at an image manifest.
    public static func isManifest(_ type: String) -> Bool { type == manifest || type == dockerManifest }
}
