// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import OCISpec

/// `seaworthy kit build`: makes base images now, and looks whether they are what the kit's table says.
struct KitBuild: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Make base images into the local store; all of them when none is named."
    )

    @Argument(help: "The images: names in the kit, or references.")
    var names: [String] = []

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let access = try KitAccess(runtime)
        let images = names.isEmpty ? try access.kit.images() : try names.map(access.image)
        var rows: [Row] = []
        for image in images {
            let made = try access.kit.assemble(image.id)
            let row = Row(
                id: image.id,
                digest: made.manifestDigest.description,
                isAsRecorded: image.manifestDigest.map { $0 == made.manifestDigest }
            )
            rows.append(row)
            guard !printing.json else { continue }
            let remark = row.isAsRecorded == true ? "" : "  (the kit's table of models does not have this digest)"
            runtime.console.print("\(row.digest)  \(row.id)\(remark)")
        }
        if printing.json { try runtime.console.print(json: rows) }
        return rows.allSatisfy { $0.isAsRecorded == true } ? .success : .notPassed
    }

    private struct Row: Encodable {
        let id: String
        let digest: String
        /// Whether the table of models has this digest; null when it has none.
        let isAsRecorded: Bool?
    }
}
