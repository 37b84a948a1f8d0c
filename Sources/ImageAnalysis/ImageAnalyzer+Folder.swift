// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
public import ImageFilesystem
public import ImagePolicies
import OCISpec
import PackageCatalogers
import Packages

extension ImageAnalyzer {
    /// Analyses a folder that is no image: the root of a filesystem, or an application with its `node_modules`.
    ///
    /// Its files are read by the catalogers, as those of an image are. Only what packages tell is judged. Packages that only a
    /// lock file names are not known: nobody has installed them there.
    ///
    /// - Parameters:
    ///   - folder: the files; the bytes of those that catalogers want must be in it.
    ///   - name: what reports call it, such as `fs://app`.
    /// - Throws: a `Failure` when the advisory data cannot be read.
    public func analyze(
        folder: FileTree,
        name: String,
        profile: PolicyProfile = .classic
    ) throws -> AnalysisReport {
        let catalog = Catalogers.catalog(
            FileTreeResolver(tree: folder),
            configuration: CatalogConfiguration(environmentLines: [], limits: limits)
        )
        let list = catalog.packages.map(\.purl.description).joined(separator: "\n")
        return try analyze(
            LoosePackages(
                name: name,
                digest: Digest.sha256(of: list),
                kind: .indexed,
                why: "only a folder is at hand, not an image",
                created: nil,
                packages: catalog.packages,
                distribution: catalog.distribution,
                findings: [],
                unknowns: catalog.unknowns + Self.gaps(in: catalog, of: folder)
            ),
            profile: profile
        )
    }

    /// Why there may be packages that were not found.
    private static func gaps(in catalog: Catalog, of folder: FileTree) -> [Unknown] {
        guard let lockFile = lockFile(in: folder) else {
            return catalog.packages.isEmpty
                ? [Unknown(reason: "neither a package database nor node_modules is in the folder", scope: .packages)]
                : []
        }
        guard !catalog.packages.contains(where: { $0.type == .npm }) else { return [] }
        return [
            Unknown(reason: "\(lockFile) names packages, but none of them is installed here", scope: .application)
        ]
    }

    /// The first lock file, by its path below the folder.
    private static func lockFile(in folder: FileTree) -> String? {
        var found: String?
        folder.walk { path, node in
            if found == nil, case .file = node.kind,
                path.components.last.map({ $0.elementsEqual("package-lock.json".utf8) }) ?? false
            {
                found = String(path.description.drop { $0 == "/" })
            }
            return found == nil
        }
        return found
    }
}
