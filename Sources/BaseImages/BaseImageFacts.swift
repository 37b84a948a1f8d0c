// SPDX-License-Identifier: Apache-2.0

public import OCISpec
public import Packages

/// What is known of tags, digests and ends of life, with the day of the knowledge.
public protocol BaseImageFacts: Sendable {
    /// The day up to which the facts reach, `YYYY-MM-DD`; printed with every judgement that rests on them.
    var asOf: String { get }

    /// The digests that a tag pointed at over time, the oldest first.
    ///
    /// - Returns: an empty array when nothing is recorded of the tag.
    func history(of reference: ImageReference) -> [TagRecord]

    /// Every recorded tag that points, or pointed, at a digest (of an index, a manifest or a configuration), models included.
    func tags(at digest: Digest) -> [TagRecord]

    /// Whether a tag is on the publisher's list of supported tags.
    ///
    /// - Returns: nil when nothing is known of the repository.
    func isSupported(_ reference: ImageReference) -> Bool?

    /// The other tags that are made of the same files as a tag, so that all of them point to one image; empty when none is known.
    func aliases(of reference: ImageReference) -> [ImageReference]

    /// When a distribution release ends.
    ///
    /// - Returns: nil when the release is not known.
    func endOfLife(of distribution: Distribution) -> EndOfLife?

    /// The base image whose layers an image begins with: the longest match wins.
    ///
    /// - Parameter diffIDs: the digests of the image's uncompressed layers, the lowest first.
    func base(forDiffIDs diffIDs: [Digest]) -> [TagRecord]

    /// What is known of a Docker Hardened Image, by either form of its name (`dhi.io/node:…`, `ORG/dhi-node:…`).
    ///
    /// - Returns: nil when the reference has neither form.
    func hardenedImage(_ reference: ImageReference) -> HardenedImage?
}

extension BaseImageFacts {
    /// None.
    public func aliases(of reference: ImageReference) -> [ImageReference] { [] }
}

/// A digest that a tag pointed at from a day on.
public struct TagRecord: Sendable, Hashable, Codable {
    /// The repository in full, such as `docker.io/library/node`.
    public let repository: String
    /// The tag.
    public let tag: String
    /// From which day, `YYYY-MM-DD`.
    public let asOf: String
    /// Whether the tag still pointed there on the day of the facts.
    public let isCurrent: Bool
    /// The index's digest; nil when not recorded.
    public let indexDigest: Digest?
    /// The linux/amd64 manifest's digest; nil when not recorded.
    public let manifestDigest: Digest?
    /// The configuration's digest (the image id); nil when not recorded.
    public let configDigest: Digest?
    /// Whether these are the digests of a kit model and not of the real image.
    public let isModel: Bool

    /// A digest that nobody recorded is nil.
    public init(
        repository: String,
        tag: String,
        asOf: String,
        isCurrent: Bool,
        indexDigest: Digest?,
        manifestDigest: Digest?,
        configDigest: Digest?,
        isModel: Bool
    ) {
        self.repository = repository
        self.tag = tag
        self.asOf = asOf
        self.isCurrent = isCurrent
        self.indexDigest = indexDigest
        self.manifestDigest = manifestDigest
        self.configDigest = configDigest
        self.isModel = isModel
    }
}

/// When a release stops getting fixes.
public struct EndOfLife: Sendable, Hashable, Codable {
    /// The product, such as `debian`.
    public let product: String
    /// The release, such as `12`.
    public let cycle: String
    /// The end of regular support, `YYYY-MM-DD`; nil when it has ended on an unknown day or has no end.
    public let date: String?
    /// The end of extended (long-term) support, `YYYY-MM-DD`; nil when there is none.
    public let extendedDate: String?
    /// Whether it has ended although no day is known.
    public let hasEnded: Bool

    /// A day that nobody recorded is nil.
    public init(product: String, cycle: String, date: String?, extendedDate: String?, hasEnded: Bool) {
        self.product = product
        self.cycle = cycle
        self.date = date
        self.extendedDate = extendedDate
        self.hasEnded = hasEnded
    }
}

/// What a reference to a Docker Hardened Image says.
public struct HardenedImage: Sendable, Hashable, Codable {
    /// The image's own name, such as `node`.
    public let image: String
    /// The tag; nil when none was written.
    public let tag: String?
    /// Whether the tag names a build variant (`-dev`, `-sdk`).
    public let isBuildVariant: Bool
    /// Whether the catalog lists the tag.
    public let isListed: Bool

    /// What a reference says; nothing is looked up.
    public init(image: String, tag: String?, isBuildVariant: Bool, isListed: Bool) {
        self.image = image
        self.tag = tag
        self.isBuildVariant = isBuildVariant
        self.isListed = isListed
    }
}
