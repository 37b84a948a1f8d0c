// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import OCISpec
import Workbench

/// `seaworthy kit add`: puts the images of a folder into the kit of this data home.
struct KitAdd: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add the images of a folder that `kit import` wrote.",
        discussion: """
            They are kept in the data home, and taken before the kit's own of the same name. All of them are put together first; \
            where one is wrong, nothing is added.
            """
    )

    @Argument(help: "The folder, with images.kit in it.")
    var folder: String

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let limits = runtime.surroundings.limits
        let own = KitAddition(folder: runtime.workbench.ownKitPath, limits: limits)
        let added = try own.add(
            KitAddition(folder: runtime.resolve(folder), limits: limits),
            to: try runtime.workbench.facts()
        )
        if printing.json {
            try runtime.console.print(json: added)
            return .success
        }
        for image in added {
            let names = image.tags.map { ImageReference.familiar(image.repository, tag: $0) }
            runtime.console.print("\(names.joined(separator: ", "))  \(image.id)".harmless)
        }
        runtime.console.print(added.count == 1 ? "1 image added." : "\(added.count) images added.")
        return .success
    }
}
