// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import HostFiles
import OCISpec

/// A folder of the kit's shape with descriptions of one's own images: `images.kit`, `images/`, and where they need them `trees/` and
/// `packages/`.
public struct KitAddition: Sendable {
    /// The folder.
    public let folder: String
    private let limits: Limits

    /// How many images a folder may add.
    private static let maximalImages = 500
    private static let places = ["images", "trees", "packages"]

    /// Names a folder; nothing is read yet.
    public init(folder: String, limits: Limits) {
        self.folder = folder
        self.limits = limits
    }

    /// Puts a description into the folder, which is made where it is not there. One of the same image is replaced, and of another image
    /// that went by the name the tag is taken away.
    ///
    /// - Throws: a `Failure` when it cannot be written; the index is written last, so that it names nothing that is not there.
    public func write(_ description: ImageDescriptionWriter.Description) throws {
        try HostFile.makeFolder(folder + "/images")
        var index = try index()
        index.replace(description.indexLine)
        try HostFile.writeAtomically(description.text, to: file("images/" + description.id))
        try HostFile.writeAtomically(index.bytes, to: file("images"))
    }

    /// Puts every image of another folder into this one.
    ///
    /// All of it is put together first, on the kit: what is wrong is refused with its place, and nothing is written.
    /// - Returns: what was added.
    /// - Throws: a `Failure`: `noInput` when the folder has no index, `malformedInput` or `overLimit` with the place.
    public func add(_ other: KitAddition, to catalog: BaseImageCatalog) throws -> [KitImage] {
        let kit = BaseImageCatalog(root: catalog.folder.root)
        guard HostFile.kind(of: other.file("images")) == .file else {
            throw Failure(
                .noInput,
                "the folder has no images.kit",
                at: .file(other.folder),
                fix: "make one with `seaworthy kit import IMAGE --kit FOLDER`"
            )
        }
        let files = try other.files()
        for name in files.keys where kit.folder.has(name) {
            throw Failure(
                .malformedInput,
                "the kit has a file of that name already",
                at: .file(other.file(name)),
                fix: "give it another name"
            )
        }
        for (name, bytes) in files where HostFile.kind(of: file(name)) != nil && name.hasPrefix("images/") == false {
            guard try HostFile.read(file(name), limit: KitFolder.maximalBytes) == bytes else {
                throw Failure(
                    .malformedInput,
                    "another file of that name was added before",
                    at: .file(other.file(name)),
                    fix: "give it another name"
                )
            }
        }
        let entries = try other.entries(beside: kit.facts.index)
        let added = BaseImageKit(catalog: kit.adding([other.folder]), store: ForgetfulStore())
        var models: [String] = []
        for entry in entries {
            let image = try added.assemble(entry.id)
            let layers = image.configuration.rootfs.diffIDs.map(\.hex).joined(separator: " ")
            let fields = [image.manifestDigest.hex, image.manifest.config.digest.hex, layers]
            models.append((["I", entry.id, image.model?.asOf ?? ""] + fields).joined(separator: "\t"))
        }
        let names = Set(entries.map(\.id))
        let images = try added.images().filter { names.contains($0.id) }
        var index = try index()
        for entry in entries { index.replace(entry.line) }
        var table = try self.models()
        for line in models { table.replace(line) }
        for place in Self.places { try HostFile.makeFolder(folder + "/" + place) }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            try HostFile.writeAtomically(bytes, to: file(name))
        }
        try HostFile.writeAtomically(table.bytes, to: file("models"))
        try HostFile.writeAtomically(index.bytes, to: file("images"))
        return images
    }

    // MARK: Reading

    private func file(_ name: String) -> String { folder + "/" + name + ".kit" }

    private func index() throws -> IndexLines { try IndexLines(read("images"), hasTags: true) }

    private func models() throws -> IndexLines { try IndexLines(read("models"), hasTags: false) }

    private func read(_ name: String) throws -> [UInt8] {
        guard HostFile.kind(of: file(name)) != nil else { return [] }
        return try HostFile.read(file(name), limit: KitFolder.maximalBytes)
    }

    /// The files that images rest on, by name, without following links out of the folder.
    private func files() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for place in Self.places where HostFile.kindOfLink(folder + "/" + place) == .directory {
            for entry in try HostFile.walk(folder + "/" + place, limits: limits) where entry.path.hasSuffix(".kit") {
                let name = place + "/" + entry.path.dropLast(4)
                guard KitFolder.isName(name), entry.kind == .file else {
                    throw Failure(
                        .malformedInput,
                        "no file of a kit, or not by that name",
                        at: .file(folder + "/" + place + "/" + entry.path),
                        why: "names are lower-case letters, digits, `.`, `-`, `_` and `+`, and links are not followed"
                    )
                }
                files[name] = try HostFile.read(file(name), limit: KitFolder.maximalBytes, followsLinks: false)
            }
        }
        return files
    }

    private struct Entry {
        let id: String
        let line: String
    }

    /// The lines of the index, each held against the rules.
    private func entries(beside kit: KitIndex) throws -> [Entry] {
        let records = KitRecord.read(try read("images"))
        guard records.count <= Self.maximalImages else {
            throw Failure(
                .overLimit,
                "the folder adds more than \(Self.maximalImages) images",
                at: .file(file("images"))
            )
        }
        var seen: Set<String> = []
        return try records.map { record in
            func wrong(_ why: String) -> Failure {
                let place = Place.file(file("images"), line: record.line)
                return Failure(.malformedInput, "the index of a kit is wrong", at: place, why: why)
            }
            guard record.kind == "I" else { throw wrong("`\(record.kind)` is not known here") }
            guard KitFolder.isName(record[0]), !record[0].contains("/") else { throw wrong("that is no image's name") }
            guard kit.entry(id: record[0]) == nil else { throw wrong("the kit has an image of that name") }
            guard seen.insert(record[0]).inserted else { throw wrong("it is there twice") }
            guard HostFile.kind(of: file("images/" + record[0])) == .file else { throw wrong("its file is not there") }
            let tags = record.words(2)
            guard !tags.isEmpty || !record.words(3).isEmpty else { throw wrong("it has neither a tag nor a digest") }
            for tag in tags + record.words(4) {
                guard let reference = try? ImageReference(parsing: record[1] + ":" + tag), reference.name == record[1],
                    reference.domain != BaseImageKit.storeDomain
                else { throw wrong("\(record[1]):\(tag) is no reference in full") }
                guard seen.insert(reference.description).inserted else { throw wrong("\(reference) is there twice") }
            }
            for digest in record.words(3) where (try? Digest(parsing: "sha256:" + digest)) == nil {
                throw wrong("\(digest) is no digest")
            }
            return Entry(id: record[0], line: (["I"] + record.fields).joined(separator: "\t"))
        }
    }
}

/// The lines of an index, which images take each other's place in.
struct IndexLines {
    private var lines: [[String]]
    private let hasTags: Bool

    /// Reads the records; remarks go.
    init(_ bytes: [UInt8], hasTags: Bool) {
        lines = KitRecord.read(bytes).filter { $0.kind == "I" }.map { ["I"] + $0.fields }
        self.hasTags = hasTags
    }

    /// Puts a line in the place of the one of the same image; others lose its tags.
    mutating func replace(_ line: String) {
        let new = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard new.count > 1 else { return }
        lines.removeAll { $0.count > 1 && $0[1] == new[1] }
        if hasTags, new.count > 3 {
            let taken = Set(new[3].split(separator: " "))
            for place in lines.indices where lines[place].count > 3 && lines[place][2] == new[2] {
                lines[place][3] = lines[place][3].split(separator: " ").filter { !taken.contains($0) }.joined(
                    separator: " "
                )
            }
        }
        lines.append(new)
    }

    /// The file.
    var bytes: [UInt8] { Array(lines.map { $0.joined(separator: "\t") + "\n" }.sorted().joined().utf8) }
}

/// A store that keeps nothing: for images that are put together to see whether they can be.
private struct ForgetfulStore: BaseImageStore {
    func storedImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? { nil }

    func holdsImage(_ manifest: Digest, blobs: [Digest]) -> Bool { true }

    func blob(_ digest: Digest) throws -> [UInt8] {
        throw Failure(.noInput, "nothing is kept here", at: .reference(digest.description))
    }

    func keep(_ blobs: [ModelBlob], manifest: Descriptor, as name: ImageReference) throws {}
}
