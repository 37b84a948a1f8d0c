// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import ImageFilesystem
public import OCISpec
public import Packages

/// What the catalogers find together.
public enum Catalogers {
    /// What some cataloger, or the reader of os-release, wants of a file.
    public static func interest(in path: ImagePath) -> FileInterest {
        var result = DistributionFiles.interest(in: path)
        for cataloger in CatalogerRegistry.all where result < .contents {
            result = max(result, cataloger.interest(in: path))
        }
        return result
    }

    /// Whether the bytes of a file are wanted, for a reader that streams through layers and keeps only those.
    ///
    /// A file may be wanted under another name than its layer's: `missing(from:)` tells which bytes are to be fetched afterwards.
    ///
    /// Java archives are large and many, so they are none of these: `missing(from:limits:)` names those that are read.
    public static func wanted(_ path: ImagePath) -> Bool {
        interest(in: path) == .contents && !JavaCataloger.isArchive(path)
    }

    /// Where files of interest always stand.
    public static let places = DistributionFiles.places + CatalogerRegistry.all.flatMap(\.places)

    /// The files of a tree whose bytes are wanted under any of their names, behind links or as hard links, and were not kept.
    ///
    /// Of Java archives the smallest come first, as long as all together are no larger than one file may be.
    public static func missing(from tree: FileTree, limits: Limits) -> [ImagePath] {
        let names = FileNames(of: tree, at: places) { interest(in: $0) == .contents }
        let plain = tree.stored(behind: names.paths.filter { !JavaCataloger.isArchive($0) })
        let archives = tree.stored(behind: names.paths.filter(JavaCataloger.isArchive)).map { path in
            (path: path, size: tree.node(at: path).flatMap(size) ?? 0)
        }
        var left = limits.entryBytes
        var chosen: Set<ImagePath> = []
        for archive in archives.sorted(by: { ($0.size, $0.path) < ($1.size, $1.path) }) {
            guard archive.size <= left else { break }
            left -= archive.size
            chosen.insert(archive.path)
        }
        return Set(plain).union(chosen).sorted()
    }

    /// What is to be said of the programs of a predicted tree that have no bytes and belong to none of the packages: where the tree is
    /// written they are empty files, which nobody knows for programs. Nil where there are none.
    public static func unseenPrograms(of tree: FileTree, packages: [Package]) -> Unknown? {
        let programs = FileTreeResolver(tree: tree).programs().filter { program in
            switch tree.node(at: program.path)?.kind {
            case .file(.unknown), .file(.modelled): true
            default: false
            }
        }
        let strangers = UnreadPackages.strangers(programs, packages: packages)
        return UnreadPackages.reason(strangers).map {
            Unknown(reason: $0, scope: .application, paths: strangers.map(\.description))
        }
    }

    private static func size(_ node: FileNode) -> Int? {
        if case .file(let content) = node.kind { content.sizeBytes } else { nil }
    }

    /// Finds everything.
    ///
    /// Never throws: what cannot be read is in the catalog's `unknowns`, and so is what was found and nobody reads.
    public static func catalog(
        _ resolver: any FileResolver,
        configuration: CatalogConfiguration = CatalogConfiguration(),
        catalogers: [any Cataloger] = CatalogerRegistry.all
    ) -> Catalog {
        var found = CatalogerResult()
        let names = resolver.names(at: catalogers.flatMap(\.places) + UnreadPackages.places) { path in
            UnreadPackages.tells(of: path) || catalogers.contains { $0.interest(in: path) != .none }
        }
        if !names.isWhole {
            found.note("links of the image lead to more names than are looked at, so packages may lie behind them")
        }
        let base = CatalogContext(resolver: resolver, configuration: configuration, distribution: nil)
        let distribution = DistributionFiles.distribution(in: base, into: &found)
        let context = CatalogContext(resolver: resolver, configuration: configuration, distribution: distribution)
        for cataloger in catalogers {
            let result = cataloger.catalog(names.paths.filter { cataloger.interest(in: $0) != .none }, in: context)
            found.packages += result.packages
            found.unknowns += result.unknowns
        }
        UnreadPackages.note(names.paths, in: context, packages: found.packages, into: &found)
        return Catalog(packages: found.packages, distribution: distribution, unknowns: found.unknowns)
    }
}

/// What is installed in an image.
public struct Catalog: Sendable, Hashable, Codable {
    /// The packages, sorted by type, name, version and architecture; none twice.
    public let packages: [Package]
    /// The distribution; nil when the image does not say.
    public let distribution: Distribution?
    /// What could not be read, so that more may be installed than is listed; sorted.
    public let unknowns: [Unknown]

    /// Sorts what was found and joins what was found twice: its locations and licences are put together.
    public init(packages: [Package], distribution: Distribution?, unknowns: [Unknown]) {
        self.distribution = distribution
        var seen: Set<Unknown> = []
        self.unknowns = unknowns.filter { seen.insert($0).inserted }.sorted { $0.reason < $1.reason }
        var groups: [Key: [Package]] = [:]
        for package in packages { groups[Key(package), default: []].append(package) }
        self.packages = groups.sorted { $0.key < $1.key }.compactMap { Self.join($0.value) }
    }

    private struct Key: Hashable, Comparable {
        let type: String
        let name: String
        let version: String
        let architecture: String

        init(_ package: Package) {
            type = package.type.rawValue
            name = package.name
            version = package.version
            architecture = package.architecture ?? ""
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.type, left.name, left.version, left.architecture)
                < (right.type, right.name, right.version, right.architecture)
        }
    }

    private static func join(_ packages: [Package]) -> Package? {
        guard let first = packages.first, packages.count > 1 else { return packages.first }
        var locations: [Package.Location] = []
        var licenses: [String] = []
        var (seenLocations, seenLicenses): (Set<Package.Location>, Set<String>) = ([], [])
        for package in packages {
            for location in package.locations where seenLocations.insert(location).inserted {
                locations.append(location)
            }
            for license in package.licenses where seenLicenses.insert(license).inserted { licenses.append(license) }
        }
        // Stable, so that the most telling place of each stays before its lesser ones.
        let order = locations.enumerated().sorted {
            ($0.element.layerIndex ?? .max, $0.element.path, $0.offset)
                < ($1.element.layerIndex ?? .max, $1.element.path, $1.offset)
        }
        return Package(
            type: first.type,
            name: first.name,
            version: first.version,
            architecture: first.architecture,
            origin: packages.lazy.compactMap(\.origin).first,
            distribution: first.distribution,
            licenses: licenses,
            locations: order.map(\.element),
            maintainer: packages.lazy.compactMap(\.maintainer).first,
            summary: packages.lazy.compactMap(\.summary).first,
            foundBy: first.foundBy
        )
    }
}
