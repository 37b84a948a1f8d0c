// SPDX-License-Identifier: Apache-2.0

import Archives
import BillOfMaterials
import Diagnostics
import HostFiles
import ImageAnalysis
import ImageFilesystem
import ImagePolicies
import OCISpec
import PackageCatalogers
import Packages

/// Analyses whatever a scout command was given: an image, a folder (`fs://`), or a list of packages (`sbom://`).
struct ScoutReading {
    private let runtime: Runtime

    /// Takes the world; nothing is opened yet.
    init(_ runtime: Runtime) { self.runtime = runtime }

    /// Analyses what was typed.
    ///
    /// - Throws: a `Failure` when there is no such thing, or it cannot be read.
    func analyze(
        _ text: String,
        ref: String? = nil,
        platform: Platform? = nil,
        profile: PolicyProfile = .classic
    ) throws -> AnalysisReport {
        let analyzer = try Engine(runtime).analyzer()
        if let path = Self.path(text, "sbom://") {
            let bytes = try runtime.read(path.isEmpty ? "-" : path)
            let document = try SBOMReader.read(bytes, limits: runtime.limits)
            return try analyzer.analyze(document, name: text, digest: Digest.sha256(of: bytes), profile: profile)
        }
        if let path = Self.path(text, "fs://") { return try folder(path, shown: text, analyzer, profile) }
        let located = try ImageLocator(runtime).find(text, ref: ref, platform: platform)
        return try analyzer.analyze(located.image, name: located.name, profile: profile)
    }

    private static func path(_ text: String, _ prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    /// What is installed in a folder of the host: the root of a filesystem, or an application with its `node_modules`.
    private func folder(
        _ path: String,
        shown: String,
        _ analyzer: ImageAnalyzer,
        _ profile: PolicyProfile
    ) throws -> AnalysisReport {
        let root = runtime.resolve(path.isEmpty ? "." : path)
        guard HostFile.kind(of: root) == .directory else {
            throw Failure(.noInput, "there is no such folder", at: .file(shown), fix: "name a folder: fs://FOLDER")
        }
        var tree = FileTree()
        var lockFile: String?
        for entry in try HostFile.walk(root, limits: runtime.limits) {
            let place = ImagePath(entry.path)
            switch entry.kind {
            case .directory: tree.insert(.directory(mode: entry.mode), at: place)
            case .symlink: tree.insert(.symlink(to: entry.linkTarget ?? ""), at: place)
            case .file:
                if place.components.last.map({ $0.elementsEqual("package-lock.json".utf8) }) ?? false {
                    lockFile = lockFile ?? entry.path
                }
                let isWanted = entry.sizeBytes <= runtime.limits.entryBytes && Catalogers.wanted(place)
                let bytes =
                    isWanted ? try HostFile.read(root + "/" + entry.path, limit: runtime.limits.entryBytes) : []
                tree.insert(.file(bytes, mode: entry.mode), at: place)
            case .other: continue
            }
        }
        let catalog = Catalogers.catalog(
            FileTreeResolver(tree: tree),
            configuration: CatalogConfiguration(environmentLines: [], limits: runtime.limits)
        )
        var unknowns = catalog.unknowns
        if let lockFile, !catalog.packages.contains(where: { $0.type == .npm }) {
            unknowns.append(
                Unknown(reason: "\(lockFile) names packages, but none of them is installed here", scope: .application)
            )
        }
        if catalog.packages.isEmpty, lockFile == nil {
            unknowns.append(
                Unknown(reason: "neither a package database nor node_modules is in the folder", scope: .packages)
            )
        }
        let document = SBOMDocument(
            format: .spdx("SPDX-2.3"),
            name: shown,
            created: "",
            tools: [],
            packages: catalog.packages,
            distribution: catalog.distribution
        )
        let list = catalog.packages.map(\.purl.description).joined(separator: "\n")
        return try analyzer.analyze(
            document,
            name: shown,
            digest: Digest.sha256(of: list),
            kind: .indexed,
            unknowns: unknowns,
            profile: profile
        )
    }
}
