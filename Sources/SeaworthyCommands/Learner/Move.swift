// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Judgements
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy next`: go to the next step.
struct Next: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "next", abstract: "Go to the next step.")

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus { try Move.by(1, runtime, options) }
}

/// `seaworthy back`: go to the step before.
struct Back: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "back", abstract: "Go to the step before.")

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus { try Move.by(-1, runtime, options) }
}

/// `seaworthy goto`: go to a step by its id or number.
struct Goto: SeaworthyCommand {
    static let configuration = CommandConfiguration(commandName: "goto", abstract: "Go to a step by its id or number.")

    @Argument(help: "The step.")
    var step: String

    @Flag(help: "Take the files that the step begins with, too; `seaworthy undo` brings yours back.")
    var files = false

    @OptionGroup var options: LessonOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let session = try runtime.session(options)
        let wanted = try LearnerSession.step(step, of: session.lesson)
        if files {
            let place = try session.needsWorkspace()
            guard let starter = session.library.starter(of: session.lesson.id) else {
                throw Failure(
                    .malformedInput,
                    "the lesson has no starter project",
                    at: .file(session.library.folder(of: session.lesson.id))
                )
            }
            _ = try session.keeper.takeFiles(
                ofStep: wanted.id,
                in: place,
                starter: starter,
                earlierSolutions: session.earlierSolutions(before: wanted),
                now: runtime.now
            )
            runtime.console.remark(
                "Your files are those that this step begins with. `seaworthy undo` brings yours back."
            )
        }
        try StepView(try session.moving(to: wanted), runtime.console).show(asJSON: options.printing.json)
        return .success
    }
}

/// Moves from step to step. Nobody is held back: a step that has not passed is only said.
enum Move {
    static func by(_ distance: Int, _ runtime: Runtime, _ options: LessonOptions) throws -> ExitStatus {
        let session = try runtime.session(options)
        let index = session.stepNumber - 1 + distance
        guard session.lesson.steps.indices.contains(index) else {
            let why =
                distance > 0
                ? "This is the last step. `seaworthy status` shows how far you are."
                : "This is the first step."
            if options.printing.json {
                runtime.console.remark(why)
                try runtime.console.print(json: try StatusDocument(session))
            } else {
                runtime.console.print(why)
            }
            return .success
        }
        if distance > 0, session.step.checks.isEmpty, let place = session.workspace {
            // A step that asks nothing is done when the learner goes on.
            let report = StepReport(lesson: session.lesson.id, step: session.step.id, checks: [])
            _ = try session.progress.record(
                report,
                inputDigest: try session.keeper.state(of: place).digest,
                engineVersion: EngineVersion.current,
                dataDigest: "",
                now: runtime.now
            )
        }
        if distance > 0, !session.step.checks.isEmpty {
            let passed =
                try session.progress.progress(lesson: session.lesson.id, steps: [session.step.id])
                .first.map { $0.passedAt != nil } ?? false
            if !passed {
                runtime.console.remark(
                    "The step \(session.step.id) has not passed its check yet; `seaworthy back` brings you back to it."
                )
            }
        }
        try StepView(try session.moving(to: session.lesson.steps[index]), runtime.console).show(
            asJSON: options.printing.json
        )
        return .success
    }
}
