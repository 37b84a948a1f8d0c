// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import OCISpec
import Reporting
import Workbench

/// `seaworthy kit`: the base images that the lessons stand on.
struct KitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit",
        abstract: "Look at the base images that the lessons stand on.",
        discussion: """
            Each is a model of a real image: packages, accounts, configuration and recorded digests, without the programs \
            themselves.
            """,
        subcommands: [KitList.self, KitShow.self, KitBuild.self]
    )
}

/// The kit, for the commands about it.
struct KitAccess {
    let kit: BaseImageKit

    init(_ runtime: Runtime) throws {
        kit = try runtime.workbench.kit()
    }

    /// The image that a text means: an identifier of the kit, or a reference.
    func image(_ text: String) throws -> KitImage {
        let images = try kit.images()
        if let found = images.first(where: { $0.id == text }) { return found }
        if let reference = try? ImageReference(parsing: text).withDefaultTag {
            let hardened = kit.catalog.hardenedImage(reference).map { "dhi.io/" + $0.image }
            if let found = images.first(where: { image in
                (image.repository == reference.name || image.repository == hardened)
                    && reference.tag.map(image.tags.contains) ?? (image.manifestDigest == reference.digest)
            }) {
                return found
            }
        }
        throw Failure(
            .noInput,
            "the kit describes no such image",
            at: .reference(text),
            fix: "`seaworthy kit list` shows what there is"
        )
    }
}

/// `seaworthy kit list`.
struct KitList: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the base images.",
        aliases: ["ls"]
    )

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let images = try KitAccess(runtime).kit.images()
        if printing.json {
            try runtime.console.print(json: images)
            return .success
        }
        let rows = images.map { image in
            [
                image.id, ImageReference.familiar(image.repository, tag: image.tags.first), image.model.asOf,
                image.model.recordedSizeBytes.map(HumanText.size) ?? "-", image.isAssembled ? "yes" : "no",
            ]
        }
        runtime.console.print(ColumnText.render(["NAME", "MODEL OF", "AS OF", "RECORDED SIZE", "MADE"], rows))
        return .success
    }
}

extension ImageReference {
    /// A repository in full and a tag, as people write them.
    static func familiar(_ repository: String, tag: String?) -> String {
        let text = repository + (tag.map { ":" + $0 } ?? "")
        return (try? ImageReference(parsing: text))?.familiar ?? text
    }
}
