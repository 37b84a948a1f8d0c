// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import Foundation
import OCISpec
import Reporting

/// `seaworthy kit show`: what the kit knows of one base image.
struct KitShow: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the kit knows of an image."
    )

    @Argument(help: "The image: its name in the kit, or a reference such as node:lts-slim.")
    var name: String

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let image = try KitAccess(runtime).image(name)
        if printing.json {
            try runtime.console.print(json: image)
            return .success
        }
        let model = image.model
        var lines = [
            "Name:             \(image.id)",
            "Model of:         \(model.of), as of \(model.asOf)",
            "Names:            "
                + image.tags.map { ImageReference.familiar(image.repository, tag: $0) }.joined(separator: ", "),
            "Recorded digest:  \(model.recordedDigest?.description ?? "not recorded")",
            "Recorded size:    \(model.recordedSizeBytes.map(HumanText.size) ?? "not recorded")"
                + (model.recordedSizeOf.map { " (of \($0))" } ?? ""),
            "Model's digest:   \(image.manifestDigest?.description ?? "not known until it is made")",
            "Made:             \(image.isAssembled ? "yes" : "no, when it is first needed")",
            "User:             \(KitList.user(image))",
        ]
        if let system = image.system { lines.append("System:           \(system)") }
        for facet in Facet.allCases {
            let name = facet.rawValue.prefix(1).uppercased() + facet.rawValue.dropFirst() + ":"
            let reason = image.gaps[facet.rawValue].map { ", \($0)" } ?? ""
            lines.append(
                name.padding(toLength: 18, withPad: " ", startingAt: 0) + image.extent(of: facet).rawValue + reason
            )
        }
        lines += image.notes.map { "Note:             \($0)" }
        runtime.console.print(lines.joined(separator: "\n").harmless)
        return .success
    }
}
