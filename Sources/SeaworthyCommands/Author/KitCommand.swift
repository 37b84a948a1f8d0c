// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import OCISpec
import Workbench

/// `seaworthy kit`: the base images that builds can start from.
struct KitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit",
        abstract: "Look at the base images that builds can start from.",
        discussion: """
            Each is a model of a real image: packages, accounts, configuration and recorded digests, without the programs \
            themselves. Of most images only a part is known; `list` and `show` say which facets are.
            """,
        subcommands: [KitList.self, KitShow.self, KitBuild.self, KitImport.self, KitAdd.self]
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
        if let found = try kit.images().first(where: { $0.id == text }) { return found }
        let reference = try? ImageReference(parsing: text).withDefaultTag
        if let reference, let found = try kit.image(reference) { return found }
        let near = reference.map { kit.knownNear($0).map(\.familiar) } ?? []
        throw Failure(
            .noInput,
            "the kit describes no such image",
            at: .reference(text),
            why: near.isEmpty ? nil : "known near it: " + near.joined(separator: ", "),
            fix: "`seaworthy kit list` shows what there is"
        )
    }
}

extension ImageReference {
    /// A repository in full and a tag, as people write them.
    static func familiar(_ repository: String, tag: String?) -> String {
        let text = repository + (tag.map { ":" + $0 } ?? "")
        return (try? ImageReference(parsing: text))?.familiar ?? text
    }
}
