// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workspaces

/// `seaworthy solution`: the reference solution of a step. That it was looked at is recorded.
struct Solution: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "solution",
        abstract: "Show the reference solution of this step (this is recorded)."
    )

    @Flag(help: "Put the solution into the workspace; `seaworthy undo` takes it back.")
    var apply = false

    @Option(help: "The step; the current one when not given.")
    var step: String?

    @Option(help: "The workspace.")
    var workspace: String?

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try LearnerSession.current(runtime, workspace: workspace, step: step)
        guard let folder = session.library.solutionFolder(of: session.step, in: session.lesson) else {
            runtime.console.print(
                "This step changes no files, so there is no solution to show. The hints help: `seaworthy hint`."
            )
            return .success
        }
        if apply {
            let change = try session.keeper.applySolution(
                folder,
                of: session.step.id,
                to: try session.needsWorkspace(),
                now: runtime.now
            )
            _ = change
        }
        _ = try session.progress.record(
            .solutionShown(isApplied: apply),
            lesson: session.lesson.id,
            step: session.step.id,
            now: runtime.now
        )
        let files = session.library.solutionFiles(of: session.step, in: session.lesson)
        if apply {
            runtime.console.print(
                "Put \(files.joined(separator: ", ")) into your workspace. `seaworthy undo` takes it back."
            )
            return .success
        }
        for file in files {
            let text = String(
                decoding: try HostFiles.read(folder + "/" + file, limit: runtime.limits.entryBytes),
                as: UTF8.self
            )
            runtime.console.print("# \(file)\n\(text)")
        }
        runtime.console.remark("`seaworthy solution --apply` puts it into your workspace.")
        return .success
    }
}
