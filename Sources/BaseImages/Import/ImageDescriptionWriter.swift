// SPDX-License-Identifier: Apache-2.0

// The kit's own line format: kit/README.md.

import Diagnostics
public import ImageFilesystem
import JSONValues
public import OCISpec

/// Writes a description of a real image for a kit of one's own: packages, accounts, configuration, history and the names of files, and
/// no bytes of it.
public struct ImageDescriptionWriter: Sendable {
    /// The name that the description goes by.
    public let name: ImageReference
    /// The day on which the image was described, `YYYY-MM-DD`.
    public let asOf: String
    /// The digest of its manifest.
    public let manifestDigest: Digest
    /// Its configuration.
    public let configuration: ImageConfiguration
    /// Its files, with the bytes of those that `RestatedText` wants.
    public let tree: FileTree
    /// The size of its layers as they are stored, in bytes.
    public let sizeBytes: Int

    /// Names what is described.
    public init(
        name: ImageReference,
        asOf: String,
        manifestDigest: Digest,
        configuration: ImageConfiguration,
        tree: FileTree,
        sizeBytes: Int
    ) {
        self.name = name
        self.asOf = asOf
        self.manifestDigest = manifestDigest
        self.configuration = configuration
        self.tree = tree
        self.sizeBytes = sizeBytes
    }

    /// A description, ready to be written.
    public struct Description: Sendable, Hashable {
        /// The image's name in the kit.
        public let id: String
        /// The line of `images.kit`.
        public let indexLine: String
        /// The text of the file in `images/`.
        public let text: [UInt8]
        /// How many files, folders and links are described.
        public let entryCount: Int
        /// How many are left out, because no line can hold their names, or because they are devices.
        public let leftOutCount: Int
    }

    /// The description.
    ///
    /// - Throws: a `Failure` (`malformedInput`) for an image of another platform than the kit's, or without a layer.
    public func description() throws -> Description {
        guard configuration.platform == .linuxAMD64 else {
            throw Failure(
                .malformedInput,
                "the image is for \(configuration.platform), and a kit describes images for \(Platform.linuxAMD64)",
                at: .reference(name.familiar),
                fix: "choose that platform of it with --platform, where it has it"
            )
        }
        let layerCount = configuration.rootfs.diffIDs.count
        guard layerCount > 0 else {
            throw Failure(.malformedInput, "the image has no layer", at: .reference(name.familiar))
        }
        var body = LineWriter()
        let steps = steps(layerCount)
        var entries = 0
        var leftOut = 0
        let layers = nodes(layerCount)
        var index = 0
        for step in steps {
            body.record(step.isEmpty ? "empty" : "layer", [step.created, step.comment, ""], content: step.command)
            guard !step.isEmpty else { continue }
            var writer = TreeLines()
            for (path, node) in layers[index] { writer.add(path, node, in: tree) }
            writer.finish()
            body.append(writer.lines)
            entries += writer.entryCount
            leftOut += writer.leftOutCount
            index += 1
        }
        var head = LineWriter()
        head.record("of", [name.withDefaultTag.description])
        head.record("as-of", [asOf])
        head.record("recorded", [manifestDigest.description])
        head.record("size", [String(sizeBytes)])
        head.record("created", [Self.time(configuration.created, asOf)])
        head.record("note", ["Described from a real image by `seaworthy kit import`."])
        head.record("config", [String(decoding: try JSONWriter.bytes(of: container), as: UTF8.self)])
        if leftOut > 0 {
            head.record("note", ["\(leftOut) entries are left out: devices, and names that no line can hold."])
        }
        if let path = (["/var/lib/rpm", "/usr/lib/sysimage/rpm"] as [ImagePath])
            .first(where: { tree.resolvedNode(at: $0) != nil })
        {
            let extent = ImageKnowledge.Extent.inPart.rawValue
            head.record("gap", [Facet.packages.rawValue, extent, "the RPM database in \(path) cannot be read"])
        }
        head.append(body)
        let id = identifier
        let tag = name.withDefaultTag.tag ?? ""
        let line = ["I", id, name.name, tag, manifestDigest.hex].joined(separator: "\t")
        return Description(
            id: id,
            indexLine: line,
            text: head.bytes,
            entryCount: entries,
            leftOutCount: leftOut
        )
    }

    /// The name of the file: of the repository and the digest, so that no two images have one.
    private var identifier: String {
        let base = (name.path.split(separator: "/").last.map(String.init) ?? "image") + "-" + (name.tag ?? "")
        let letters = base.lowercased().map {
            $0.isASCII && ($0.isLetter || $0.isNumber) || "._-".contains($0) ? $0 : "-"
        }
        return "own-" + String(letters).prefix(60) + "-" + manifestDigest.hex.prefix(12)
    }

    /// The configuration without the labels that a model carries itself.
    private var container: ContainerConfiguration {
        var container = configuration.config
        container.labels = container.labels?.filter { !$0.key.hasPrefix("dev.seaworthy.") }
        return container
    }

    private struct Step {
        let created: String
        let comment: String
        let command: String
        let isEmpty: Bool
    }

    /// The history, one line for each layer: where it does not tell of all, the rest goes by its number alone.
    private func steps(_ layerCount: Int) -> [Step] {
        var steps: [Step] = []
        var made = 0
        for entry in configuration.history {
            let isEmpty = entry.emptyLayer == true
            guard isEmpty || made < layerCount else { continue }
            if !isEmpty { made += 1 }
            steps.append(
                Step(
                    created: Self.time(entry.created ?? configuration.created, asOf),
                    comment: entry.comment ?? "",
                    command: entry.createdBy ?? "",
                    isEmpty: isEmpty
                )
            )
        }
        for number in made..<max(made, layerCount) {
            steps.append(
                Step(
                    created: Self.time(configuration.created, asOf),
                    comment: "",
                    command: "layer \(number + 1), of which the history says nothing",
                    isEmpty: false
                )
            )
        }
        return steps
    }

    /// The nodes of each layer, in the order of their paths.
    private func nodes(_ layerCount: Int) -> [[(path: ImagePath, node: FileNode)]] {
        var layers: [[(path: ImagePath, node: FileNode)]] = Array(repeating: [], count: layerCount)
        tree.walk { path, node in
            if !path.isRoot { layers[min(max(node.layerIndex ?? 0, 0), layerCount - 1)].append((path, node)) }
            return true
        }
        return layers
    }

    /// A time in RFC 3339; the beginning of a day where there is none that can be read.
    private static func time(_ text: String?, _ day: String) -> String {
        if let text, (try? KitTime.seconds(text, file: "")) != nil { return text }
        return day + "T00:00:00Z"
    }
}
