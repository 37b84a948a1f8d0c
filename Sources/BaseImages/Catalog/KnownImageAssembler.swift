// SPDX-License-Identifier: Apache-2.0

import Archives
import ImageFilesystem
import JSONValues
import OCISpec
import Packages

/// Makes an OCI image of an image that is known in part: the layers of the nearest image below it whose files are known, and one
/// layer with what is recorded of everything above.
struct KnownImageAssembler {
    let folder: KitFolder
    let images: KnownImages
    let packages: any PackageRepository
    /// Whether the kit has an image of that reference whose files are known.
    let isModelled: (ImageReference) -> Bool
    /// That image.
    let model: (ImageReference) throws -> BaseImage?

    /// How many images may stand on each other.
    private static let maximalDepth = 16
    private static let defaultDay = "2026-08-21"

    /// An image, ready to be kept.
    struct Assembled {
        let image: BaseImage
        /// The manifest, what points at it, and the blobs that are not those of the image below.
        let descriptor: Descriptor
        let blobs: [ModelBlob]
    }

    /// The images from the lowest to the one at hand, and what they stand on.
    struct Ancestry {
        var chain: [KnownImage]
        var base: ImageReference?
        /// The image whose accounts are below those of the lowest one.
        var accounts: KnownImage?
        /// Whether the lowest one names an image below it that is not listed.
        var isCut = false
    }

    /// The image of what was found.
    ///
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    func assemble(_ found: KnownImages.Found, as reference: ImageReference) throws -> Assembled {
        let ancestry = try ancestry(of: found)
        let base = try ancestry.base.flatMap(model)
        let layerIndex = base?.configuration.rootfs.diffIDs.count ?? 0
        let day = found.image.asOf.isEmpty ? Self.defaultDay : found.image.asOf
        let midnight = day + "T00:00:00Z"
        let time = (base?.configuration.created).map { max($0, midnight) } ?? midnight
        var tree = KnownTree(
            folder: folder,
            packages: packages,
            systems: images.systems,
            layerIndex: layerIndex,
            time: try KitTime.seconds(time, file: "catalog")
        )
        try tree.begin(on: base?.tree, ancestry.chain, isReleaseKnown: found.others.isEmpty)
        for image in ancestry.chain { tree.add(image) }
        tree.addAccounts(of: (ancestry.accounts.map { [$0] } ?? []) + ancestry.chain)
        let knowledge = knowledge(of: found, ancestry)
        let layer = ModelBlob(
            media: MediaType.layer,
            try ModelAssembler.layer(tree.tree.changes(since: base?.tree ?? FileTree()))
        )
        var container = Self.container(of: found.image, environment: try environment(of: found.image))
        container.labels = [
            BaseImage.ModelLabel.of: found.image.key, BaseImage.ModelLabel.asOf: day,
            UnknownLabel.name: UnknownLabel.text(knowledge.unknowns),
        ]
        let name = "what is recorded of \(found.image.key) beside the image below it"
        let configuration = ImageConfiguration(
            created: time,
            platform: .linuxAMD64,
            config: container,
            rootfs: RootFilesystem(
                diffIDs: (base?.configuration.rootfs.diffIDs ?? []) + [layer.descriptor.digest]
            ),
            history: (base?.configuration.history ?? [])
                + [HistoryEntry(created: time, createdBy: name, comment: "dev.seaworthy.catalog", emptyLayer: nil)]
        )
        let configurationBlob = ModelBlob(media: MediaType.configuration, try JSONWriter.bytes(of: configuration))
        let manifest = ImageManifest(
            config: configurationBlob.descriptor,
            layers: (base?.manifest.layers ?? []) + [layer.descriptor]
        )
        let manifestBlob = ModelBlob(media: MediaType.manifest, try JSONWriter.bytes(of: manifest))
        let image = BaseImage(
            reference: reference,
            manifestDigest: manifestBlob.descriptor.digest,
            manifest: manifest,
            configuration: configuration,
            tree: tree.tree,
            model: BaseImage.Model(
                of: found.image.key,
                asOf: day,
                recordedDigest: nil,
                recordedSizeBytes: nil
            ),
            knowledge: knowledge
        )
        return Assembled(
            image: image,
            descriptor: manifestBlob.descriptor,
            blobs: [layer, configurationBlob, manifestBlob]
        )
    }

    /// How much is known of an image, without its files being put together.
    ///
    /// - Throws: a `Failure` when a file of the kit is missing or wrong.
    func knowledge(of found: KnownImages.Found) throws -> ImageKnowledge {
        knowledge(of: found, try ancestry(of: found))
    }

    /// Follows the images that an image was built on down to one whose files are known, or to the lowest that is listed.
    func ancestry(of found: KnownImages.Found) throws -> Ancestry {
        var ancestry = Ancestry(chain: [found.image])
        while let lowest = ancestry.chain.first, ancestry.chain.count < Self.maximalDepth {
            if let reference = try? ImageReference(parsing: lowest.parent), lowest.parent != "scratch",
                isModelled(reference)
            {
                ancestry.base = reference
                return ancestry
            }
            guard let parent = try images.parent(of: lowest) else {
                ancestry.isCut = !lowest.parent.isEmpty && lowest.parent != "scratch"
                break
            }
            ancestry.chain.insert(parent, at: 0)
        }
        if let lowest = ancestry.chain.first, let reference = images.systems.base(of: lowest), isModelled(reference) {
            ancestry.base = reference
        }
        let hasRoot = ancestry.chain.first?.accounts.contains { $0.kind == "user" && $0.uid == 0 } ?? false
        if let lowest = ancestry.chain.first, ancestry.base == nil, !hasRoot,
            let source = images.systems.accountSource(of: lowest)
        {
            ancestry.accounts = try images.image(key: source, besides: lowest)
        }
        return ancestry
    }

    /// The environment: the parent's, its values replaced, then what is new. Names without a value are left out.
    private func environment(of image: KnownImage) throws -> [String]? {
        var chain = [image]
        while let lowest = chain.first, lowest.inheritsEnvironment, chain.count < Self.maximalDepth,
            let parent = try images.parent(of: lowest)
        {
            chain.insert(parent, at: 0)
        }
        guard image.ownEnvironment != nil else { return nil }
        var entries: [(name: Substring, text: String)] = []
        for entry in chain.flatMap({ $0.ownEnvironment ?? [] }) {
            let name = entry.prefix { $0 != "=" }
            if let place = entries.firstIndex(where: { $0.name == name }) {
                entries[place].text = entry
            } else {
                entries.append((name, entry))
            }
        }
        return entries.map(\.text).filter { $0.contains("=") }
    }

    private static func container(of image: KnownImage, environment: [String]?) -> ContainerConfiguration {
        func text(_ field: String) -> String? { field.isEmpty || field == KnownImage.Start.unknown ? nil : field }
        func array(_ field: String) -> [String]? {
            text(field).flatMap { try? JSONReader.decode([String].self, from: Array($0.utf8), limits: .own) }
        }
        func set(_ field: String) -> [String: EmptyObject]? {
            text(field).map {
                Dictionary($0.split(separator: " ").map { (String($0), EmptyObject()) }) { first, _ in first }
            }
        }
        var container = ContainerConfiguration()
        container.user = text(image.start.user)
        container.workingDir = text(image.start.workdir)
        container.stopSignal = text(image.start.stopSignal)
        container.exposedPorts = set(image.start.ports)
        container.volumes = set(image.start.volumes)
        container.entrypoint = array(image.start.entrypoint)
        container.cmd = array(image.start.command)
        container.env = environment
        return container
    }
}

extension ModelBlob {
    /// A blob of bytes.
    init(media: String, _ bytes: [UInt8]) {
        self.init(descriptor: Descriptor(mediaType: media, digest: .sha256(of: bytes), size: bytes.count), bytes: bytes)
    }
}
