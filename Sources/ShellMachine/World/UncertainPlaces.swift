// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import OCISpec

/// Where in an image files may be that the tree does not have, or may be missing that it has: what is found there is known, what is
/// not found there is not missing for certain.
public struct UncertainPlaces: Sendable, Hashable {
    /// The folders and files, each folder with all below; none of them inside another. `/` stands for everything.
    public private(set) var paths: [ImagePath]
    /// What `/`, where it is among the paths, leaves out, each with all below; such a place may be among the paths itself.
    private var exceptions: [ImagePath] = []
    private static let systemFolders = Unknown.Scope.sparedFolders.map { ImagePath($0) }
    private static let accountFiles = Unknown.Scope.accounts.paths.map { ImagePath($0) }

    /// Takes the places as they are.
    public init(_ paths: [ImagePath] = []) {
        self.paths = []
        for path in paths { insert(path) }
    }

    /// Whether everything is certain.
    public var isEmpty: Bool { paths.isEmpty }

    /// Adds a place.
    ///
    /// - Parameter exceptions: what `/` leaves out; means nothing for another path.
    public mutating func insert(_ path: ImagePath, except exceptions: [ImagePath] = []) {
        guard path.isRoot else {
            if contains(path) { return }
            paths.removeAll { !$0.isRoot && $0.isInside(path) }
            paths.append(path)
            return
        }
        // Only what both leave out is left out by both.
        self.exceptions =
            paths.contains(.root)
            ? self.exceptions.filter { old in exceptions.contains { old.isInside($0) } }
                + exceptions.filter { new in self.exceptions.contains { new.isInside($0) && new != $0 } }
            : exceptions
        let left = self.exceptions
        paths = paths.filter { path in !path.isRoot && left.contains { path.isInside($0) } } + [.root]
    }

    /// Adds a place that something unknown may have changed: `/` without the distribution's own folders, or the accounts, where its
    /// scope spares them.
    ///
    /// - Parameter exceptions: what else `/` leaves out.
    public mutating func insert(_ path: ImagePath, by scope: Unknown.Scope, except exceptions: [ImagePath] = []) {
        insert(path, except: Self.spared(by: scope) + exceptions)
    }

    /// Adds the places that something unknown may have changed.
    ///
    /// - Parameter exceptions: what is known all the same.
    public mutating func insert(_ unknown: Unknown, except exceptions: [ImagePath] = []) {
        guard unknown.touches(.files) else { return }
        for path in unknown.paths { insert(ImagePath(path), by: unknown.scope, except: exceptions) }
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
        for path in other.paths { insert(path, except: path.isRoot ? other.exceptions : []) }
    }

    /// Takes away what lies in some folders.
    public mutating func remove(below folders: [ImagePath]) {
        paths.removeAll { path in folders.contains { path.isInside($0) } }
    }

    /// Whether what stands at a path is not known.
    public func contains(_ path: ImagePath) -> Bool {
        paths.contains { place in
            place.isRoot ? !exceptions.contains { path.isInside($0) } : path.isInside(place)
        }
    }

    /// Whether a place of its own speaks of a path, not only `/` of everything.
    public func names(_ path: ImagePath) -> Bool { paths.contains { !$0.isRoot && path.isInside($0) } }

    /// Whether something at a path or below it is not known.
    public func overlaps(_ path: ImagePath) -> Bool { contains(path) || paths.contains { $0.isInside(path) } }
}
