// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import Lessons
import ProgressStore
import Workbench
import Workspaces

/// `seaworthy learn`: start a lesson, or go on with it.
struct Learn: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Start a lesson or go on with it; makes its workspace when there is none."
    )

    @Argument(help: "The lesson.")
    var lesson: String?

    @Option(help: "The step to go to.")
    var step: String?

    @Option(help: "The folder to work in; it is made from the starter when it is not there.")
    var workspace: String?

    @OptionGroup var output: StepOutput

    @OptionGroup var common: CommonOptions

    var isPlain: Bool { output.plain }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let library = try runtime.workbench.lessons()
        let progress = try runtime.openProgress()
        let keeper = runtime.workbench.keeper()
        guard let id = try lesson ?? progress.currentLesson()?.lesson ?? library.lessonIDs.first else {
            throw Failure(.noInput, "there is no lesson", at: .file(library.root))
        }
        guard library.lessonIDs.contains(id) else {
            throw Failure(
                .noInput,
                "there is no lesson \"\(id)\"",
                fix: "the lessons are: \(library.lessonIDs.joined(separator: ", "))"
            )
        }
        let lesson = try library.lesson(id)
        let known = try progress.state(of: id)
        let path = workspace.map { runtime.resolve($0) } ?? known?.workspace ?? runtime.currentDirectory + "/" + id
        let isKnownPlace = known?.workspace.map { $0 == path } ?? false
        let step = try LearnerSession.step(
            self.step ?? (workspace == nil || isKnownPlace ? known?.step : nil),
            of: lesson
        )
        guard let starter = library.starter(of: id) else {
            throw Failure(.malformedInput, "the lesson has no starter project", at: .file(library.folder(of: id)))
        }
        let isNew = (try? keeper.open(path)) == nil
        let place = try keeper.create(
            at: path,
            lesson: id,
            step: step.id,
            contentVersion: "\(lesson.format)",
            starter: starter
        )
        let wanted =
            self.step == nil && !isNew
            ? try LearnerSession.step(progress.state(workspace: place.path)?.step ?? place.marker.step, of: lesson)
            : step
        let session = LearnerSession(
            bench: runtime.workbench,
            library: library,
            progress: progress,
            lesson: lesson,
            step: wanted,
            workspace: place
        )
        try askVariables(session, runtime)
        let entered = try session.moving(to: wanted)
        if isNew { runtime.console.remark("Made your workspace: \(place.path)") }
        try StepView(entered, runtime.console).show(asJSON: output.printing.json)
        return .success
    }

    /// Asks for the variables that have no value yet, on a terminal only.
    private func askVariables(_ session: LearnerSession, _ runtime: Runtime) throws {
        let stored = try session.progress.variables()
        for variable in session.lesson.variables where stored[variable.name] == nil {
            let given = runtime.environment[variable.name].flatMap { $0.isEmpty ? nil : $0 }
            var value = given ?? variable.defaultValue
            if given == nil, runtime.console.isTerminal, isatty(STDIN_FILENO) == 1, variable.name == "DOCKER_USERNAME" {
                runtime.console.prompt("\(variable.prompt) [\(variable.defaultValue ?? "")]: ")
                if let line = readLine()?.trimmingCharacters(in: .whitespaces), !line.isEmpty { value = line }
            }
            if let value {
                try session.progress.setVariable(variable.name, to: value, lesson: session.lesson.id, now: runtime.now)
            }
        }
    }
}
