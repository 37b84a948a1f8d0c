// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import HostFiles
import ImageLayouts
import OCISpec
import Reporting
import Workbench

/// `seaworthy image prune`: gives back the space of images without a name.
struct ImagePrune: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Take away images without a name, and what killed processes left behind."
    )

    @Flag(name: [.short, .long], help: "Take away every image, and the kit's, which are made again when asked for.")
    var all = false

    @Flag(name: [.short, .long], help: "Do not ask.")
    var force = false

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let finder = ImageFinder(runtime.workbench)
        if all, !force, !runtime.console.confirm("This takes away all images of the local store. Are you sure?") {
            throw Failure(.usage, "nothing was taken away", fix: "answer y, or say --force")
        }
        var digests: [String] = []
        var bytes = 0
        if HostFile.kind(of: finder.storePath) == .directory {
            let store = try finder.store()
            if all {
                for image in try store.list() {
                    try store.remove(ImageFinder.key(image))
                    if image.reference?.domain != BaseImageKit.storeDomain {
                        digests.append(image.descriptor.digest.description)
                    }
                }
            }
            let report = try store.prune()
            digests += report.images.map(\.description)
            bytes = report.bytes
        }
        let deleted = Set(digests).sorted()
        if printing.json {
            try runtime.console.print(json: Report(deleted: deleted, reclaimedBytes: bytes))
            return .success
        }
        if !deleted.isEmpty { runtime.console.print("Deleted Images:") }
        for digest in deleted { runtime.console.print("deleted: \(digest)") }
        if !deleted.isEmpty { runtime.console.print("") }
        runtime.console.print("Total reclaimed space: \(HumanText.size(bytes))")
        return .success
    }

    private struct Report: Encodable {
        let deleted: [String]
        let reclaimedBytes: Int
    }
}
