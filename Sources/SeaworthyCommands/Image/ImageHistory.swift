// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import GoTemplates
import ImageLayouts
import JSONValues
import OCISpec
import Reporting
import Workbench

/// `seaworthy image history`, `docker history`: how an image came to be, the newest step first.
struct ImageHistory: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show how an image came to be, the newest step first."
    )

    @Argument(help: "The image.")
    var image: String

    @Flag(name: .customLong("no-trunc"), help: "Whole ids and commands.")
    var noTruncation = false

    @Flag(name: [.short, .long], help: "Only the ids.")
    var quiet = false

    @Flag(name: [.customShort("H"), .long], inversion: .prefixedNo, help: "Sizes and dates for people.")
    var human = true

    @Option(help: "`table`, `json` (a document a line), or a Go template such as '{{.CreatedBy}}'.")
    var format: String?

    @Flag(help: "Print one JSON document: an array, the newest step first.")
    var json = false

    @OptionGroup var choice: ImageChoice
    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let (finder, found) = try choice.find(image, runtime)
        let sizes = try ImageSizes(finder).fileBytes(ofLayers: found.image, limits: runtime.limits)
        let steps = Self.steps(of: found, sizes: sizes)
        let console = runtime.console
        if json {
            console.print(bytes: JSONValue.array(steps.map(\.document)).bytes() + [0x0A])
            return .success
        }
        if quiet {
            for step in steps { console.print(label(of: step)) }
            return .success
        }
        switch format {
        case nil, "table"?: console.print(table(steps, runtime))
        case "json"?:
            for step in steps { console.print(bytes: dockerDocument(step, runtime).bytes(indented: false) + [0x0A]) }
        case let template?:
            let parsed = try GoTemplate(parsing: template)
            for step in steps { console.print(try parsed.render(dockerDocument(step, runtime)).harmless) }
        }
        return .success
    }

    /// One entry of the history with its layer.
    struct Step {
        let entry: HistoryEntry
        /// The layer's place, the lowest is 0; nil where there is none.
        let layer: Int?
        /// The bytes of its layer's files, uncompressed.
        let sizeBytes: Int
        /// The image's id at the newest step.
        let id: Digest?

        var document: JSONValue {
            [
                "created": .optional(entry.created), "createdBy": .string(entry.createdBy ?? ""),
                "emptyLayer": .bool(layer == nil), "layer": .optional(layer),
                "size": .number(String(sizeBytes)), "comment": .string(entry.comment ?? ""),
            ]
        }
    }

    /// The steps, the newest first; layers that the history does not tell of stand at the end of it.
    ///
    /// - Parameter sizes: the bytes of the files of each layer, the lowest first.
    static func steps(of found: FoundImage, sizes: [Int]) -> [Step] {
        var next = 0
        var steps: [Step] = []
        func add(_ entry: HistoryEntry, hasLayer: Bool) {
            let layer = hasLayer && next < sizes.count ? next : nil
            if layer != nil { next += 1 }
            steps.append(
                Step(entry: entry, layer: layer, sizeBytes: layer.map { sizes[$0] } ?? 0, id: nil)
            )
        }
        for entry in found.image.configuration.history { add(entry, hasLayer: entry.emptyLayer != true) }
        while next < sizes.count { add(HistoryEntry(), hasLayer: true) }
        if let last = steps.popLast() {
            steps.append(Step(entry: last.entry, layer: last.layer, sizeBytes: last.sizeBytes, id: found.id))
        }
        return steps.reversed()
    }

    private func label(of step: Step) -> String {
        step.id.map { noTruncation ? $0.description : $0.short } ?? "<missing>"
    }

    private func command(of step: Step) -> String {
        let text = (step.entry.createdBy ?? "").split(whereSeparator: \.isNewline).joined(separator: " ").harmless
            .replacing("\t", with: " ")
        return noTruncation || text.count <= 45 ? text : text.prefix(44) + "…"
    }

    private func size(of step: Step) -> String { human ? HumanText.size(step.sizeBytes) : String(step.sizeBytes) }

    private func created(_ step: Step, _ runtime: Runtime) -> String {
        human
            ? HumanText.age(of: step.entry.created, now: runtime.epochSeconds) : (step.entry.created ?? "N/A").harmless
    }

    private func table(_ steps: [Step], _ runtime: Runtime) -> String {
        ColumnText.render(
            ["IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT"],
            steps.map { step in
                let comment = (step.entry.comment ?? "").harmless.replacing("\n", with: " ")
                return [label(of: step), created(step, runtime), command(of: step), size(of: step), comment]
            }
        )
    }

    private func dockerDocument(_ step: Step, _ runtime: Runtime) -> JSONValue {
        [
            "Comment": .string(step.entry.comment ?? ""), "CreatedAt": .string(step.entry.created ?? ""),
            "CreatedBy": .string(noTruncation ? step.entry.createdBy ?? "" : command(of: step)),
            "CreatedSince": .string(created(step, runtime)), "ID": .string(label(of: step)),
            "Size": .string(size(of: step)),
        ]
    }
}
