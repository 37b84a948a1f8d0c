// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import PackageCatalogers
import Packages

/// Which layer brought each package.
///
/// A package database is one file that every installation writes anew: the layer that it lies in says nothing of its packages. So
/// each state of each database is read, layer by layer, and a package belongs to the layer in which it first stood there and
/// never left again. Only what a layer changed is read again.
struct PackageOrigins {
    /// The layer by the package and the file that tells of it.
    private var layers: [Place: Int] = [:]
    /// The layer in which a package began to be in the image, whatever file tells of it.
    private var first: [Key: Int] = [:]
    /// How many files tell of a package.
    private var count: [Key: Int] = [:]
    private var files: [ImagePath: File] = [:]

    private struct Key: Hashable {
        let package: PackageIdentity
        let architecture: String

        init(_ package: Package) {
            self.package = PackageIdentity(package)
            architecture = package.architecture ?? ""
        }
    }

    private struct Place: Hashable {
        let package: Key
        let path: String
    }

    /// A file that tells of packages: where it really lies, and what it tells.
    private struct File {
        let target: ImagePath
        let packages: Set<Key>
    }

    /// Follows the packages through the states of a filesystem.
    ///
    /// - Parameter states: the filesystem after each layer, the lowest first.
    init(states: [FileTree], configuration: CatalogConfiguration) {
        var before = FileTree()
        for (layer, state) in states.enumerated() {
            let changes = state.changes(since: before)
            before = state
            if changes.contains(where: concerns) { take(state, Set(changes.map(\.path)), layer, configuration) }
        }
    }

    /// A package with the layers that brought it in its locations: the most telling one, which comes first, has the layer in which
    /// the package began to be in the image.
    func placed(_ package: Package, diffIDs: [Digest]) -> Package {
        let key = Key(package)
        // A database whose states could not be read, such as one behind a link, is as old as the image only in its first layer.
        guard let origin = first[key] else { return package.withoutLayer(from: 1) }
        let locations = package.locations.enumerated().map { place, location -> Package.Location in
            guard var layer = layers[Place(package: key, path: location.path)] else { return location }
            if place == 0 { layer = min(layer, origin) }
            guard diffIDs.indices.contains(layer) else { return location }
            return Package.Location(path: location.path, layerDiffID: diffIDs[layer].description, layerIndex: layer)
        }
        return package.with(locations: locations)
    }

    /// Whether a change may have to do with packages.
    private func concerns(_ change: FileTree.Change) -> Bool {
        guard let node = change.node, !change.replacesOtherKind else { return true }
        if case .symlink = node.kind { return true }
        return Catalogers.interest(in: change.path) != .none || files.values.contains { $0.target == change.path }
    }

    private mutating func take(
        _ state: FileTree,
        _ changed: Set<ImagePath>,
        _ layer: Int,
        _ configuration: CatalogConfiguration
    ) {
        let names = FileNames(of: state, at: Catalogers.places) { Catalogers.interest(in: $0) != .none }.paths
        var targets: [ImagePath: ImagePath] = [:]
        for name in names { targets[name] = Self.target(of: name, in: state) }
        let stale = names.filter { name in
            guard let target = targets[name] else { return false }
            return changed.contains(target) || changed.contains(name) || files[name]?.target != target
        }
        let told = Self.packages(in: state, of: stale, configuration)
        var gone: [Key] = []
        for name in Set(files.keys).subtracting(names) { gone += replace(name, with: nil, layer) }
        for name in stale {
            gone += replace(name, with: File(target: targets[name] ?? name, packages: told[name] ?? []), layer)
        }
        // What one file lost and another won in the same layer was moved, and never left.
        for key in gone where count[key] == 0 { first[key] = nil }
    }

    /// Puts what a file tells now in the place of what it told.
    ///
    /// - Returns: what it does not tell any more.
    private mutating func replace(_ name: ImagePath, with file: File?, _ layer: Int) -> Set<Key> {
        let (old, new) = (files[name]?.packages ?? [], file?.packages ?? [])
        for key in new.subtracting(old) {
            layers[Place(package: key, path: name.description)] = layer
            count[key, default: 0] += 1
            if first[key] == nil { first[key] = layer }
        }
        for key in old.subtracting(new) {
            layers[Place(package: key, path: name.description)] = nil
            count[key, default: 0] -= 1
        }
        files[name] = file
        return old.subtracting(new)
    }

    /// Where a file really lies, links of both kinds followed.
    private static func target(of name: ImagePath, in state: FileTree) -> ImagePath {
        guard let found = state.resolve(name) else { return name }
        if case .hardLink(let target)? = found.node?.kind { return target }
        return found.path
    }

    private static func packages(
        in state: FileTree,
        of names: [ImagePath],
        _ configuration: CatalogConfiguration
    ) -> [ImagePath: Set<Key>] {
        let resolver = SomeFiles(names: names, resolver: FileTreeResolver(tree: state))
        var found: [ImagePath: Set<Key>] = [:]
        for package in Catalogers.catalog(resolver, configuration: configuration).packages {
            for location in package.locations { found[ImagePath(location.path), default: []].insert(Key(package)) }
        }
        return found
    }

    /// Shows catalogers some files of a tree as if there were no others to find.
    private struct SomeFiles: FileResolver {
        let names: [ImagePath]
        let resolver: FileTreeResolver

        func names(at places: [FileNames.Place], where isWanted: (ImagePath) -> Bool) -> FileNames {
            FileNames(names.filter(isWanted))
        }

        func programs() -> [ResolvedProgram] { [] }
        func file(at path: ImagePath) throws -> ResolvedFile? { try resolver.file(at: path) }
    }
}
