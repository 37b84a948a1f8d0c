// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy solution`: the reference solution of a step. That it was looked at is recorded.
struct Solution: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "solution",
        abstract: "Show the reference solution of this step (this is recorded)."
    )

    @Flag(help: "Put the solution into the workspace; `seaworthy undo` takes it back.")
    var apply = false

    @OptionGroup var options: StepOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        guard let folder = session.library.solutionFolder(of: session.step, in: session.lesson) else {
            let shown =
                try session.progress.progress(lesson: session.lesson.id, steps: [session.step.id]).first?.hintLevel ?? 0
            // The last hint of such a step is its solution; who has seen it is not sent there again.
            let why =
                "This step changes no files, so there is no solution to show. "
                + (shown < session.step.hints.count
                    ? "The hints help: `seaworthy hint`."
                    : session.step.hints.last.map { "What its last hint says does it: \($0)" }
                        ?? "Go on with `seaworthy next`.")
            if options.printing.json {
                runtime.console.remark(why)
                try runtime.console.print(json: SolutionDocument(step: session.step.id, isApplied: false, files: []))
            } else {
                for line in StepView(session, runtime.console).render(why) { runtime.console.print(line) }
            }
            return .success
        }
        if apply {
            _ = try session.keeper.applySolution(
                folder,
                of: session.step.id,
                to: try session.needsWorkspace(),
                now: runtime.now
            )
        }
        _ = try session.progress.record(
            .solutionShown(isApplied: apply),
            lesson: session.lesson.id,
            step: session.step.id,
            now: runtime.now
        )
        let files = try session.library.solutionFiles(of: session.step, in: session.lesson).map { path in
            let bytes = try HostFile.read(folder + "/" + path, limit: runtime.limits.entryBytes)
            return SolutionDocument.File(path: path, content: String(decoding: bytes, as: UTF8.self))
        }
        if options.printing.json {
            let document = SolutionDocument(step: session.step.id, isApplied: apply, files: files)
            try runtime.console.print(json: document)
            return .success
        }
        if apply {
            let names = files.map(\.path).joined(separator: ", ")
            runtime.console.print("Put \(names) into your workspace. `seaworthy undo` takes it back.")
            return .success
        }
        for file in files { runtime.console.print("# \(file.path)\n\(file.content)") }
        runtime.console.remark("`seaworthy solution --apply` puts it into your workspace.")
        return .success
    }

    private struct SolutionDocument: Encodable {
        let step: String
        let isApplied: Bool
        let files: [File]

        struct File: Encodable {
            let path: String
            let content: String
        }
    }
}
