// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import ImageFilesystem
public import ImageLayouts
import OCISpec
import PackageCatalogers
import SystemFiles

extension AnalysisSubject {
    /// The files that say who a user is.
    private static let accountFiles = [AccountFile.Name.passwd.path, AccountFile.Name.group.path]

    /// Reads an image of an archive, a layout or the local store: one pass over each layer, keeping only what catalogers want.
    ///
    /// What they want under another name than its layer's (a package database behind a link, or another name of the same file) is
    /// known only when all layers are there; the layers that hold such files are read once more.
    ///
    /// - Throws: a `Failure` when a layer is not what its digest says, or is hostile, or is over a limit.
    public init(_ image: LoadedImage, name: String, limits: Limits) throws {
        var builder = TreeBuilder(limits: limits, looksIntoPrograms: true) { path, size in
            size <= limits.entryBytes
                && (Catalogers.wanted(path) || Self.accountFiles.contains(path) || VEXDocuments.wanted(path))
        }
        // States share what did not change, so keeping them costs what each layer brought.
        var states: [FileTree] = []
        for layer in image.layers {
            try image.withLayer(layer) { reader in try builder.add(reader, diffID: layer.diffID) }
            states.append(builder.tree)
        }
        var tree = builder.tree
        let accounts = tree.stored(behind: Self.accountFiles)
        let missing = (Catalogers.missing(from: tree, limits: limits) + accounts).filter { path in
            (tree.node(at: path).flatMap { node in
                if case .file(let content) = node.kind { content.sizeBytes } else { nil }
            } ?? 0) <= limits.entryBytes
        }
        if !missing.isEmpty {
            tree.keep(
                try StoredContent.read(missing, of: tree, limits: limits) { diffID, body in
                    guard let layer = image.layer(diffID: diffID) else { return }
                    try image.withLayer(layer, body)
                }
            )
        }
        self.init(
            name: name,
            digest: image.manifestDigest,
            configuration: image.configuration,
            tree: tree,
            programs: builder.programs,
            layers: image.layers.map {
                Layer(diffID: $0.diffID, digest: $0.descriptor.digest, sizeBytes: $0.descriptor.size)
            },
            statements: image.attestations.map { Statement($0.statement, namesTheImage: $0.namesTheImage) },
            findings: image.mismatches,
            layerStates: states
        )
    }
}
