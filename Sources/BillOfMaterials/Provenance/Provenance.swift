// SPDX-License-Identifier: Apache-2.0

// Source: SLSA provenance v0.2 and v1; BuildKit docs/attestations/slsa-provenance.md and slsa-definitions.md.

public import OCISpec

/// How an image was built, as BuildKit records it: a value that the builder fills and that both versions are written from.
public struct Provenance: Sendable, Hashable {
    /// Who built; empty when it does not say.
    public var builderID = ""
    /// The platform that the builder runs on, such as `linux/amd64`; nil when it does not say.
    public var builderPlatform: String?
    /// The version of the Dockerfile frontend; nil when it does not say.
    public var dockerfileVersion: String?
    /// What the build used: images, Git repositories, downloads.
    public var materials: [Material] = []
    /// Where the Dockerfile came from.
    public var configSource = ConfigSource()
    /// `dockerfile.v0` or `gateway.v0`.
    public var frontend = "dockerfile.v0"
    /// The request's arguments as the frontend got them: `build-arg:NAME`, `label:NAME`, `target`, `source`, `cmdline`.
    public var arguments: [String: String] = [:]
    /// The names of local folders that were sent: `context`, `dockerfile`.
    public var locals: [String] = []
    /// Ids of secrets, never their values.
    public var secrets: [Credential] = []
    /// Ids of SSH agents.
    public var ssh: [Credential] = []
    /// The build's own id; empty when it does not say.
    public var invocationID = ""
    /// When it began, RFC 3339; nil when it does not say.
    public var startedOn: String?
    /// When it was over, RFC 3339; nil when it does not say.
    public var finishedOn: String?
    /// Whether the materials are all there is.
    public var areMaterialsComplete = false
    /// Whether the builder says that it could be repeated.
    public var isReproducible = false
    /// Whether the builder had no network.
    public var isHermetic = false
    /// Facts of version control: `source`, `revision`, `localdir:NAME`; sent by the client, not verified.
    public var versionControl: [String: String] = [:]
    /// The steps of the build, in order (mode max only).
    public var steps: [Step] = []
    /// The id of the step that a vertex digest belongs to (mode max only).
    public var digestMapping: [String: String] = [:]
    /// The Dockerfiles that steps came from (mode max only).
    public var sources: [Source] = []
    /// Where a step stands, by its id (mode max only).
    public var locations: [String: [Location]] = [:]
    /// The layers that a step's output gave, by `stepN:M`; one list for each chain of layers (mode max only).
    public var layers: [String: [[Descriptor]]] = [:]

    /// Nothing said yet.
    public init() {}

    /// How much it tells. BuildKit's steps are in mode max only; completeness and arguments say nothing about it.
    public var mode: Mode { steps.isEmpty ? .min : .max }
}

extension Provenance {
    /// How much a provenance tells.
    public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        /// Inputs, arguments but build arguments and labels, times.
        case min
        /// That, all arguments, the steps, the Dockerfile and the layers.
        case max
    }

    /// The two versions of the predicate.
    public enum Version: String, Sendable, Hashable, CaseIterable {
        /// SLSA 0.2, BuildKit's default before 0.28.
        case v02 = "v0.2"
        /// SLSA 1.
        case v1

        /// The predicate type of its statements.
        public var predicateType: String {
            switch self {
            case .v02: InTotoStatement.PredicateType.provenanceV02
            case .v1: InTotoStatement.PredicateType.provenanceV1
            }
        }
    }

    /// Something that a build used.
    public struct Material: Sendable, Hashable {
        /// A purl for images, a URL for other things.
        public let uri: String
        /// Hashes by algorithm, hexadecimal without a prefix.
        public let digest: [String: String]

        /// A material by its URI, with the hex of each hash by the algorithm's name.
        public init(uri: String, digest: [String: String]) {
            self.uri = uri
            self.digest = digest
        }

        /// The material of an image as BuildKit writes it; `digest` is what the reference resolved to.
        public init(image: ImageReference, digest: Digest, platform: Platform?) {
            self.init(
                uri: ImagePURL.text(image, digest: nil, platform: platform),
                digest: [digest.algorithm.rawValue: digest.hex]
            )
        }

        /// The image; nil when it is no image.
        public var image: (reference: ImageReference, platform: Platform?)? { ImagePURL.read(uri) }
    }

    /// Where the build's definition came from.
    public struct ConfigSource: Sendable, Hashable {
        /// Its address; nil for a local folder.
        public var uri: String?
        /// Hashes by algorithm.
        public var digest: [String: String]
        /// The path of the Dockerfile, such as `Dockerfile`; nil when it does not say.
        public var path: String?

        /// Where nothing is named, the build's definition came with its context.
        public init(uri: String? = nil, digest: [String: String] = [:], path: String? = nil) {
            self.uri = uri
            self.digest = digest
            self.path = path
        }
    }

    /// A secret or SSH agent by its id.
    public struct Credential: Sendable, Hashable {
        /// The id.
        public let id: String
        /// Whether the build may go on without it.
        public let isOptional: Bool

        /// A credential that the build needs, unless it is optional.
        public init(id: String, isOptional: Bool = false) {
            self.id = id
            self.isOptional = isOptional
        }
    }

    /// A file that steps were made from, the Dockerfile as a rule.
    public struct Source: Sendable, Hashable {
        /// Its name, such as `Dockerfile`.
        public let filename: String
        /// Its language, such as `Dockerfile`.
        public let language: String
        /// Its bytes.
        public let data: [UInt8]

        /// A Dockerfile, unless another language is named.
        public init(filename: String, language: String = "Dockerfile", data: [UInt8]) {
            self.filename = filename
            self.language = language
            self.data = data
        }
    }

    /// A place in one of the sources.
    public struct Location: Sendable, Hashable {
        /// The place of the source in `sources`, from 0.
        public let sourceIndex: Int
        /// Lines, first to last, from 1.
        public let lines: [ClosedRange<Int>]

        /// Lines of the first source, unless another is named.
        public init(sourceIndex: Int = 0, lines: [ClosedRange<Int>]) {
            self.sourceIndex = sourceIndex
            self.lines = lines
        }
    }

    /// The lines of the Dockerfile that a layer came from; nil when it does not say.
    ///
    /// - Parameter digest: the digest of the layer as the manifest names it.
    public func lines(ofLayer digest: Digest) -> ClosedRange<Int>? {
        // A chain names the layers below as well: the step that made the layer is the one where it is the last.
        for (output, chains) in layers.sorted(by: { $0.key < $1.key }) {
            guard chains.contains(where: { $0.last?.digest == digest }) else { continue }
            let step = output.split(separator: ":").first.map(String.init) ?? output
            if let lines = locations[step]?.first?.lines.first { return lines }
        }
        return nil
    }
}
