// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ImageFilesystem
public import ImagePolicies
public import OCISpec

/// An image as the analysis takes it: read from an archive, or just built and never written.
public struct AnalysisSubject: Sendable {
    /// The image as it was asked for.
    public let name: String
    /// The digest of its manifest.
    public let digest: Digest
    /// Its configuration.
    public let configuration: ImageConfiguration
    /// Its filesystem, all layers applied; the bytes of files that catalogers want must be in it.
    public let tree: FileTree
    /// What the programs of its layers are made of.
    public let programs: [TreeBuilder.StoredFile: BinaryProgram]
    /// Its layers, the lowest first.
    public let layers: [Layer]
    /// What is attached to it.
    public let statements: [Statement]
    /// What is not known of it, besides what its label and the catalogers say.
    public let unknowns: [Unknown]
    /// What the Dockerfile says that it was built on; nil when no Dockerfile is at hand.
    public let base: BaseImageUse?
    /// How many of its layers came with the base image; nil when not known.
    public let baseLayerCount: Int?
    /// What does not fit together in the archive.
    public let findings: [Finding]
    /// The filesystem after each layer, the lowest first; empty when not known.
    public let layerStates: [FileTree]

    /// An image without attestations of which everything is known, unless something else is said.
    public init(
        name: String,
        digest: Digest,
        configuration: ImageConfiguration,
        tree: FileTree,
        programs: [TreeBuilder.StoredFile: BinaryProgram] = [:],
        layers: [Layer],
        statements: [Statement] = [],
        unknowns: [Unknown] = [],
        base: BaseImageUse? = nil,
        baseLayerCount: Int? = nil,
        findings: [Finding] = [],
        layerStates: [FileTree] = []
    ) {
        self.name = name
        self.digest = digest
        self.configuration = configuration
        self.tree = tree
        self.programs = programs
        self.layers = layers
        self.statements = statements
        self.unknowns = unknowns
        self.base = base
        self.baseLayerCount = baseLayerCount
        self.findings = findings
        self.layerStates = layerStates
    }

    /// The image's name as a reference; nil when it is a file or a folder.
    public var reference: ImageReference? { try? ImageReference(parsing: name) }
}

extension AnalysisSubject {
    /// A layer.
    public struct Layer: Sendable, Hashable {
        /// The digest of the uncompressed bytes.
        public let diffID: Digest
        /// The digest of the blob; nil when it was never written.
        public let digest: Digest?
        /// The size of the blob in bytes; nil when not known.
        public let sizeBytes: Int?

        /// A layer that was never written has neither digest nor size.
        public init(diffID: Digest, digest: Digest? = nil, sizeBytes: Int? = nil) {
            self.diffID = diffID
            self.digest = digest
            self.sizeBytes = sizeBytes
        }
    }

    /// A statement that is attached to the image.
    public struct Statement: Sendable, Hashable {
        /// The statement.
        public let statement: InTotoStatement
        /// Whether one of its subjects is the image.
        public let namesTheImage: Bool

        /// A statement, and whether its subject is the image.
        public init(_ statement: InTotoStatement, namesTheImage: Bool) {
            self.statement = statement
            self.namesTheImage = namesTheImage
        }

        /// Makes an entry and looks whether a subject has the image's digest.
        public init(_ statement: InTotoStatement, of digest: Digest) {
            self.statement = statement
            namesTheImage = statement.subjects.contains { $0.digest[digest.algorithm.rawValue] == digest.hex }
        }
    }
}
