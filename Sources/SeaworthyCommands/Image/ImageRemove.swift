// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageLayouts
import OCISpec
import Workbench

/// `seaworthy image rm`, `docker rmi`: takes names, or images, out of the local store.
struct ImageRemove: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Take images out of the local store, by name or id. `image prune` gives the space back.",
        aliases: ["remove"]
    )

    @Argument(help: "The images.")
    var images: [String]

    @Flag(name: [.short, .long], help: "Accepted for compatibility.")
    var force = false

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus { try Self.remove(images, runtime, asJSON: printing.json) }

    /// Takes images out, one after another; one that is not there does not keep the others in.
    ///
    /// By a name, that name goes; by an id or a digest, the image with all its names.
    /// - Throws: the last failure, when the others have been reported.
    static func remove(_ images: [String], _ runtime: Runtime, asJSON: Bool = false) throws -> ExitStatus {
        let finder = ImageFinder(runtime.workbench)
        var failures: [Failure] = []
        var report = Report()
        for text in images {
            do {
                try remove(text, finder, into: &report)
            } catch let failure as Failure {
                failures.append(failure)
            }
        }
        if asJSON { try runtime.console.print(json: report) } else { report.show(runtime.console) }
        for failure in failures.dropLast() { runtime.console.report(failure, isVerbose: runtime.isVerbose) }
        if let last = failures.last { throw last }
        return .success
    }

    private static func remove(_ text: String, _ finder: ImageFinder, into report: inout Report) throws {
        let bare = text.hasPrefix("local://") ? String(text.dropFirst(8)) : text
        guard let entry = try finder.entry(bare) else {
            _ = try ImageTag.target(bare.hasPrefix("sha256:") ? "image" : bare)
            throw Failure(
                .noInput,
                "there is no such image",
                at: .reference(text),
                why: "it is not in the local store",
                fix: "`seaworthy image ls` shows what there is"
            )
        }
        let wanted = (try? ImageReference(parsing: bare))?.withDefaultTag
        let isName =
            wanted?.digest == nil && wanted?.name == entry.reference?.name && wanted?.tag == entry.reference?.tag
        let digest = entry.descriptor.digest
        let removed = try finder.store().remove(isName ? ImageFinder.key(entry) : digest.description)
        report.untagged += removed.map(\.familiar)
        if try finder.names(of: digest).isEmpty { report.deleted.append(digest.description) }
    }

    /// What went away: names, and the digests of images that have no name any more.
    private struct Report: Encodable {
        var untagged: [String] = []
        var deleted: [String] = []

        func show(_ console: Console) {
            for name in untagged { console.print("Untagged: \(name)") }
            for digest in deleted { console.print("Deleted: \(digest)") }
        }
    }
}
