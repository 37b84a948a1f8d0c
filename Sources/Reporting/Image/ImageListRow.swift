// SPDX-License-Identifier: Apache-2.0

package import JSONValues
public import OCISpec

/// One line of the list of images.
public struct ImageListRow {
    /// The name; nil for an image without one.
    public let reference: ImageReference?
    /// The image's id.
    public let id: Digest
    /// When it was made, RFC 3339; nil when it does not say or cannot be read.
    public let created: String?
    /// How long ago, for people.
    public let age: String
    /// The compressed size in bytes; 0 when the image cannot be read.
    public let sizeBytes: Int
    /// Whether a recorded size is part of it.
    public let isSizeRecorded: Bool
    /// The platform; nil when the image cannot be read.
    public let platform: Platform?
    /// The labels of its configuration.
    public let labels: [String: String]

    /// The name as Docker shows it.
    public var repository: String { reference?.familiarName ?? "<none>" }
    /// The tag as Docker shows it.
    public var tag: String { reference?.tag ?? "<none>" }

    /// Takes what is shown of an image; nil stands for what it does not say.
    public init(
        reference: ImageReference?,
        id: Digest,
        created: String?,
        age: String,
        sizeBytes: Int,
        isSizeRecorded: Bool,
        platform: Platform?,
        labels: [String: String]
    ) {
        self.reference = reference
        self.id = id
        self.created = created
        self.age = age
        self.sizeBytes = sizeBytes
        self.isSizeRecorded = isSizeRecorded
        self.platform = platform
        self.labels = labels
    }

    /// For `--json`.
    package var document: JSONValue {
        [
            "repository": .optional(reference?.familiarName), "tag": .optional(reference?.tag),
            "id": .string(id.description), "created": .optional(created), "size": .number(String(sizeBytes)),
            "sizeIsRecorded": .bool(isSizeRecorded), "platform": .optional(platform?.description),
        ]
    }

    /// As Docker names the fields.
    package func dockerDocument(_ isWhole: Bool) -> JSONValue {
        [
            "Containers": "N/A", "CreatedAt": .string(created ?? "N/A"), "CreatedSince": .string(age),
            "Digest": .string(id.description), "ID": .string(isWhole ? id.description : id.short),
            "Repository": .string(repository), "SharedSize": "N/A", "Size": .string(HumanText.size(sizeBytes)),
            "Tag": .string(tag), "UniqueSize": "N/A",
        ]
    }
}
