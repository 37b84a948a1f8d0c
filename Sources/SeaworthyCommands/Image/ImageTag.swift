// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageLayouts
import OCISpec
import Workbench

/// `seaworthy image tag`, `docker tag`: one more name for an image.
struct ImageTag: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "tag", abstract: "Give an image one more name.")

    @Argument(help: "The image.")
    var source: String

    @Argument(help: "The new name; `latest` is its tag when none is written.")
    var target: String

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let name = try Self.target(target)
        let finder = ImageFinder(runtime.workbench)
        let found = try finder.find(source)
        let store = try finder.store()
        switch found.place {
        case .store: try store.tag(found.references.first?.description ?? found.id.description, as: name)
        case .path, .kit, .registry, .engine: try store.put(found.bundle(), names: [name])
        }
        if printing.json { try runtime.console.print(json: ["id": found.id.description, "name": name.familiar]) }
        return .success
    }

    /// A name that an image can be given.
    static func target(_ text: String) throws -> ImageReference {
        try ImageReference(
            newName: text,
            at: .reference(text.count > 120 ? text.prefix(120) + "…" : text),
            digestRefused: "a name cannot have a digest",
            invalid: "invalid reference format"
        )
    }
}
