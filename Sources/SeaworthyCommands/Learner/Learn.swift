// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import Foundation
import HostFiles
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

    @Flag(help: "Take the files that are in the folder for your work, as they are; nothing of them is changed.")
    var adopt = false

    @OptionGroup var output: StepOutput

    @OptionGroup var common: CommonOptions

    var isPlain: Bool { output.plain }

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let library = try runtime.workbench.lessons()
        let progress = try runtime.openProgress()
        let keeper = runtime.workbench.keeper()
        let formerPlaces = try progress.lessonStates().compactMap(\.workspace)
        // Whoever types this in a workspace goes on with that one.
        let here =
            workspace == nil && !adopt
            ? try keeper.find(from: runtime.currentDirectory, formerPlaces: formerPlaces) : nil
        guard let id = try lesson ?? here?.marker.lesson ?? progress.currentLesson()?.lesson ?? library.lessonIDs.first
        else {
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
        let path = try folder(id, known: known, here: here, runtime)
        guard let starter = library.starter(of: id) else {
            throw Failure(.malformedInput, "the lesson has no starter project", at: .file(library.folder(of: id)))
        }
        let isKnownPlace = known?.workspace.map { $0 == path } ?? false
        let first = try LearnerSession.step(step ?? (isKnownPlace ? known?.step : nil), of: lesson)
        let isNew = (try? keeper.open(path, formerPlaces: formerPlaces)) == nil
        if isNew, workspace != nil || adopt { try askAboutOuter(of: path, keeper, formerPlaces, runtime) }
        let begin = Beginning(path: path, lesson: lesson, step: first, starter: starter)
        let place =
            try isNew ? begin.make(keeper, adopting: adopt, runtime) : keeper.open(path, formerPlaces: formerPlaces)
        guard place.marker.lesson == id else {
            throw Failure(
                .cannotCreate,
                "the folder is the workspace of another lesson",
                at: .file(path),
                why: "it belongs to \(place.marker.lesson)",
                fix: "Name another folder with --workspace DIR."
            )
        }
        let recorded = try progress.of(record: place.record).state(of: id)?.step ?? (isNew ? nil : place.marker.step)
        let wanted = try step == nil ? recorded.map { try LearnerSession.step($0, of: lesson) } ?? first : first
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
        if isNew, !adopt { runtime.console.remark("Made your workspace: \(place.path)") }
        try StepView(entered, runtime.console).show(asJSON: output.printing.json)
        return .success
    }

    /// The folder to work in: the one that is named, the workspace that this is typed in, the one that is known, or a new one here.
    private func folder(_ id: String, known: LessonState?, here: Workspace?, _ runtime: Runtime) throws -> String {
        if let workspace { return runtime.resolve(workspace) }
        if adopt { return runtime.currentDirectory }
        if let here, here.marker.lesson == id { return here.path }
        if let place = known?.workspace { return place }
        let path = runtime.currentDirectory + "/" + id
        guard let here else { return path }
        let question = "This folder is the workspace of \(here.marker.lesson). Make the one of \(id) in it, at \(path)?"
        guard isatty(STDIN_FILENO) == 1, !output.printing.json, runtime.console.confirm(question) else {
            throw Failure(
                .usage,
                "this folder is the workspace of another lesson",
                at: .file(here.path),
                why: "it belongs to \(here.marker.lesson)",
                fix: "say where to work with `seaworthy learn \(id) --workspace DIR`"
            )
        }
        return path
    }

    /// Asks before a workspace is made in another one: that is seldom meant, though both can be worked in.
    private func askAboutOuter(
        of path: String,
        _ keeper: WorkspaceKeeper,
        _ formerPlaces: [String],
        _ runtime: Runtime
    ) throws {
        var folder = HostFile.folder(of: path)
        while HostFile.kind(of: folder) != .directory, folder.contains("/"), folder != "/" {
            folder = HostFile.folder(of: folder)
        }
        guard let outer = try? keeper.find(from: folder, formerPlaces: formerPlaces) else { return }
        let isAsked = isatty(STDIN_FILENO) == 1 && runtime.console.isErrorTerminal && !output.printing.json
        if !isAsked, workspace != nil {
            // It was named on purpose, and nobody is there to ask.
            return runtime.console.remark(
                "\(path) lies in the workspace \(outer.path), which leaves it alone from now on."
            )
        }
        let question = "\(path) lies in your workspace \(outer.path). Make another workspace in it?"
        guard isAsked, runtime.console.confirm(question) else {
            throw Failure(
                .usage,
                "this folder lies in a workspace already",
                at: .file(outer.path),
                fix: "go on there with `seaworthy learn`, or name a folder outside of it with --workspace DIR"
            )
        }
    }

    /// Asks for the variables that have no value yet, or one that does not fit, on a terminal only.
    private func askVariables(_ session: LearnerSession, _ runtime: Runtime) throws {
        let stored = try session.progress.variables()
        for variable in session.lesson.variables {
            let kept = stored[variable.name]
            if let kept, variable.problem(with: kept) == nil { continue }
            let given = runtime.environment[variable.name].flatMap { $0.isEmpty ? nil : $0 }
            for value in [kept, given].compactMap(\.self) {
                guard let problem = variable.problem(with: value) else { continue }
                let name = variable.suggestion(for: value) ?? variable.defaultValue ?? "VALUE"
                runtime.console.remark(
                    "\(variable.name) is \(ShellText.quoted(value).harmless), which cannot be used: \(problem). `seaworthy set \(variable.name) \(name)` sets another one."
                )
            }
            var value = given.flatMap { variable.problem(with: $0) == nil ? $0 : nil }
            if value == nil, runtime.console.isTerminal, isatty(STDIN_FILENO) == 1, variable.name == "DOCKER_USERNAME" {
                value = VariablePrompt.ask(variable, runtime.console)
            }
            if let value = value ?? variable.defaultValue {
                try session.progress.setVariable(variable.name, to: value, lesson: session.lesson.id, now: runtime.now)
            }
        }
    }
}

/// How a workspace comes to be: from the starter, or from files that are there.
private struct Beginning {
    let path: String
    let lesson: Lesson
    let step: LessonStep
    let starter: String

    func make(_ keeper: WorkspaceKeeper, adopting: Bool, _ runtime: Runtime) throws -> Workspace {
        if adopting { return try adopt(keeper, runtime) }
        do {
            return try keeper.create(
                at: path,
                lesson: lesson.id,
                step: step.id,
                contentVersion: "\(lesson.format)",
                starter: starter
            )
        } catch let failure as Failure where [.folderHoldsFiles, .unusableMarker].contains(failure.reason) {
            // On a terminal the way out is offered; elsewhere the failure names it.
            guard isatty(STDIN_FILENO) == 1, runtime.console.isErrorTerminal else { throw failure }
            runtime.console.report(failure, isVerbose: runtime.isVerbose)
            let question = "Take the files in \(path) for your work, as they are? Nothing of them is changed."
            // What stands in the way was said above.
            guard runtime.console.confirm(question) else { throw ExitCode(ExitStatus(failure.code).rawValue) }
            return try adopt(keeper, runtime)
        }
    }

    private func adopt(_ keeper: WorkspaceKeeper, _ runtime: Runtime) throws -> Workspace {
        let adopted = try keeper.adopt(
            path,
            lesson: lesson.id,
            step: step.id,
            contentVersion: "\(lesson.format)",
            starter: starter
        )
        runtime.console.remark("Took the files in \(adopted.workspace.path) for your work; none of them was changed.")
        if let old = adopted.oldMarker {
            runtime.console.remark("What said before that the folder is a workspace is now \(old.harmless).")
        }
        let difference = try keeper.differenceFromStarter(adopted.workspace)
        if !difference.removed.isEmpty {
            let names = ChangeText.list(difference.removed.map(\.description))
            runtime.console.remark(
                "Of the lesson's files these are not there: \(names). `seaworthy history` has them as the starter."
            )
        }
        return adopted.workspace
    }
}
