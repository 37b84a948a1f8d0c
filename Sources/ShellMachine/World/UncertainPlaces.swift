// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// Where in an image files may be that the tree does not have, or may be missing that it has: what is found there is known, what is
/// not found there is not missing for certain.
public struct UncertainPlaces: Sendable, Hashable {
    private var places: [Place] = []
    private static let systemFolders = Unknown.Scope.sparedFolders.map { ImagePath($0) }
    private static let accountFiles = Unknown.Scope.accounts.paths.map { ImagePath($0) }

    /// A folder or file with all below, but for some of it.
    private struct Place: Sendable, Hashable {
        let path: ImagePath
        /// What it leaves out, each with all below; such a place may be a place itself.
        var exceptions: [ImagePath]

        func contains(_ other: ImagePath) -> Bool {
            other.isInside(path) && !exceptions.contains { other.isInside($0) }
        }

        /// Whether all of another place is in it.
        func covers(_ other: Place) -> Bool {
            guard contains(other.path) else { return false }
            return exceptions.allSatisfy { own in
                !own.isInside(other.path) || other.exceptions.contains { own.isInside($0) }
            }
        }
    }

    /// Takes the places as they are.
    public init(_ paths: [ImagePath] = []) {
        for path in paths { insert(path) }
    }

    /// The folders and files, each with all below but for what it leaves out. `/` stands for everything.
    public var paths: [ImagePath] { places.map(\.path) }

    /// Whether everything is certain.
    public var isEmpty: Bool { places.isEmpty }

    /// Adds a place.
    ///
    /// - Parameter exceptions: what of it is left out, each with all below.
    public mutating func insert(_ path: ImagePath, except exceptions: [ImagePath] = []) {
        var place = Place(path: path, exceptions: exceptions.filter { $0.isInside(path) && $0 != path })
        if let old = places.firstIndex(where: { $0.path == path }) {
            place.exceptions = Self.common(places[old].exceptions, place.exceptions)
            places.remove(at: old)
        }
        if places.contains(where: { $0.covers(place) }) { return }
        places.removeAll { place.covers($0) }
        places.append(place)
    }

    /// Only what both leave out is left out by both.
    private static func common(_ one: [ImagePath], _ other: [ImagePath]) -> [ImagePath] {
        one.filter { old in other.contains { old.isInside($0) } }
            + other.filter { new in one.contains { new.isInside($0) && new != $0 } }
    }

    /// Adds a place that something unknown may have changed: `/` without the distribution's own folders, or the accounts, where its
    /// scope spares them.
    ///
    /// - Parameter exceptions: what else the place leaves out.
    public mutating func insert(_ path: ImagePath, by scope: Unknown.Scope, except exceptions: [ImagePath] = []) {
        insert(path, except: (path.isRoot ? Self.spared(by: scope) : []) + exceptions)
    }

    /// Adds the places that something unknown may have changed.
    ///
    /// - Parameter exceptions: what is known all the same.
    public mutating func insert(_ unknown: Unknown, except exceptions: [ImagePath] = []) {
        guard unknown.touches(.files) else { return }
        let spared = unknown.spared.map { ImagePath($0) }
        for path in unknown.paths { insert(ImagePath(path), by: unknown.scope, except: spared + exceptions) }
    }

    private static func spared(by scope: Unknown.Scope) -> [ImagePath] {
        switch scope {
        case .application, .languagePackages: systemFolders
        case .files, .packages: accountFiles
        case .output, .accounts, .systemPackages, .filesystem, .baseImage: []
        }
    }

    /// Adds all places of another one.
    public mutating func formUnion(_ other: UncertainPlaces) {
        for place in other.places { insert(place.path, except: place.exceptions) }
    }

    /// Takes away what lies in some folders.
    public mutating func remove(below folders: [ImagePath]) {
        places.removeAll { place in folders.contains { place.path.isInside($0) } }
    }

    /// The places that lie in some folders.
    public func below(_ folders: [ImagePath]) -> UncertainPlaces {
        var result = self
        result.places.removeAll { place in !folders.contains { place.path.isInside($0) } }
        return result
    }

    /// Whether what stands at a path is not known.
    public func contains(_ path: ImagePath) -> Bool { places.contains { $0.contains(path) } }

    /// Whether a place of its own speaks of a path, not only `/` of everything.
    public func names(_ path: ImagePath) -> Bool { places.contains { !$0.path.isRoot && $0.contains(path) } }

    /// Whether something at a path or below it is not known.
    public func overlaps(_ path: ImagePath) -> Bool { contains(path) || places.contains { $0.path.isInside(path) } }
}
