// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics

/// `seaworthy` alone: the current step, where the learner left it.
struct Resume: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Show the current step.",
        shouldDisplay: false
    )

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var output: StepOutput

    @OptionGroup var common: CommonOptions

    var isPlain: Bool { output.plain }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        do {
            try StepView(try runtime.session(workspace: workspace), runtime.console).show(asJSON: output.printing.json)
        } catch let failure as Failure
            where failure.reason == .noLessonBegun && workspace == nil && !output.printing.json
        {
            runtime.console.print(
                """
                Welcome to Seaworthy: learn to make container images that are fit to ship.

                  seaworthy learn securing-your-image    start the first lesson
                  seaworthy lessons                      see what there is
                  seaworthy --help                       see every command
                """
            )
        }
        return .success
    }
}
