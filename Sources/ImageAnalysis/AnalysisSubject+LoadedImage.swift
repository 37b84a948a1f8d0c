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
    /// - Throws: a `Failure` when a layer is not what its digest says, or is hostile, or is over a limit.
    public init(_ image: LoadedImage, name: String, limits: Limits) throws {
        var builder = TreeBuilder(limits: limits) { path, size in
            size <= limits.entryBytes && (Catalogers.wanted(path) || Self.accountFiles.contains(path))
        }
        for layer in image.layers {
            try image.withLayer(layer) { reader in try builder.add(reader, diffID: layer.diffID) }
        }
        self.init(
            name: name,
            digest: image.manifestDigest,
            configuration: image.configuration,
            tree: builder.tree,
            layers: image.layers.map {
                Layer(diffID: $0.diffID, digest: $0.descriptor.digest, sizeBytes: $0.descriptor.size)
            },
            statements: image.attestations.map { Statement($0.statement, namesTheImage: $0.namesTheImage) },
            findings: image.mismatches
        )
    }
}
