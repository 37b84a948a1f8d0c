// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit exporter/containerimage/writer.go; docs/attestations/attestation-storage.md.

public import Archives
public import BaseImages
import BillOfMaterials
import Diagnostics
import ImageFilesystem
public import ImageLayouts
public import OCISpec
import PackageCatalogers

/// Turns the outcome of a build into an image: layers, configuration, manifest and attestations.
public struct ImageAssembler: Sendable {
    private let baseLayers: @Sendable (BaseImage) throws -> [LayerBlob]
    private let openLayer: @Sendable (BaseImage, Digest, (ArchiveReader) throws -> Void) throws -> Void

    /// Makes an assembler.
    ///
    /// - Parameters:
    ///   - openLayer: reads a layer of a base image by the digest of its uncompressed bytes, for files that COPY took from it.
    ///   - baseLayers: gives the layers of a base image, the lowest first.
    public init(
        openLayer: @escaping @Sendable (BaseImage, Digest, (ArchiveReader) throws -> Void) throws -> Void,
        baseLayers: @escaping @Sendable (BaseImage) throws -> [LayerBlob]
    ) {
        self.baseLayers = baseLayers
        self.openLayer = openLayer
    }

    /// Writes the image of a build that succeeded.
    ///
    /// - Throws: a `Failure` when the build has no image, or blobs cannot be read or written.
    public func assemble(_ outcome: BuildOutcome, _ request: BuildRequest) throws -> AssembledImage {
        guard outcome.isSuccess, let target = outcome.target else {
            throw Failure(.internalFault, "a build without an image was to be written")
        }
        var layers: [LayerBlob] = []
        if case .image(let base) = target.base { layers = try baseLayers(base) }
        let bases = outcome.baseImages
        let own = try target.layers.map { layer in
            let stored = try storedBytes(layer.changes, of: layer.tree, bases, request.limits)
            return try LayerBlob.make { writer in
                try LayerWriter.write(layer.changes, of: layer.tree, to: writer, latestTime: request.epochSeconds) {
                    path,
                    _ in
                    stored[path].map { .bytes($0) }
                }
            }
        }
        let baseLayerCount = layers.count
        layers += own
        let catalog = SBOMAttestation.catalog(target, layers: layers.map(\.diffID))
        var configuration = Self.configuration(target, catalog)
        configuration.rootfs = RootFilesystem(diffIDs: layers.map(\.diffID))
        var assembly = try ImageAssembly(
            configuration: configuration,
            layers: layers,
            annotations: request.annotations.isEmpty ? nil : request.annotations
        )
        assembly.indexAnnotations = request.indexAnnotations
        var statements: [InTotoStatement] = []
        let subjects = InTotoJSON.subjects(
            names: request.names,
            platform: request.platform,
            digest: assembly.manifestDigest
        )
        if request.attachesSBOM {
            statements.append(
                SBOMAttestation.statement(catalog, subjects: subjects, request)
            )
        }
        if request.provenance != .none {
            statements.append(
                ProvenanceAttestation(
                    outcome,
                    request,
                    layers: layers.map(\.descriptor),
                    baseLayerCount: baseLayerCount
                ).statement(subjects)
            )
        }
        assembly.attach(statements)
        return AssembledImage(
            bundle: try assembly.bundle(),
            manifestDigest: assembly.manifestDigest,
            configurationDigest: Digest.sha256(of: assembly.configurationBytes),
            configuration: configuration,
            layers: layers,
            baseLayerCount: baseLayerCount,
            statements: statements
        )
    }

    /// Writes the files of the image as one tar: what a build has as its result when no image is asked for.
    ///
    /// - Throws: a `Failure` when a base layer cannot be read or the tar cannot be written.
    public func writeFilesystem(_ outcome: BuildOutcome, _ request: BuildRequest, to writer: TarWriter) throws {
        guard let target = outcome.target else {
            throw Failure(.internalFault, "a build without a result was to be written")
        }
        let changes = target.tree.changes(since: FileTree())
        let stored = try storedBytes(changes, of: target.tree, outcome.baseImages, request.limits)
        try LayerWriter.write(changes, of: target.tree, to: writer) { path, _ in stored[path].map { .bytes($0) } }
    }

    /// The bytes of the files of a layer that came from a base image and are not in the tree.
    private func storedBytes(
        _ changes: [FileTree.Change],
        of tree: FileTree,
        _ bases: [BaseImage],
        _ limits: Limits
    ) throws -> [ImagePath: [UInt8]] {
        let paths = changes.compactMap { change -> ImagePath? in
            if case .file(.stored) = change.node?.kind { change.path } else { nil }
        }
        guard !paths.isEmpty else { return [:] }
        return try StoredContent.read(paths, of: tree, limits: limits) { diffID, body in
            guard let base = bases.first(where: { $0.configuration.rootfs.diffIDs.contains(diffID) }) else {
                throw Failure(
                    .inputOutput,
                    "a layer of a base image could not be found",
                    at: .reference(diffID.description)
                )
            }
            try openLayer(base, diffID, body)
        }
    }

    /// The configuration as the image has it: what is not known of the image is said in a label, so that it is never taken for
    /// clean wherever it goes.
    static func configuration(_ target: StageState, _ catalog: Catalog) -> ImageConfiguration {
        var configuration = target.configuration
        var unknowns = target.unknowns.filter { !$0.facets.isEmpty }
        if let programs = Catalogers.unseenPrograms(of: target.tree, packages: catalog.packages) {
            unknowns.append(programs)
        }
        if !unknowns.isEmpty {
            var labels = configuration.config.labels ?? [:]
            labels[UnknownLabel.name] = UnknownLabel.text(unknowns)
            configuration.config.labels = labels
        }
        return configuration
    }
}

extension BuildOutcome {
    /// The base images of all built stages and those that files were copied from, by stage.
    var baseImages: [BaseImage] {
        stages.values.sorted { $0.index < $1.index }.flatMap { stage in
            if case .image(let image) = stage.base { [image] + stage.copiedImages } else { stage.copiedImages }
        }
    }
}
