// SPDX-License-Identifier: Apache-2.0

// Source: OCI image specification 1.1, config.md; Docker image specification 1.3 for Healthcheck, OnBuild, Shell, ArgsEscaped.

/// What an image is: how it runs, which layers it has, how it came to be.
public struct ImageConfiguration: Sendable, Hashable, Codable {
    /// When the image was made, RFC 3339; nil when not said.
    public var created: String?
    /// Who made it.
    public var author: String?
    /// The processor architecture, such as `amd64`.
    public var architecture: String
    /// The operating system, such as `linux`.
    public var os: String
    /// The variant of the architecture.
    public var variant: String?
    /// How a container starts.
    public var config: ContainerConfiguration
    /// The layers by the digests of their uncompressed bytes.
    public var rootfs: RootFilesystem
    /// What made each layer, the oldest first.
    public var history: [HistoryEntry]

    private enum CodingKeys: String, CodingKey {
        case created, author, architecture, os, variant, config, rootfs, history
    }

    /// An image without layers for linux/amd64, unless something else is given.
    public init(
        created: String? = nil,
        author: String? = nil,
        platform: Platform = .linuxAMD64,
        config: ContainerConfiguration = ContainerConfiguration(),
        rootfs: RootFilesystem = RootFilesystem(diffIDs: []),
        history: [HistoryEntry] = []
    ) {
        self.created = created
        self.author = author
        self.architecture = platform.architecture
        self.os = platform.os
        self.variant = platform.variant
        self.config = config
        self.rootfs = rootfs
        self.history = history
    }

    /// Reads a configuration; what is missing or `null` is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        created = try container.decodeIfPresent(String.self, forKey: .created)
        author = try container.decodeIfPresent(String.self, forKey: .author)
        architecture = try container.decodeIfPresent(String.self, forKey: .architecture) ?? ""
        os = try container.decodeIfPresent(String.self, forKey: .os) ?? ""
        variant = try container.decodeIfPresent(String.self, forKey: .variant)
        config =
            try container.decodeIfPresent(ContainerConfiguration.self, forKey: .config) ?? ContainerConfiguration()
        rootfs = try container.decodeIfPresent(RootFilesystem.self, forKey: .rootfs) ?? RootFilesystem(diffIDs: [])
        history = try container.decodeIfPresent([HistoryEntry].self, forKey: .history) ?? []
    }

    /// What the image runs on.
    public var platform: Platform { Platform(os: os, architecture: architecture, variant: variant) }
}

/// The layers of an image by the digests of their uncompressed bytes.
public struct RootFilesystem: Sendable, Hashable, Codable {
    /// Always `layers`.
    public var type: String
    /// The digests of the uncompressed layers, the lowest first.
    public var diffIDs: [Digest]

    private enum CodingKeys: String, CodingKey {
        case type
        case diffIDs = "diff_ids"
    }

    /// Makes the list.
    public init(diffIDs: [Digest]) {
        self.type = "layers"
        self.diffIDs = diffIDs
    }

    /// Reads the list; `null` is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        type = try container.decodeIfPresent(String.self, forKey: .type) ?? "layers"
        diffIDs = try container.decodeIfPresent([Digest].self, forKey: .diffIDs) ?? []
    }
}

/// What made a layer, or changed the configuration without one.
public struct HistoryEntry: Sendable, Hashable, Codable {
    /// When, RFC 3339.
    public var created: String?
    /// The command, as BuildKit writes it.
    public var createdBy: String?
    /// Who.
    public var author: String?
    /// A remark; BuildKit writes `buildkit.dockerfile.v0`.
    public var comment: String?
    /// Whether there is no layer for it; nil means that there is one.
    public var emptyLayer: Bool?

    private enum CodingKeys: String, CodingKey {
        case created, author, comment
        case createdBy = "created_by"
        case emptyLayer = "empty_layer"
    }

    /// An entry that made a layer, unless it is said to be empty.
    public init(
        created: String? = nil,
        createdBy: String? = nil,
        author: String? = nil,
        comment: String? = nil,
        emptyLayer: Bool? = nil
    ) {
        self.created = created
        self.createdBy = createdBy
        self.author = author
        self.comment = comment
        self.emptyLayer = emptyLayer
    }
}
