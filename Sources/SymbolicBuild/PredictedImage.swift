// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
public import ImageFilesystem
public import OCISpec
import PackageCatalogers

/// The image that a build would write, without its layers being written: enough to judge it, in a fraction of the time.
///
/// Its digest is not the one that the written image gets; it only ties the statements to the image.
public struct PredictedImage: Sendable {
    /// Stands in for the manifest's digest.
    public let digest: Digest
    /// The configuration.
    public let configuration: ImageConfiguration
    /// The filesystem.
    public let tree: FileTree
    /// The layers' digests, the lowest first; those of the build's own layers stand in for the real ones.
    public let diffIDs: [Digest]
    /// How many of them come with the base image.
    public let baseLayerCount: Int
    /// What would be attached.
    public let statements: [InTotoStatement]

    /// Predicts the image of a build.
    ///
    /// - Returns: nil when the build has no image.
    public init?(_ outcome: BuildOutcome, _ request: BuildRequest) {
        guard outcome.isSuccess, let target = outcome.target else { return nil }
        var base: [Digest] = []
        if case .image(let image) = target.base { base = image.configuration.rootfs.diffIDs }
        let own = target.layers.indices.map { Digest.sha256(of: "layer \($0) of \(target.layers[$0].createdBy)") }
        let catalog = SBOMAttestation.catalog(target, layers: base + own)
        var configuration = ImageAssembler.configuration(target, catalog)
        configuration.rootfs = RootFilesystem(diffIDs: base + own)
        var hasher = BlobHasher()
        hasher.update(request.dockerfile)
        for diffID in base + own { hasher.update(Array(diffID.description.utf8)) }
        digest = hasher.digest()
        self.configuration = configuration
        tree = target.tree
        diffIDs = base + own
        baseLayerCount = base.count
        let subjects = [InTotoStatement.Subject(name: "_", digest: [digest.algorithm.rawValue: digest.hex])]
        var statements: [InTotoStatement] = []
        if request.attachesSBOM {
            statements.append(SBOMAttestation.statement(catalog, subjects: subjects, request))
        }
        if request.provenance != .none {
            statements.append(
                ProvenanceAttestation(outcome, request, layers: [], baseLayerCount: 0).statement(subjects)
            )
        }
        self.statements = statements
    }
}
