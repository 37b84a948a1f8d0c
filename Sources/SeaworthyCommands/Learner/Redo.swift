// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Workspaces

/// `seaworthy redo`: bring back what the last undo replaced.
struct Redo: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo",
        abstract: "Bring back what the last undo replaced, files and progress."
    )

    @OptionGroup var options: TravelOptions

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        try HistoryTravel(.redo, options, asJSON: printing.json).run(runtime)
    }
}
