// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import GoTemplates
import ImageLayouts
import JSONValues
import OCISpec
import Workbench

/// `seaworthy image inspect`, `docker inspect`: all that is written about images.
struct ImageInspect: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show all that is written about images, as a JSON array."
    )

    @Argument(help: "The images.")
    var images: [String]

    @Option(name: [.short, .long], help: "`json`, or a Go template such as '{{.Config.User}}'.")
    var format: String?

    @Option(help: "Accepted for compatibility: everything here is an image.")
    var type: String?

    @Flag(help: "Print one JSON document (this is what is printed anyway).")
    var json = false

    @OptionGroup var choice: ImageChoice
    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let finder = ImageFinder(runtime.workbench)
        let sizes = ImageSizes(finder)
        let platform = try choice.wantedPlatform()
        let template = try format.flatMap { $0 == "json" ? nil : try GoTemplate(parsing: $0) }
        var documents: [JSONValue] = []
        var failures: [Failure] = []
        for text in images {
            do {
                let found = try finder.find(text, ref: choice.reference, platform: platform)
                documents.append(ImageDocument(found, size: sizes.size(of: found.image)).value)
            } catch let failure as Failure {
                failures.append(failure)
            }
        }
        if let template {
            for document in documents { runtime.console.print(try template.render(document).harmless) }
        } else if format == "json" {
            for document in documents { runtime.console.print(bytes: document.bytes(indented: false) + [0x0A]) }
        } else if !documents.isEmpty || images.count > 1 {
            runtime.console.print(bytes: JSONValue.array(documents).bytes() + [0x0A])
        }
        for failure in failures.dropLast() { runtime.console.report(failure, isVerbose: runtime.isVerbose) }
        if let last = failures.last { throw last }
        return .success
    }
}

/// What `docker image inspect` says of an image, and a member of our own that says where it is from.
struct ImageDocument {
    let value: JSONValue

    init(_ found: FoundImage, size: ImageSizes.Size) {
        let image = found.image
        let configuration = image.configuration
        // What was fetched by its digest has that in its name.
        let fetched = [try? ImageReference(parsing: found.name)].compactMap(\.self).filter { $0.digest != nil }
        let digests = Set((found.references + fetched).map { $0.familiarName + "@" + found.id.description }).sorted()
        var object = JSONObject()
        object.append("Id", .string(found.id.description))
        object.append("RepoTags", .array(found.references.map { .string($0.familiar) }))
        object.append("RepoDigests", .array(digests.map(JSONValue.string)))
        object.append("Parent", "")
        object.append("Comment", .string(configuration.history.last?.comment ?? ""))
        object.append("Created", .string(configuration.created ?? ""))
        object.append("DockerVersion", "")
        object.append("Author", .string(configuration.author ?? ""))
        object.append("Config", Self.config(image))
        object.append("Architecture", .string(configuration.architecture))
        if let variant = configuration.variant { object.append("Variant", .string(variant)) }
        object.append("Os", .string(configuration.os))
        object.append("Size", .number(String(size.bytes)))
        object.append(
            "RootFS",
            ["Type": "layers", "Layers": .array(configuration.rootfs.diffIDs.map { .string($0.description) })]
        )
        object.append("Metadata", ["LastTagTime": "0001-01-01T00:00:00Z"])
        object.append(
            "Descriptor",
            [
                "mediaType": .string(
                    image.indexDigest == nil ? image.manifest.mediaType ?? MediaType.manifest : MediaType.index
                ),
                "digest": .string(found.id.description),
            ]
        )
        object.append("Seaworthy", Self.origin(found, size: size))
        value = .object(object)
    }

    /// The configuration's own words, with the members that Docker always shows.
    private static func config(_ image: LoadedImage) -> JSONValue {
        let own = (try? JSONValue(parsing: image.configurationBytes))?["config"]?.object ?? JSONObject()
        let always: [(String, JSONValue)] = [
            ("User", ""), ("Env", .null), ("Cmd", .null), ("Entrypoint", .null), ("WorkingDir", ""), ("Volumes", .null),
            ("OnBuild", .null), ("Labels", .null),
        ]
        var values = Dictionary(always, uniquingKeysWith: { _, new in new })
        for member in own.members { values[member.name] = member.value }
        var object = JSONObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { object.append(name, value) }
        return .object(object)
    }

    private static func origin(_ found: FoundImage, size: ImageSizes.Size) -> JSONValue {
        let image = found.image
        var object = JSONObject()
        object.append("Source", .string(found.place.word))
        object.append("ManifestDigest", .string(image.manifestDigest.description))
        object.append("ConfigDigest", .string(image.configurationDigest.description))
        object.append("SizeIsRecorded", .bool(size.isRecorded))
        object.append(
            "Attestations",
            .array(Set(image.attestations.map(\.statement.predicateType)).sorted().map(JSONValue.string))
        )
        if let model = found.model {
            object.append(
                "Model",
                [
                    "Of": .string(model.of), "AsOf": .string(model.asOf),
                    "RecordedDigest": .optional(model.recordedDigest?.description),
                ]
            )
        }
        if !image.mismatches.isEmpty {
            object.append("Mismatches", .array(image.mismatches.map { .string($0.message) }))
        }
        return .object(object)
    }
}
