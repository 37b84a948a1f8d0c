// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The images of the catalog; each file is read when a repository of it is first asked for.
final class KnownImages: Sendable {
    private let folder: KitFolder
    private let state = Mutex(State())

    private struct State {
        var index: CatalogIndex?
        var shelves: [String: CatalogShelf] = [:]
        var systems: SystemTable?
    }

    /// An image that a reference means.
    struct Found: Sendable, Hashable {
        /// The image.
        let image: KnownImage
        /// Other images that the reference may mean as well; they start alike, and what else they have is not known.
        let others: [KnownImage]
    }

    /// Names the folder of the kit; nothing is read yet.
    init(folder: KitFolder) {
        self.folder = folder
    }

    /// Which repositories there are.
    var index: CatalogIndex {
        state.withLock { state in
            if let known = state.index { return known }
            let index = CatalogIndex(folder.optionalRecords("catalog"))
            state.index = index
            return index
        }
    }

    /// What is known of systems.
    var systems: SystemTable {
        state.withLock { state in
            if let known = state.systems { return known }
            let systems = SystemTable(folder.optionalRecords("systems"))
            state.systems = systems
            return systems
        }
    }

    /// A repository by its name in full; nil for one that is not listed.
    ///
    /// - Throws: a `Failure` when the file that has it cannot be read or is wrong.
    func repository(_ name: String) throws -> CatalogShelf.Repository? {
        guard index.repositories(meantBy: name) == [name], let file = CatalogIndex.shelf(of: name) else { return nil }
        if let known = state.withLock({ $0.shelves[file] }) { return known.repositories[name] }
        let shelf = try CatalogShelf(folder.records(file), file: file + ".kit")
        state.withLock { $0.shelves[file] = shelf }
        return shelf.repositories[name]
    }

    /// A repository; nil for one that is not listed, or whose file cannot be read: then its facts are unknown facts.
    func optionalRepository(_ name: String) -> CatalogShelf.Repository? { (try? repository(name)) ?? nil }

    /// The image that a repository has under a tag, other names of the repository followed.
    ///
    /// Of a name that stands for one of several repositories, and which one is not recorded, an image is known when all of them
    /// have one that starts alike and has the same accounts.
    func image(_ repository: String, tag: String) throws -> Found? {
        let names = index.repositories(meantBy: repository)
        let images = try names.compactMap { try self.repository($0)?.image(tagged: tag) }
        guard let first = images.first, images.count == names.count else { return nil }
        let others = Array(images.dropFirst())
        guard others.allSatisfy({ Self.startsAlike(first, $0) }) else { return nil }
        return Found(image: first, others: others)
    }

    /// The image that a Dockerfile's parent names.
    func parent(of image: KnownImage) throws -> KnownImage? { try self.image(key: image.parent, besides: image) }

    /// The image that is listed as `repository:tag`; nil where there is none, or it is the one that asks.
    func image(key: String, besides image: KnownImage) throws -> KnownImage? {
        guard let colon = key.lastIndex(of: ":") else { return nil }
        let found = try self.image(String(key[..<colon]), tag: String(key[key.index(after: colon)...]))
        return found.flatMap { $0.others.isEmpty && $0.image.key != image.key ? $0.image : nil }
    }

    private static func startsAlike(_ left: KnownImage, _ right: KnownImage) -> Bool {
        left.start == right.start && left.ownEnvironment == right.ownEnvironment && left.accounts == right.accounts
            && left.system.shell == right.system.shell && left.system.packageManager == right.system.packageManager
    }
}
