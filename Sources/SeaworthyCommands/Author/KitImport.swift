// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import ImageLayouts
import OCISpec
import Reporting
import Workbench

/// `seaworthy kit import`: describes a real image, so that builds can start from it where it is not.
struct KitImport: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Describe a real image for a kit of one's own: what it is made of, and no bytes of it.",
        discussion: """
            Packages, accounts, configuration, history and the names, sizes and modes of files are written down. \
            `seaworthy kit add FOLDER` puts the images of such a folder into the kit.

            `registry://REF` fetches the image over the network, as `seaworthy image pull` does, and `engine://REF` from the \
            container engine of this machine; neither is kept.
            """
    )

    @Argument(
        help: """
            The image: local://NAME, archive://FILE, oci-dir://FOLDER, or any of these without its prefix; registry://REF, \
            engine://REF.
            """
    )
    var image: String

    @Option(help: "The reference that it is known by, such as registry.example.com/base:1; by default its own.")
    var name: String?

    @Option(name: .customLong("kit"), help: "The folder of one's own kit; made where it is not there.")
    var folder = "kit"

    @OptionGroup var choice: ImageChoice

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        if name != nil { _ = try reference(nil) }
        let display = PullDisplay(runtime.console)
        let fetcher = ImageFetcher(runtime.workbench) { display.show($0) }
        let found: FoundImage
        do {
            defer { display.finish() }
            found = try ImageFinder(runtime.workbench, fetcher: fetcher).find(
                image,
                ref: choice.reference,
                platform: try choice.wantedPlatform() ?? .linuxAMD64
            )
        }
        let name = try reference(found)
        let limits = runtime.surroundings.limits
        let writer = ImageDescriptionWriter(
            name: name,
            asOf: runtime.surroundings.today,
            manifestDigest: found.image.manifestDigest,
            configuration: found.image.configuration,
            tree: try found.image.fileTree(limits: limits, wanted: RestatedText.isWanted),
            sizeBytes: found.image.manifest.layers.reduce(0) { $0 + min(max(0, $1.size), 1 << 44) }
        )
        let description = try writer.description()
        try KitAddition(folder: runtime.resolve(folder), limits: limits).write(description)
        if printing.json {
            try runtime.console.print(json: Result(name: name, description, folder: folder))
            return .success
        }
        let size = HumanText.size(description.text.count)
        runtime.console.print(
            "\(folder)/images/\(description.id).kit  \(name.familiar), \(description.entryCount) entries, \(size)\n"
                + "Use it with `seaworthy kit add \(folder)`."
        )
        return .success
    }

    /// The name that was given, else the image's own.
    private func reference(_ found: FoundImage?) throws -> ImageReference {
        guard let name else {
            if let own = found?.references.first { return own }
            throw Failure(
                .usage,
                "the image has no name",
                at: .reference(image),
                fix: "name it with --name, such as --name registry.example.com/base:1"
            )
        }
        do {
            let reference = try ImageReference(parsing: name).withDefaultTag
            guard reference.digest == nil, reference.domain != BaseImageKit.storeDomain else {
                throw Failure(.usage, "a name with a tag was expected", at: .option("--name \(name)"))
            }
            return reference
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.usage, "that is no reference", at: .option("--name \(name)"), cause: error)
        }
    }

    private struct Result: Encodable {
        let id: String
        let reference: String
        let file: String
        let entries: Int
        let leftOut: Int
        let sizeBytes: Int

        init(name: ImageReference, _ description: ImageDescriptionWriter.Description, folder: String) {
            id = description.id
            reference = name.description
            file = "\(folder)/images/\(description.id).kit"
            entries = description.entryCount
            leftOut = description.leftOutCount
            sizeBytes = description.text.count
        }
    }
}
